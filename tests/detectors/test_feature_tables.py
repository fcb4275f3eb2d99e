"""Features are built after what they are made of."""

from __future__ import annotations

import pytest

from detectors.contract import DetectorError
from detectors.feature_tables import features, needed


def write(folder, name: str, reads: list[str], query: str = "select 1 as one") -> None:
    (folder / f"{name}.sql").write_text(
        f"/*\nreads: [{', '.join(reads)}]\ncomment: One.\n*/\n{query}\n"
    )


def test_a_feature_comes_after_those_it_reads(tmp_path) -> None:
    write(tmp_path, "a", ["feature.b"])
    write(tmp_path, "b", ["core.enrolment"])
    assert list(features(tmp_path)) == ["feature.b", "feature.a"]


def test_only_what_is_wanted_is_built_with_what_it_is_made_of(tmp_path) -> None:
    write(tmp_path, "a", ["feature.b"])
    write(tmp_path, "b", ["feature.c"])
    write(tmp_path, "c", ["core.enrolment"])
    write(tmp_path, "d", ["feature.a"])
    assert [one.name for one in needed(["feature.a", "core.aid"], tmp_path)] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("reads", "complaint"),
    [(["feature.a"], "circle"), (["feature.z"], "no file in features/ makes")],
)
def test_a_feature_made_of_itself_or_of_nothing_is_refused(tmp_path, reads, complaint) -> None:
    write(tmp_path, "a", reads)
    with pytest.raises(DetectorError, match=complaint):
        features(tmp_path)


def test_every_feature_there_is_can_be_read() -> None:
    assert all(feature.comment for feature in features().values())
