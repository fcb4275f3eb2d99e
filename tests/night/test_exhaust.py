"""No personal value leaves by the back door: a broken delivery, and everything that a night gives off."""

import subprocess
import sys
from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sample_nights import registry
from small_night import DAY, a_bureau, deliver, pupil, roll, with_check_digit

from pipeline.workspace import Workspace

SECRETS = {
    "姓名": "密不可言",
    "身份证件号": with_check_digit("99010220070909777"),
    "学籍号": "G990102200709097770",
    "联系电话": "19900007777",
    "监护人姓名": "密家长氏",
    "资助卡号": "6217009900077770777",
    "现住址": "禾东区密密街七十七号",
}
FOLDER = "vocational_students"


def broken_deliveries(workspace: Workspace) -> None:
    """Deliver the secret pupil whole, then in every way in which files and cells go wrong."""
    whole = pupil(7, **SECRETS)
    number, phone, name = SECRETS["身份证件号"], SECRETS["联系电话"], SECRETS["姓名"]
    text = roll(whole).decode()
    heading, row = text.splitlines()
    deliveries: Mapping[str, bytes] = {
        "whole.csv": roll(whole),
        "again.csv": roll(pupil(7, **SECRETS | {"学校标识码": "3699000002"})),
        # Every cell that is typed holds what it should not.
        "shifted.csv": roll(
            pupil(7, **SECRETS | {"出生日期": name, "班级名称": f"{number} {phone}"}),
            pupil(8, **SECRETS | {"学籍状态": name}),
            pupil(9, **SECRETS | {"入学年月": number}),
        ),
        "empty_cell.csv": roll(pupil(7, **SECRETS | {"学籍状态": ""})),
        "widths.csv": f"{heading}\n{row},{name},{phone}\n{name},{number}\n".encode(),
        "quotes.csv": f'{heading}\n"{row}\n{row}\n'.encode(),
        "bytes.csv": heading.encode() + b"\n" + row.encode() + b"\xff\xfe\n",
        "title.csv": f"{name},{number}\n{text}填表人:{name},{phone}\n".encode(),
        "no_heading.csv": row.encode(),
        "no_number.csv": text.replace("学籍状态", name).encode(),
        "workbook.xlsx": row.encode(),
        "table.parquet": b"PAR1" + row.encode() + b"PAR1",
        "huge.csv": f'{heading}\n"{row * 2000}\n'.encode(),
    }
    for path, content in deliveries.items():
        deliver(workspace, f"{FOLDER}/{path}", content)
    deliver(workspace, "students/unknown.csv", text.encode())
    deliver(workspace, f"{FOLDER}/nested.parquet", b"")
    pq.write_table(
        pa.table({"学籍号": ["1"], "姓名": [{name: name}]}),
        workspace.exports / FOLDER / "nested.parquet",
    )


@pytest.fixture(scope="module")
def given_off(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, str]:
    """Run a night through Prefect, a check and a doctor on the broken deliveries; give all that they printed."""
    workspace = a_bureau(tmp_path_factory.mktemp("exhaust") / "bureau")
    broken_deliveries(workspace)
    printed = ""
    for command in (["run", "--as-of", DAY.isoformat()], ["check"], ["doctor"]):
        name, *options = command
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", name, str(workspace.root), *options],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == (1 if name == "doctor" else 0), done.stderr
        printed += done.stdout + done.stderr
    return workspace, printed


def leaks(content: str) -> list[str]:
    return [heading for heading, secret in SECRETS.items() if secret in content]


def test_nothing_that_is_printed_quotes_a_person(given_off: tuple[Workspace, str]) -> None:
    _, printed = given_off
    assert "shifted.csv" in printed
    assert leaks(printed) == []


def test_a_night_through_prefect_prints_its_steps_and_no_more(
    given_off: tuple[Workspace, str],
) -> None:
    _, printed = given_off
    assert "prefect" not in printed.casefold()
    assert "Traceback" not in printed


def test_what_is_kept_or_reported_beside_the_cases_quotes_nobody(
    given_off: tuple[Workspace, str],
) -> None:
    workspace, _ = given_off
    kept = [
        *(workspace.private / "prefect").rglob("*"),
        *(workspace.published / "report").rglob("*"),
        workspace.audit_log,
        workspace.registry,
    ]
    leaky = {
        path.name: found
        for path in kept
        if path.is_file() and (found := leaks(path.read_bytes().decode("utf-8", "ignore")))
    }
    assert leaky == {}


def test_the_published_database_shows_nobody_in_full(given_off: tuple[Workspace, str]) -> None:
    workspace, _ = given_off
    assert {column for column, value in _published(workspace) if leaks(value)} == set()


def test_case_files_are_for_inspectors_and_show_whom_they_are_about(
    given_off: tuple[Workspace, str],
) -> None:
    workspace, _ = given_off
    told = (workspace.published / "cases" / "latest" / "cases.csv").read_text("utf-8-sig")
    assert set(leaks(told)) >= {"姓名", "身份证件号"}


def test_every_row_is_loaded_or_rejected_and_every_file_accounted_for(
    given_off: tuple[Workspace, str],
) -> None:
    workspace, _ = given_off
    with registry(workspace) as con:
        account = con.execute(
            "select source_file, rows_read, rows_loaded, rows_rejected from deliveries"
        )
        sheets = account.fetchall()
        listed = con.execute("select count(*) from rejected_rows").fetchall()[0][0]
    assert {file for file, *_ in sheets} == {
        path.relative_to(workspace.exports).as_posix()
        for path in workspace.exports.rglob("*")
        if path.is_file()
    }
    assert all(read == loaded + rejected for _, read, loaded, rejected in sheets)
    assert sum(rejected for *_, rejected in sheets) == listed


def _published(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Give every text of the published database with the column it stands in."""
    with registry(workspace) as con:
        for (table,) in con.execute("select table_name from duckdb_tables()").fetchall():
            result = con.execute(f'select * from "{table}"')
            names = [column for column, *_ in result.description]
            for row in result.fetchall():
                yield from (
                    (f"{table}.{name}", str(value)) for name, value in zip(names, row, strict=True)
                )
