from pathlib import Path

import pytest
from persons import a_number

from detectors.contract import DetectorError
from detectors.identity.model import load
from detectors.identity.score import score_files

HEADER = "record_id,name,sex,born_on,id_number,guardian_phone\n"


def test_two_files_are_linked_pair_by_pair(tmp_path: Path) -> None:
    one, other = tmp_path / "a.csv", tmp_path / "b.csv"
    number = a_number(11)
    one.write_text(
        f"{HEADER}1,林浩然,男,2007-05-01,{number},19900001234\n2,王芳,女,2007-06-01,,\n", "utf-8"
    )
    other.write_text(f"{HEADER}x,林皓然,男,20070501,{number},\ny,赵强,男,2007-06-01,,\n", "utf-8")
    pairs = score_files(one, other).to_pylist()
    assert [(pair["record_a"], pair["record_b"], pair["is_linked"]) for pair in pairs] == [
        ("1", "x", True)
    ]
    assert pairs[0]["probability"] > 0.99
    assert pairs[0]["reason"] == "证件号、出生日期、性别一致,姓名同音"


def test_a_file_without_names_and_numbers_is_refused_with_the_remedy(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("姓名\n林浩然\n", "utf-8")
    with pytest.raises(DetectorError, match="name the columns"):
        score_files(file, file)


def test_a_saved_model_reads_back_the_same(tmp_path: Path) -> None:
    model = load()
    model.save(tmp_path / "model.json")
    assert load(tmp_path / "model.json") == model


def test_a_broken_model_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("{}", "utf-8")
    with pytest.raises(DetectorError, match=r"model\.json"):
        load(tmp_path / "model.json")
