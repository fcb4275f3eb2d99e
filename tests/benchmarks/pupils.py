"""Vocational rolls for benchmarks: as many rows as wanted, 38 columns of the contract and two more, in any format."""

import re
import shutil
import zipfile
from functools import partial
from pathlib import Path

import duckdb
import xlsxwriter

from schemas.catalog import source
from schemas.model import Column

SOURCE = "vocational_students"
EXTRA = ("照片", "数据来源")
# How a column is filled from the row number `i`; what is not named here is empty, as half of a real roll is.
_FILLED = {
    "student_no": "'G' || checked(number)",
    "name": "chr((20018 + i * 7919 % 400)::int) || chr((21000 + i * 104729 % 900)::int) || chr((26000 + i % 700)::int)",
    "sex": "case when i % 2 = 0 then '男' else '女' end",
    "birth_date": "strftime(born, '%Y-%m-%d')",
    "id_type": "'居民身份证'",
    "id_number": "checked(number)",
    "ethnicity": "'汉族'",
    "hukou_code": "'990102'",
    "hukou_kind": "case when i % 3 = 0 then '非农业' else '农业' end",
    "address": "'青禾市虚构区虚构路' || (i % 999) || '号'",
    "phone": "'1990000' || lpad((i % 10000)::varchar, 4, '0')",
    "guardian_name": "chr((20018 + i * 7919 % 400)::int) || chr((21500 + i * 31 % 900)::int)",
    "guardian_phone": "'1990000' || lpad((i * 7 % 10000)::varchar, 4, '0')",
    "school_code": "'369901' || lpad((i // 2000)::varchar, 4, '0')",
    "school_name": "'青禾市虚构第' || (i // 2000) || '中等职业学校'",
    "grade": "'2023'",
    "class_name": "'2023级' || (i // 50) || '班'",
    "major_code": "'710201'",
    "major_name": "'计算机应用'",
    "program_years": "'3'",
    "study_form": "'全日制'",
    "entrant_type": "'应届初中毕业生'",
    "entry_month": "'202309'",
    "boarding": "'住校'",
    "exam_no": "'2314' || lpad(i::varchar, 10, '0')",
    "status": "'在籍'",
    "registered_at": "'2023-09-' || lpad((1 + i % 28)::varchar, 2, '0')",
    "expected_end": "'202607'",
    "poverty_flag": "case when i % 11 = 0 then '是' else '否' end",
}


# Seventeen digits and the check digit of GB 11643-1999.
_CHECKED = """
create or replace temp macro checked(number) as number || substr('10X98765432', 1 + (
    {terms}
) % 11, 1)
""".format(
    terms=" + ".join(
        f"{weight} * substr(number, {place}, 1)::int"
        for place, weight in enumerate((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), 1)
    )
)


def rows(con: duckdb.DuckDBPyConnection, first: int, count: int) -> str:
    """Make a view of `count` rows from number `first` on, all text under Chinese headings; give its name."""
    columns = source(SOURCE).columns
    assert set(_FILLED) <= {column.name for column in columns}
    selected = ", ".join(
        f'{_FILLED.get(column.name, "null::varchar")} as "{column.header}"' for column in columns
    )
    con.execute(_CHECKED).fetchall()
    con.execute(
        f"""
        create or replace temp view pupils as
        select {selected}, '有' as "照片", '学校录入' as "数据来源"
        from (
            select
                i, date '2006-01-01' + (i * 37 % 1200)::int as born,
                '9901' || lpad((i // 900 % 100)::varchar, 2, '0')
                || strftime(date '2006-01-01' + (i * 37 % 1200)::int, '%Y%m%d')
                || lpad((i % 900 + 1)::varchar, 3, '0') as number
            from range({first}, {first + count}) t(i)
        )
        """
    ).fetchall()
    return "pupils"


def write_csv(path: Path, count: int) -> Path:
    con = duckdb.connect()
    con.execute(f"copy (from {rows(con, 0, count)}) to '{path}' (header)").fetchall()
    return path


def write_gb18030(path: Path, utf8: Path) -> Path:
    with utf8.open(encoding="utf-8", newline="") as text, path.open("wb") as out:
        while piece := text.read(1 << 22):
            out.write(piece.encode("gb18030"))
    return path


def write_parquet(path: Path, count: int) -> Path:
    con = duckdb.connect()
    con.execute(f"copy (from {rows(con, 0, count)}) to '{path}' (format parquet)").fetchall()
    return path


def write_xlsx(path: Path, first: int, count: int) -> Path:
    con = duckdb.connect()
    found = con.execute(f"from {rows(con, first, count)}")
    with xlsxwriter.Workbook(path, {"constant_memory": False}) as book:
        sheet = book.add_worksheet("学生信息")
        for place, described in enumerate(found.description or ()):
            sheet.write_string(0, place, described[0])
        for number, row in enumerate(found.fetchall(), 1):
            for place, cell in enumerate(row):
                if cell is not None:
                    sheet.write_string(number, place, cell)
    return path


def write_xls(path: Path, count: int) -> Path:
    import xlwt

    con = duckdb.connect()
    found = con.execute(f"from {rows(con, 0, count)}")
    book = xlwt.Workbook()
    sheet = book.add_sheet("学生信息")
    for place, described in enumerate(found.description or ()):
        sheet.write(0, place, described[0])
    for number, row in enumerate(found.fetchall(), 1):
        for place, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, place, cell)
    book.save(str(path))
    return path


def write_dbf(path: Path, count: int) -> Path:
    """Write a dBase III table in GBK: 32 bytes of header, 32 a field, records of fixed width."""
    con = duckdb.connect()
    found = con.execute(f"from {rows(con, 0, count)}")
    columns = source(SOURCE).columns
    labels = [_dbf_name(place, column) for place, column in enumerate(columns)] + ["ZP", "SJLY"]
    widths = [24 if label in {"XM", "XH", "SFZH"} else 40 for label in labels]
    header = bytearray(32)
    header[0] = 3
    header[4:8] = count.to_bytes(4, "little")
    header[8:10] = (32 + 32 * len(widths) + 1).to_bytes(2, "little")
    header[10:12] = (1 + sum(widths)).to_bytes(2, "little")
    with path.open("wb") as out:
        out.write(header)
        for label, width in zip(labels, widths, strict=True):
            out.write(
                label.encode("gbk").ljust(11, b"\0") + b"C" + bytes(4) + bytes([width]) + bytes(15)
            )
        out.write(b"\r")
        for row in found.fetchall():
            cells = (
                (cell or "").encode("gb18030")[:width].ljust(width)
                for cell, width in zip(row, widths, strict=True)
            )
            out.write(b" " + b"".join(cells))
        out.write(b"\x1a")
    return path


def _dbf_name(place: int, column: Column) -> str:
    """Give a heading that fits the ten bytes of a field name and the contract knows, if there is one."""
    known = (column.header, *column.aliases)
    return next((name for name in known if len(name.encode("gbk")) <= 10), f"F{place}")


def write_many_xlsx(folder: Path, files: int, rows_each: int) -> Path:
    """Write workbooks of different pupils: one is made, the others have other numbers in its place."""
    folder.mkdir(parents=True)
    model = write_xlsx(folder / "model.xlsx", 0, rows_each)
    with zipfile.ZipFile(model) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    model.unlink()
    con = duckdb.connect()
    before = _numbers(con, 0, rows_each)
    strings = parts["xl/sharedStrings.xml"].decode()
    for number in range(files):
        new = dict(zip(before, _numbers(con, (number + 1) * rows_each, rows_each), strict=True))
        moved = re.sub(r"(?<=>)G?99\d{15}[\dX](?=<)", partial(_renumbered, new), strings)
        moved = moved.replace(">3699010000<", f">36{number:08d}<")
        target = folder / f"school{number:04d}.xlsx"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
            for name, content in parts.items():
                out.writestr(name, moved if name == "xl/sharedStrings.xml" else content)
    return folder


def _renumbered(new: dict[str, str], found: re.Match[str]) -> str:
    return new[found[0]]


def _numbers(con: duckdb.DuckDBPyConnection, first: int, count: int) -> list[str]:
    """Give the student and identity numbers of some rows."""
    found = con.execute(f'select "学籍号", "身份证件号" from {rows(con, first, count)}').fetchall()
    return [number for row in found for number in row]


def laid(workspace: Path, *files: Path) -> Path:
    """Lay files as deliveries of a fresh exports folder; give the folder."""
    folder = workspace / "exports" / SOURCE
    shutil.rmtree(workspace, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in files:
        (folder / file.name).hardlink_to(file)
    return workspace / "exports"
