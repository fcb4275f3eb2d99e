"""A mistake in a contract is refused with the file and the key that hold it."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.catalog import read_code_list, read_source, read_table
from schemas.model import SchemaError
from schemas.reading import read_mapping

SOURCE = """\
source: visits
title: 走访
title_en: Visits
group: events
comment: 一行是一次走访。
comment_en: A row is one visit.
columns:
  visited_on:
    header: 走访日期
    type: date
    required: true
    example: 2023-11-05
    comment: 走访的日期。
    comment_en: Day of the visit.
"""
TABLE = """\
table: core.visit
title: 走访
grain: a visit
comment: Visits.
columns:
  visit_id: {type: VARCHAR, key: true, example: v1, comment: "Visit."}
"""
CODES = """\
list: answer
title: 回答
comment: Answers.
values:
  affirmed: {label: 是, variants: ["1"]}
  denied:   {label: 否, variants: ["0"]}
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_right_contract_is_read(tmp_path: Path) -> None:
    read = read_source(written(tmp_path, "visits.yml", SOURCE))
    assert [column.name for column in read.required] == ["visited_on"]
    assert read.column("visited_on").sql_type == "DATE"


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ("header:", "heading:", r"visits\.yml, columns, visited_on: .*unknown key heading"),
        ("title_en:", "titel:", r"visits\.yml: .*unknown key titel"),
        ("type: date", "type: day", r"visits\.yml, columns, visited_on: type"),
        ("2023-11-05", "yesterday", r"visits\.yml, columns, visited_on: example is no date"),
        ("    header: 走访日期\n", "", r"visited_on: key header is missing"),
        ("type: date", "type: code", r"visited_on: code_list belongs to type code"),
        ("source: visits", "source: calls", r"visits\.yml: key source must be visits"),
        ("comment: 一行是", "title: 一行是", r"visits\.yml, line 5: key title is there twice"),
        ("columns:\n", "columns:\n  5: {}\n", r"visits\.yml, columns: a mapping"),
        ("title: 走访", "title: [", r"visits\.yml: not readable as YAML"),
    ],
)
def test_a_wrong_contract_is_refused_with_file_and_key(
    tmp_path: Path, was: str, becomes: str, complaint: str
) -> None:
    path = written(tmp_path, "visits.yml", SOURCE.replace(was, becomes, 1))
    with pytest.raises(SchemaError, match=complaint):
        read_source(path)


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ("key: true", "keys: true", r"visit\.yml, columns, visit_id: unknown key keys"),
        ("key: true", "key: true, nullable: true", "a key column cannot be nullable"),
        ("example: v1", "example: null", "always filled needs an example"),
        ("type: VARCHAR", "type: STRING", r"visit\.yml, columns, visit_id: type"),
        ("core.visit", "core.call", r"visit\.yml: key table must be a schema and visit"),
    ],
)
def test_a_wrong_table_is_refused_with_file_and_key(
    tmp_path: Path, was: str, becomes: str, complaint: str
) -> None:
    path = written(tmp_path, "visit.yml", TABLE.replace(was, becomes, 1))
    with pytest.raises(SchemaError, match=complaint):
        read_table(path)


def test_a_spelling_that_stands_for_two_values_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "answer.yml", CODES.replace('["0"]', '["1"]'))
    with pytest.raises(SchemaError, match=r"answer\.yml, values: 1 stands for both"):
        read_code_list(path)


def test_a_file_that_holds_a_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"list\.yml: a mapping"):
        read_mapping(written(tmp_path, "list.yml", "- a\n- b\n"))
