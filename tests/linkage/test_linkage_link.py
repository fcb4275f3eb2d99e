from pathlib import Path

import numpy as np
import pytest
from student_lists import a_model, lay_lists

from detectors.contract import DetectorError
from detectors.identity.linkage.coded import Table
from detectors.identity.linkage.contradictions import holders
from detectors.identity.linkage.link import Reviews, link
from detectors.identity.linkage.model import Model
from detectors.identity.linkage.results import pairs_table, persons_table, summary
from detectors.identity.linkage.table import read_table

INPUTS = ("schools", "colleges")


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    lay_lists(folder)
    return folder


@pytest.fixture(scope="module")
def model(lists: Path) -> Model:
    return a_model(lists)


@pytest.fixture(scope="module")
def table(lists: Path, model: Model) -> Table:
    return read_table(model, [lists / "schools.csv", lists / "colleges.csv"])


def persons_of(table: Table, of_row: np.ndarray) -> list[set[str]]:
    ids = table.ids.to_pylist()
    grouped: dict[int, set[str]] = {}
    for row, person in enumerate(of_row.tolist()):
        grouped.setdefault(person, set()).add(ids[row])
    return [rows for rows in grouped.values() if len(rows) > 1]


def test_an_untrained_model_finds_the_persons_of_two_lists(table: Table, model: Model) -> None:
    linked = link(model, table)
    both = [{f"s{at}", f"c{at}"} for at in [*range(80, 160), 0]]
    assert sorted(map(sorted, persons_of(table, linked.clusters.of_row))) == sorted(
        map(sorted, both)
    )
    assert linked.model.is_trained
    assert not model.is_trained


def test_a_trained_model_gives_the_same_persons_again(table: Table, model: Model) -> None:
    first = link(model, table)
    again = link(first.model, table)
    assert (again.clusters.of_row == first.clusters.of_row).all()
    assert np.array_equal(again.judged.probability, first.judged.probability)


def test_one_to_one_gives_each_row_one_partner_at_most(lists: Path, table: Table) -> None:
    linked = link(a_model(lists, one_to_one=True), table)
    for side in (linked.judged.one, linked.judged.other):
        rows = side[linked.is_linked]
        assert len(np.unique(rows)) == len(rows) == 81


def test_reviews_are_stronger_than_evidence(table: Table, model: Model) -> None:
    ids = table.ids.to_pylist()
    row = {record: at for at, record in enumerate(ids)}
    reviews = Reviews(
        together=np.array([[row["c239"], row["s1"]]], np.int32),
        apart=np.array([[row["s100"], row["c100"]]], np.int32),
    )
    linked = link(model, table, reviews)
    found = linked.clusters.of_row
    assert found[row["s1"]] == found[row["c239"]]
    assert found[row["s100"]] != found[row["c100"]]
    told = {
        (one["record_a"], one["record_b"]): one for one in pairs_table(linked, INPUTS).to_pylist()
    }
    assert told["s1", "c239"]["is_linked"]
    assert told["s1", "c239"]["reason"] is None
    assert not told["s100", "c100"]["is_linked"]


def test_a_row_holds_its_valid_number_and_no_other(table: Table, model: Model) -> None:
    held = holders(table, model)
    assert np.array_equal(held, table.code("number.valid")[0])
    assert (held == 0).sum() == sum(at % 5 == 1 for at in range(80, 240))


def test_pairs_and_persons_are_told_by_record_and_input(table: Table, model: Model) -> None:
    linked = link(model, table)
    pair = next(row for row in pairs_table(linked, INPUTS).to_pylist() if row["record_a"] == "s105")
    assert (pair["record_b"], pair["is_linked"]) == ("c105", True)
    assert (pair["input_a"], pair["input_b"]) == INPUTS
    assert pair["reason"] == "number same valid, name same, birth same, phone different"
    persons = persons_table(linked.compared.table, linked.clusters.of_row, INPUTS)
    assert len(persons) == len(table)
    assert summary(linked)[0].startswith("321 rows, ")


def test_rows_that_share_no_key_cannot_be_learned_from(lists: Path, model: Model) -> None:
    lonely = lists / "lonely.csv"
    lonely.write_text("record_id,name,id_number,birth_date,phone\nx,,,,\n", "utf-8")
    with pytest.raises(DetectorError, match="found no pair"):
        link(model, read_table(model, [lonely, lonely]))
