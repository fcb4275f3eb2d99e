"""A text is read in passages: wherever they are cut, the same rows come out, and every line is accounted for."""

from __future__ import annotations

from unittest.mock import ANY

import pytest
from delivered_files import read_rows
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.intake.astray import parse_record, record_at
from pipeline.intake.furniture import is_closing, is_title

HEADING = "类别,姓名,身份证号\n"
LINE = st.one_of(
    st.sampled_from(
        [
            "甲,乙,丙",
            "甲,乙,丙,",
            '"甲","乙","丙"',
            '甲,"乙',
            '丙",丁',
            '甲,"乙\n丙",丁',
            '甲,"乙""丙",丁',
            '="1",=“2”,\'3',
            '甲"乙,丙,丁',
            "",
            "   ",
            "甲,乙",
            "甲,乙,丙,丁",
            "甲,乙,丙\r甲,乙,丁",
            "甲,乙\r丙,丁",
        ]
    ),
    st.text('甲1," ', max_size=12),
)
TEXT = st.tuples(st.lists(LINE, max_size=30), st.sampled_from(["\n", "\r\n"])).map(
    lambda drawn: drawn[1].join(drawn[0])
)


@given(TEXT, st.sampled_from([1, 7, 30, 200]))
@example('甲,"乙\n' + "甲,乙,丙\n" * 25 + '丙",丁,戊\n', 40)
def test_where_a_passage_is_cut_changes_nothing(text: str, size: int) -> None:
    content = (HEADING + text).encode()
    assert read_rows(content, size) == read_rows(content)


@given(st.text('甲a1,;"\n=', max_size=80))
@example('甲,"a,b"c,d"\n')
@example('"甲"a,1,2\n')
@example('="a,b",2,3\n')
def test_reading_at_once_gives_what_reading_line_by_line_gives(text: str) -> None:
    read, rejects = read_rows((HEADING + text).encode())
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        cells, taken = parse_record(lines[at], ","), 1
        if lines[at].count('"') % 2:
            cells, taken = record_at(lines[at:], ",", 3)
        row = (at + 2, cells and tuple(cell.strip() for cell in cells))
        at += taken
        if cells is None or len(cells) < 2 or any(row[1][3:]):
            is_furniture = cells is not None and (is_closing(row[1]) or is_title(row[1]))
            assert is_furniture or all(number != row[0] for number, _ in read)
        elif len(cells) == 2 and any(row[1]):
            is_taken = (row[0], (*row[1], "")) in read or any("=" in cell for cell in cells)
            assert is_taken or row[0] in [reject.row for reject in rejects]
        elif any(row[1]) and not any("=" in cell for cell in cells):
            assert (row[0], row[1][:3]) in read
    assert len(read) + len(rejects) <= len(lines)


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_rows_and_rejects_are_the_lines_that_hold_something(fine: list[bool]) -> None:
    text = "\n".join("甲,乙,丙" if one else "甲,乙,丙,丁" for one in fine)
    read, rejects = read_rows((HEADING + text).encode(), 64)
    assert [row for row, _ in read] == [at + 2 for at, one in enumerate(fine) if one]
    assert [reject.row for reject in rejects] == [at + 2 for at, one in enumerate(fine) if not one]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("甲,乙,丙\r甲,乙,丁\n甲,乙,戊\n", [2, 3, 4]),
        ("甲,乙\r戊,丙\n甲,乙,丁\n", [2, 3]),
        ("甲,乙,丙\r\r\n甲,乙,丁\r\r\n", [2, 4]),
        ("甲,乙,丙\x1a", [2]),
        ("甲,乙,丙\n\x1a", [2]),
        ("甲,乙\u2028乙,丙\n甲,乙\x85乙,丙\n", [2, 3]),
        ("甲,乙乙乙乙乙乙乙乙乙乙乙乙乙乙\0\0,丙\0\n", [2]),
        ('"甲","乙\r\n乙","丙"\r\n甲,乙,丙\r\n', [2, 4]),
    ],
)
def test_a_row_has_the_number_of_its_first_line(text: str, rows: list[int]) -> None:
    read, rejects = read_rows((HEADING + text).encode())
    assert ([row for row, _ in read], rejects) == (rows, [])


@pytest.mark.parametrize(
    ("separator", "first"),
    [
        ("，", ""),
        ("||", ""),
        ("^", ""),
        ("\x01", ""),
        ("   ", ""),
        ("~", "sep=~\n"),
        (";", "sep=;\n"),
    ],
)
def test_an_unusual_separator_is_found_by_the_headings(separator: str, first: str) -> None:
    text = HEADING + "甲,乙,丙\n"
    read, rejects = read_rows((first + text.replace(",", separator)).encode())
    assert read[-1] == (ANY, ("甲", "乙", "丙"))
    assert rejects == []
