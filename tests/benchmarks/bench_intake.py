"""How fast deliveries are taken in, typed and accounted for, beside what bare readers take for the same files.

`make benchmark` prints the table and keeps it in intake.md beside this file. Every figure is of a process of its own;
the bare reader runs just before, so that a busy machine slows both.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path

import dbfread
import duckdb
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from measured import Measured, measured
from pupils import (
    SOURCE,
    laid,
    write_csv,
    write_dbf,
    write_gb18030,
    write_many_xlsx,
    write_parquet,
    write_xls,
    write_xlsx,
)
from python_calamine import CalamineWorkbook

from pipeline.intake import Readers, collect
from pipeline.store.database import set_as_of

KEPT = Path(__file__).with_name("intake.md")
MILLION = 1_000_000
_HEADLINE = """\
# Taking in deliveries

Written by `make benchmark` (tests/benchmarks/bench_intake.py), on {cores} cores: rolls of 40 columns (38 by contract,
half of them filled, and two more). "Bare" only reads; ours also fingerprints, recognises the heading, tidies, types,
keeps the account and writes the typed table to disk. Memory is the peak of all processes without mapped files.

| delivery | rows | MB | bare reader | bare s | ours s | ratio | rows/s | peak MB | bare peak MB |
|---|--:|--:|---|--:|--:|--:|--:|--:|--:|
"""


@dataclass(frozen=True)
class Bare:
    """A bare reader of the same file."""

    name: str
    read: Callable[..., object]


def take_in(workspace: Path, exports: Path) -> int:
    """Take in all deliveries into a database on disk; give the rows loaded."""
    con = duckdb.connect(str(workspace / "warehouse.duckdb"), config={"threads": str(cpu_count())})
    set_as_of(con, "2024-04-15")
    collect(con, exports, Readers(processes=cpu_count() or 1))
    rows = con.execute(f"select count(*) from main.{SOURCE}").fetchall()[0][0]
    con.close()
    return int(rows)


def duckdb_csv(path: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    con = duckdb.connect(str(target))
    con.execute(f"create table t as from read_csv('{path}', all_varchar = true)").fetchall()
    con.close()


def duckdb_parquet(path: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    con = duckdb.connect(str(target))
    con.execute(f"create table t as from '{path}'").fetchall()
    con.close()


def calamine(*paths: Path) -> None:
    for path in paths:
        with CalamineWorkbook.from_path(str(path)) as book:
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python(skip_empty_area=True)


def pyarrow_gb18030(path: Path) -> None:
    pyarrow.csv.read_csv(path, read_options=pyarrow.csv.ReadOptions(encoding="gb18030"))


def pyarrow_parquet(path: Path) -> None:
    pq.read_table(path)


def bare_dbf(path: Path) -> None:
    for _ in dbfread.DBF(str(path), load=False, raw=True, encoding="gb18030"):
        pass


@pytest.fixture(scope="module")
def kept() -> list[str]:
    return [_HEADLINE.format(cores=cpu_count())]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    return tmp_path_factory.mktemp("rolls")


def compared(
    kept: list[str], label: str, files: Sequence[Path], rows: int, bare: Bare, *given: Path
) -> float:
    """Measure the bare reader, then ours; keep and print a line; give the ratio."""
    workspace = files[0].parent / "workspace"
    exports = laid(workspace, *files)
    alone: Measured = measured(bare.read, *given)
    ours: Measured = measured(take_in, workspace, exports)
    ratio = ours.seconds / alone.seconds
    size = sum(file.stat().st_size for file in files) / 1e6
    kept.append(
        f"| {label} | {rows:,} | {size:,.0f} | {bare.name} | {alone.seconds:.1f} | {ours.seconds:.1f} | {ratio:.2f} "
        f"| {rows / ours.seconds:,.0f} | {ours.peak_mb:,.0f} | {alone.peak_mb:,.0f} |\n"
    )
    print("\n" + kept[0] + "".join(kept[1:]))  # noqa: T201 - a benchmark's purpose
    KEPT.write_text("".join(kept), encoding="utf-8")
    assert ours.result == rows
    return ratio


def test_a_million_rows_of_csv_and_parquet(kept: list[str], folder: Path) -> None:
    utf8 = write_csv(folder / "roll.csv", MILLION)
    target = folder / "bare.duckdb"
    read = Bare("DuckDB, into a table of text", duckdb_csv)
    compared(kept, "CSV, UTF-8", [utf8], MILLION, read, utf8, target)
    gb18030 = write_gb18030(folder / "roll_gb.csv", utf8)
    read = Bare("DuckDB on the same in UTF-8", duckdb_csv)
    compared(kept, "CSV, GB18030", [gb18030], MILLION, read, utf8, target)
    read = Bare("PyArrow, into memory", pyarrow_gb18030)
    compared(kept, "CSV, GB18030", [gb18030], MILLION, read, gb18030)
    utf8.unlink()
    gb18030.unlink()
    parquet = write_parquet(folder / "roll.parquet", MILLION)
    read = Bare("DuckDB, into a table of text", duckdb_parquet)
    compared(kept, "Parquet", [parquet], MILLION, read, parquet, target)
    read = Bare("PyArrow, into memory", pyarrow_parquet)
    compared(kept, "Parquet", [parquet], MILLION, read, parquet)


def test_a_hundred_thousand_rows_of_dbf_and_workbooks(kept: list[str], folder: Path) -> None:
    dbf = write_dbf(folder / "roll.dbf", 100_000)
    compared(kept, "DBF, GBK", [dbf], 100_000, Bare("dbfread, raw bytes", bare_dbf), dbf)
    xlsx = write_xlsx(folder / "roll.xlsx", 0, 100_000)
    compared(kept, ".xlsx, one sheet", [xlsx], 100_000, Bare("calamine", calamine), xlsx)
    xls = write_xls(folder / "roll.xls", 60_000)
    compared(kept, ".xls, one sheet", [xls], 60_000, Bare("calamine", calamine), xls)


def test_a_thousand_workbooks(kept: list[str], folder: Path) -> None:
    many = write_many_xlsx(folder / "many", 1_000, 2_000)
    files = sorted(many.iterdir())
    read = Bare("calamine, one after the other", calamine)
    compared(kept, "1,000 .xlsx of 2,000 rows", files, 2_000_000, read, *files)
