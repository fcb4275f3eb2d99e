"""Whatever comes: no row is lost, no text read as another, no number given digits that it had not."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import delivered_files
import pyarrow as pa
import pytest
from delivered_files import SOURCE, a_file, parquet, read_rows, workbook
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.errors import DeliveryError
from pipeline.intake.arrow_cells import arrow_text
from pipeline.intake.cells import column_text, number_text
from pipeline.intake.headings import recognise
from pipeline.intake.reading import read_delivery
from pipeline.intake.sheet import Line
from pipeline.intake.tidying import tidy, tidy_column
from schemas.catalog import sources

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)
HEADINGS = ("类别", "姓名", "身份证号")
CELL = st.one_of(
    CHINESE, st.text("abc012 ,;\"'\n“”·王㐂", max_size=8), st.integers(0, 10**17).map(str)
)
CONTAINERS = {
    ".xlsx": workbook(a=[delivered_files.HEADINGS, *delivered_files.ROWS]),
    ".parquet": parquet({heading: ["x", "王"] for heading in delivered_files.HEADINGS}),
}
ROWS = st.lists(st.tuples(CHINESE, CELL, CELL), max_size=12)


@given(
    st.sampled_from([".xlsx", ".parquet"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=5),
)
def test_a_damaged_container_is_read_or_refused(
    extension: str, damage: list[tuple[float, int]]
) -> None:
    content = bytearray(CONTAINERS[extension])
    for place, byte in damage:
        content[int(place * len(content))] = byte
    with suppress(DeliveryError), a_file(bytes(content)) as path:
        for sheet in read_delivery(path, extension, SOURCE):
            list(sheet.tables)


@given(ROWS, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from([",", "\t", ";"]))
def test_what_a_csv_writer_wrote_is_read_back(
    rows: list[tuple[str, str, str]], quoting: int, delimiter: str
) -> None:
    # A cell that holds as many separators as a row looks like rows that a stray quote swallowed.
    assume(not any("\n" in cell and cell.count(delimiter) >= 2 for row in rows for cell in row))
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=quoting, delimiter=delimiter, lineterminator="\n")
    writer.writerows([HEADINGS, *rows])
    read, rejects = read_rows(stream.getvalue().encode())
    assert [cells for _, cells in read] == [tuple(map(tidy, row)) for row in rows]
    assert rejects == []


@given(st.text('类姓a1,;"\n\t王', max_size=60))
def test_every_line_below_the_heading_is_read_rejected_or_blank(text: str) -> None:
    content = (",".join(HEADINGS) + "\n" + text).encode()
    read, rejects = read_rows(content)
    lines = [line for line in text.split("\n") if line.strip(' ,;"\t')]
    assert len(read) + len(rejects) <= text.count("\n") + 1
    assert bool(read or rejects) >= bool(lines)


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_a_whole_number_that_excel_can_hold_is_written_in_full(number: int) -> None:
    assert number_text(float(number)) == str(number)


@given(st.integers(10**17, 10**18 - 1000))
def test_an_eighteen_digit_number_of_excel_ends_in_three_zeros(number: int) -> None:
    kept = number // 1000 * 1000
    assert number_text(float(kept)) == str(kept)
    rounded = number_text(float(number))
    assert len(rounded) == 18
    assert rounded.endswith("000")
    assert abs(int(rounded) - number) < 1100


@given(st.floats(-1e12, 1e12))
def test_a_number_is_written_without_exponent(number: float) -> None:
    text = number_text(number)
    assert "e" not in text.lower()
    assert abs(Decimal(text) - Decimal(number)) <= Decimal(abs(number)) * Decimal(
        "1e-14"
    ) + Decimal("1e-15")


@given(st.text())
def test_tidying_twice_is_tidying_once_unless_guards_are_nested(text: str) -> None:
    once = tidy(text)
    assert once == once.strip()
    if not once.startswith(("'", '="')):
        assert tidy(once) == once


@given(st.lists(st.text("ab1 '=\"\u3000\u00a0\u200b\t王", max_size=6), min_size=1))
def test_a_column_is_tidied_as_its_cells_are(cells: list[str]) -> None:
    tidied = [tidy(cell) or None for cell in cells]
    assert tidy_column(pa.array(cells, pa.string())).to_pylist() == tidied
    assert column_text(cells).to_pylist() == tidied


@given(st.lists(st.one_of(st.none(), st.floats()), min_size=1))
def test_a_column_of_numbers_is_the_same_in_both_containers(numbers: list[float | None]) -> None:
    assert (
        arrow_text(pa.array(numbers, pa.float64())).to_pylist() == column_text(numbers).to_pylist()
    )


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("\ufeff姓名 ", "姓名"),
        ("'990102200705010027", "990102200705010027"),
        ('="990102200705010027"', "990102200705010027"),
        ("990102200705010027\t", "990102200705010027"),
        ("王　伟", "王 伟"),
        (True, "是"),
        (False, "否"),
        (None, None),
        (2.20202200601011e17, "220202200601011000"),
        (float("nan"), None),
        (-0.5, "-0.5"),
        (1e-7, "0.0000001"),
        (date(2006, 1, 31), "2006-01-31"),
        # Excel's day fractions end just below the second.
        (datetime(2023, 9, 1, 8, 29, 59, 999_600), "2023-09-01 08:30:00"),  # noqa: DTZ001
    ],
)
def test_a_cell_is_written_as_a_person_would(cell: object, text: str | None) -> None:
    assert column_text([cell]).to_pylist() == [text]


@pytest.mark.parametrize("name", sources())
def test_a_full_delivery_is_taken_by_its_own_source_alone(name: str) -> None:
    heading = Line(1, tuple(column.header for column in sources()[name].columns))
    assert recognise([heading], name).missing == ()
    for other in sources().keys() - {name}:
        with pytest.raises(DeliveryError, match=f"exports/{name}/"):
            recognise([heading], other)


@pytest.mark.parametrize("name", sources())
def test_a_delivery_of_the_required_columns_is_enough(name: str) -> None:
    heading = Line(1, tuple(column.header for column in sources()[name].required))
    assert recognise([heading], name).missing == ()
