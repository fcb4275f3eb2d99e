"""Questions to the published database: any answer, no way out of it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import UsageError
from pipeline.question import Questions, Shape


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    path = tmp_path / "registry.duckdb"
    con = duckdb.connect(str(path))
    con.execute("create table cases as select 'DE101-1' as case_id, 3 as students, null as note")
    con.close()
    return path


@pytest.fixture
def questions(registry: Path) -> Iterator[Questions]:
    with Questions(registry) as session:
        yield session


def test_an_answer_is_printed_as_csv(
    questions: Questions, capsys: pytest.CaptureFixture[str]
) -> None:
    questions.answer("from cases", Shape.CSV)
    assert capsys.readouterr().out.splitlines() == ["case_id,students,note", "DE101-1,3,"]


def test_an_answer_is_printed_as_json(
    questions: Questions, capsys: pytest.CaptureFixture[str]
) -> None:
    questions.answer("from cases", Shape.JSON)
    assert json.loads(capsys.readouterr().out) == [
        {"case_id": "DE101-1", "students": 3, "note": None}
    ]


def test_an_answer_is_printed_as_a_table(
    questions: Questions, capsys: pytest.CaptureFixture[str]
) -> None:
    questions.answer("from cases", Shape.TABLE)
    assert "DE101-1" in capsys.readouterr().out


def test_scratch_tables_are_allowed(
    questions: Questions, capsys: pytest.CaptureFixture[str]
) -> None:
    questions.answer("create table mine as from cases", Shape.CSV)
    capsys.readouterr()
    questions.answer("select count(*) as n from mine", Shape.CSV)
    assert capsys.readouterr().out.splitlines() == ["n", "1"]


@pytest.mark.parametrize(
    "query",
    [
        "from read_csv('{folder}/secret.csv')",
        "from '{folder}/secret.csv'",
        "from read_text('{folder}/secret.csv')",
        "from glob('{folder}/*')",
        "copy (from cases) to '{folder}/out.csv'",
        "attach '{folder}/other.duckdb' as other",
        "export database '{folder}/all'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "reset enable_external_access",
        "insert into registry.cases values ('x', 1, null)",
        "drop table registry.cases",
        "create table registry.mine as select 1",
    ],
)
def test_there_is_no_way_out_of_the_sandbox(
    questions: Questions, tmp_path: Path, query: str
) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(UsageError):
        questions.answer(query.format(folder=tmp_path), Shape.CSV)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_wrong_question_is_answered_with_the_reason(questions: Questions) -> None:
    with pytest.raises(UsageError, match="casse"):
        questions.answer("from casse", Shape.CSV)


def test_a_conversation_outlives_a_wrong_question(
    questions: Questions,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = "from casse;\nselect\n  count(*) as n\nfrom cases;\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    questions.converse(Shape.CSV)
    told = capsys.readouterr().out
    assert "casse" in told
    assert told.splitlines()[-2:] == ["n", "1"]


def test_nothing_published_is_said_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="qingji run"):
        Questions(tmp_path / "registry.duckdb")
