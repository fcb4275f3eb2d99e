"""Typing many cells at once gives what reading them one by one does, wherever they are cut into slices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import duckdb
import pyarrow as pa
import pytest
from delivered_text import a_warehouse, delivered, type_rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.conform.cells import typed_cells
from pipeline.conform.readers import Reader, reader_of
from schemas.catalog import code_lists, source, sources
from schemas.ddl import create_source
from schemas.model import Column, Source

_STYLES = """
2023-09-01 2023-02-29 2024-02-29 2023-02-28 1900-02-29 2099-12-31 2098-12-31 1999-12-31 2000-02-29 2100-01-01
1899-12-31 2023-09-31
1909-12-31 202309 202313 190912 999912 209912 0 -0 007 -12 999999999999999 1234567890123456 12345.67 -0.5 0012.50
12345678901.99 123456789012 1.234 是 否 无 Y 0000 NULL null nan None A A1 G1 990102200705010027 99010220070501002X
99010220070501002x 虚构 虚构甲 暂无 没有 待补 欧阳虚构甲 2023级 高一 在读 男 第一学期 2023-2024-1 2023/9/1 20230901
2023年9月 2023.9 2023-09-01T08:00 1,200 1200元 (1,200.00) 1.5万 三 十二 √ 是(低保) ２０２３ '12 ' -- \\N N/A 男性 1-男
买买提·吐尔逊 买买提.吐尔逊 虚构甲(曾用名:虚构乙) ? 某年某日
"""
STYLES = _STYLES.split()
LETTERS = "0123456789-/.:,()年月日元万¥是否XGNULnul无暂一三秋春男女在读·虚构阿（）０Ａ级 "
TIDY = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
DAYS = st.integers(0, 73_000).map(lambda days: str(date(1905, 1, 1) + timedelta(days)))
TEXTS = st.one_of(st.sampled_from(STYLES), TIDY, DAYS)
COLUMN = st.lists(st.one_of(st.none(), TEXTS), min_size=1, max_size=30)
SOME = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = a_warehouse()
    yield con
    con.close()


def readers() -> dict[str, tuple[Source, Column]]:
    """Give one column for each reader."""
    return {
        reader_of(column).macro + reader_of(column).argument: (one, column)
        for one in sources().values()
        for column in one.columns
    }


def one_by_one(
    con: duckdb.DuckDBPyConnection, reader: Reader, texts: Sequence[str | None]
) -> list[object]:
    macro = reader.macro.format("text", f"'{reader.argument}'")
    con.register(
        "texts", pa.table({"text": pa.array(texts, pa.string()), "place": range(len(texts))})
    )
    told = con.execute(f"select {macro} from texts order by place").fetchall()
    con.unregister("texts")
    return [value for (value,) in told]


def at_once(
    con: duckdb.DuckDBPyConnection, of: Source, column: Column, texts: Sequence[str | None]
) -> list[object]:
    rows = delivered(of.name, [{column.name: text} for text in texts])
    values: list[object] = typed_cells(con, of, rows)[column.name].values.to_pylist()
    return values


@pytest.mark.parametrize("name", readers())
def test_each_known_style_is_read_at_once_as_it_is_alone(
    con: duckdb.DuckDBPyConnection, name: str
) -> None:
    of, column = readers()[name]
    texts = [*STYLES, *[str(date(1999, 12, 1) + timedelta(days)) for days in range(800)]]
    assert at_once(con, of, column, texts) == one_by_one(con, reader_of(column), texts)


@pytest.mark.parametrize("name", [name for name in readers() if "listed" not in name])
@SOME
@given(texts=COLUMN)
def test_cells_are_read_at_once_as_they_are_alone(
    con: duckdb.DuckDBPyConnection, name: str, texts: list[str | None]
) -> None:
    of, column = readers()[name]
    assert at_once(con, of, column, texts) == one_by_one(con, reader_of(column), texts)


@pytest.mark.parametrize("name", [name for name in readers() if "listed" in name])
def test_every_spelling_of_a_code_list_is_read_at_once_as_it_is_alone(
    con: duckdb.DuckDBPyConnection, name: str
) -> None:
    of, column = readers()[name]
    known = list(code_lists()[str(column.code_list)].spellings)
    texts = [*known, *(f" {spelling} " for spelling in known), "神秘"]
    assert at_once(con, of, column, texts) == one_by_one(con, reader_of(column), texts)


TABLES = ("vocational_students", "rejected_rows", "rejected_cells", "cell_issues")


def empty_account(con: duckdb.DuckDBPyConnection) -> None:
    create_source(con, source("vocational_students"))
    for table in TABLES:
        con.execute(f"delete from {table}")


def everything(con: duckdb.DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    return [con.execute(f"from {table}").fetchall() for table in TABLES]


@SOME
@given(
    columns=st.lists(
        st.fixed_dictionaries(
            {
                "student_no": st.one_of(st.none(), st.just("G990102200705010027")),
                "name": st.sampled_from([None, "虚构甲", "'"]),
                "id_number": st.sampled_from(["990102200705010027", None]),
                "school_code": st.just("3699000001"),
                "entry_month": st.sampled_from(["202309", "2023年秋", "某年"]),
                "status": st.sampled_from(["在读", "神秘", None]),
                "birth_date": TEXTS,
                "program_years": TEXTS,
                "poverty_flag": TEXTS,
            }
        ),
        max_size=12,
    ),
    slice_rows=st.integers(2, 7),
)
def test_no_row_is_lost_and_no_cut_changes_anything(
    con: duckdb.DuckDBPyConnection, columns: list[dict[str, str | None]], slice_rows: int
) -> None:
    rows = [
        delivered("vocational_students", columns[::2]),
        delivered("vocational_students", columns[1::2], file="b.xlsx"),
    ]
    empty_account(con)
    counts = type_rows(con, "vocational_students", *rows)
    loaded, rejected_rows, rejected_cells, issues = everything(con)
    empty_account(con)
    assert type_rows(con, "vocational_students", *rows, slice_rows=slice_rows) == counts
    assert everything(con) == [loaded, rejected_rows, rejected_cells, issues]
    assert sum(count.loaded + count.rejected for count in counts) == len(columns)
    assert sum(count.loaded for count in counts) == len(loaded)
    assert sum(count.rejected for count in counts) == len(rejected_rows)
    assert sum(count.issues for count in counts) == len(issues)


def test_each_rejected_row_is_told_once(con: duckdb.DuckDBPyConnection) -> None:
    empty_account(con)
    type_rows(con, "vocational_students", delivered("vocational_students", [{}] * 3))
    told = con.execute(
        "select source_row, count(*) from rejected_rows group by source_row order by source_row"
    ).fetchall()
    assert told == [(2, 1), (3, 1), (4, 1)]
    required = [column.name for column in source("vocational_students").required]
    beside = con.execute("select source_row, column_name from rejected_cells").fetchall()
    assert beside == [(row, name) for row in (2, 3, 4) for name in required[1:]]
