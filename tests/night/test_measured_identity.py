"""`qingji identity` on a workspace: its persons held against the truth, and labels that nobody can read refused."""

from pathlib import Path

import duckdb
import pytest
from small_night import a_bureau, night

from pipeline.errors import UsageError
from pipeline.matching import evaluate_on, train_on
from pipeline.workspace import Workspace

HEADING = "source_file,sheet,source_row,true_person"
A, B = "vocational_students/a.csv", "vocational_students/b.csv"


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A bureau with one pupil on two rolls, in row 2 of each."""
    workspace = a_bureau(tmp_path_factory.mktemp("measured_identity") / "bureau")
    night(workspace)
    return workspace


def truth(folder: Path, *rows: str) -> Path:
    path = folder / "truth.csv"
    path.write_text("\n".join([HEADING, *rows]) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("second", "told"),
    [("one", "precision 1.00000, recall 1.00000"), ("another", "precision 0.00000")],
)
def test_persons_are_held_against_what_somebody_knows(
    bureau: Workspace, tmp_path: Path, second: str, told: str
) -> None:
    labels = truth(tmp_path, f"{A},,2,one", f"{B},,2,{second}", f"{A},,3,two", f"{A},,99,nobody")
    answer = evaluate_on(bureau.root, labels)
    assert answer.startswith("3 labelled rows: ")
    assert told in answer


def test_all_figures_are_kept_as_a_page(bureau: Workspace, tmp_path: Path) -> None:
    labels = truth(tmp_path, f"{A},,2,one", f"{B},,2,one")
    told = evaluate_on(bureau.root, labels, tmp_path / "page.html")
    assert told.endswith("page.html: all figures")
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!doctype html>")


def test_a_row_that_is_no_number_is_named_and_not_quoted(bureau: Workspace, tmp_path: Path) -> None:
    labels = truth(tmp_path, f"{A},,2,one", f"{B},,密不可言,one")
    with pytest.raises(UsageError, match="row 3, source_row") as refused:
        evaluate_on(bureau.root, labels)
    assert "密不可言" not in str(refused.value)


def test_a_label_that_says_neither_yes_nor_no_is_named_and_not_quoted(
    bureau: Workspace, tmp_path: Path
) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text("record_a,record_b,is_match\nr1,r2,True\nr1,r3,密不可言\n", "utf-8")
    with pytest.raises(UsageError, match="row 3, is_match") as refused:
        train_on(bureau.root, tmp_path / "model.json", labels)
    assert "密不可言" not in str(refused.value)
    assert not (tmp_path / "model.json").exists()


def test_weights_are_learned_beside_labels_and_left_for_review(
    bureau: Workspace, tmp_path: Path
) -> None:
    with duckdb.connect(str(bureau.warehouse), read_only=True) as con:
        ids = con.execute(
            "select record_id from core.person_record where source_row = 2 order by source_file"
        ).fetchall()
    (one,), (other,) = ids
    labels = tmp_path / "labels.csv"
    labels.write_text(f"record_a,record_b,is_match\n{one},{other},1\n", "utf-8")
    told = train_on(bureau.root, tmp_path / "model.json", labels)
    assert "for review" in told
    assert (tmp_path / "model.json").is_file()
