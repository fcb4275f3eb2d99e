"""Whole tables from Parquet, CSV and Arrow."""

from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from detectors.contract import DetectorError
from detectors.identity.linkage import reading, table
from detectors.identity.linkage.coded import Table
from detectors.identity.linkage.model import Field, Level, LinkType, Model


def field(name: str, kind: str, columns: dict[str, tuple[str, ...]], *tests: str) -> Field:
    base = "full" if kind == "chinese_name" else "value"
    levels = tuple(Level(test, (test,)) for test in (*tests, "otherwise"))
    return Field(name, kind, columns, base, levels)


MODEL = Model(
    "students",
    "invented",
    LinkType.LINK_ONLY,
    (
        field("number", "identity_number", {"value": ("id_number",)}, "cross valid repaired"),
        field("name", "chinese_name", {"value": ("name",)}, "same sound", "edits full 1"),
        field("phone", "phone", {"value": ("phone", "guardian_phone?")}, "same value"),
    ),
    (("number.value",), ("?number.last9", "name.given")),
)

ROWS = pa.table(
    {
        "record_id": ["a", "b", "c"],
        "id_number": ["990102200705011236", None, "99010220070501123"],
        "name": ["王小芳", "王 芳", ""],
        "phone": ["19900000001", "", "19900000002"],
    }
)


def codes(read: Table) -> dict[str, list[list[int]]]:
    return {
        f"{name}.{code}": found.tolist()
        for name, coded in sorted(read.fields.items())
        for code, found in sorted(coded.codes.items())
    }


def test_parquet_csv_and_arrow_give_the_same_codes(tmp_path: Path) -> None:
    pq.write_table(ROWS, tmp_path / "a.parquet", row_group_size=2)
    pa.csv.write_csv(ROWS, tmp_path / "a.csv")
    from_arrow = table.from_arrow(MODEL, [ROWS, ROWS])
    from_files = table.read_table(MODEL, [tmp_path / "a.parquet", tmp_path / "a.csv"])
    assert codes(from_arrow) == codes(from_files)
    assert from_files.sources.tolist() == [0, 0, 0, 1, 1, 1]
    assert from_files.ids.to_pylist() == ["a", "b", "c"] * 2


def test_only_the_codes_that_the_model_reads_are_kept() -> None:
    read = table.from_arrow(MODEL, [ROWS])
    assert {name: set(coded.codes) for name, coded in read.fields.items()} == {
        "number": {"value", "valid", "repaired", "last9"},
        "name": {"full", "sound", "given"},
        "phone": {"value"},
    }
    assert read.fields["name"].texts.keys() == {"full"}


def test_texts_read_in_stretches_are_joined() -> None:
    read = table.from_arrow(MODEL, [ROWS, ROWS])
    full = read.fields["name"]
    known = full.codes["full"][0]
    assert full.texts["full"].of(known[known != 0]).to_pylist() == ["王小芳", "王芳"] * 2


def test_a_row_without_an_identifier_is_named_by_its_place() -> None:
    read = table.from_arrow(MODEL, [ROWS.drop_columns("record_id")])
    assert read.ids.to_pylist() == [0, 1, 2]


def test_a_missing_column_is_named_with_its_file_and_what_to_do(tmp_path: Path) -> None:
    pq.write_table(ROWS.drop_columns("phone"), tmp_path / "b.parquet")
    with pytest.raises(DetectorError, match=r"b\.parquet: column phone is missing.*write phone\?"):
        table.read_table(MODEL, [tmp_path / "b.parquet"])


def test_a_file_of_another_sort_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c.parquet").write_text("no parquet", encoding="utf-8")
    with pytest.raises(DetectorError, match=r"c\.parquet: cannot be read"):
        table.read_table(MODEL, [tmp_path / "c.parquet"])
    with pytest.raises(DetectorError, match=r"c\.xlsx: neither .parquet nor .csv"):
        table.read_table(MODEL, [tmp_path / "c.xlsx"])


def test_a_csv_in_another_encoding_is_refused_without_its_values(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_bytes("record_id,id_number,name,phone\n1,2,王芳,3\n".encode("gb18030"))
    with pytest.raises(DetectorError, match="UTF-8"):
        table.read_table(MODEL, [path])


def test_a_csv_with_a_torn_row_far_down_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    row = "1,990102200705011236,王芳,19900000001\n"
    path.write_text("record_id,id_number,name,phone\n" + row * 2000 + "1,2\n", encoding="utf-8")
    with pytest.raises(DetectorError, match=r"e\.csv: cannot be read"):
        table.read_table(MODEL, [path])


def test_a_code_that_a_kind_has_not_is_refused_with_those_it_has() -> None:
    model = Model(
        "m",
        "",
        LinkType.DEDUPE_ONLY,
        (field("number", "identity_number", {"value": ("id_number",)}, "same shoe"),),
        (),
    )
    with pytest.raises(DetectorError, match="identity_number has no code shoe; take one of birth"):
        table.wanted_codes(model)


def test_columns_are_read_back_as_they_are_written(tmp_path: Path) -> None:
    pa.csv.write_csv(ROWS, tmp_path / "a.csv")
    assert reading.read_columns(tmp_path / "a.csv", ["name"])["name"].to_pylist()[0] == "王小芳"
    with pytest.raises(DetectorError, match=r"a\.csv: shoe cannot be read"):
        reading.read_columns(tmp_path / "a.csv", ["shoe"])


def test_an_empty_table_has_no_rows_but_its_codes() -> None:
    read = table.from_arrow(MODEL, [ROWS.slice(0, 0)])
    assert len(read) == 0
    assert read.code("number.value").shape == (1, 0)
