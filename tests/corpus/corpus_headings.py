"""Bad and odd headings: what stands above the rows of a list, and what the columns are called."""

from __future__ import annotations

import openpyxl
from bad_delivery import (
    DISABLED,
    HEADINGS,
    LIST,
    PLAIN,
    PUPIL,
    REFUSED,
    ROWS,
    BadDelivery,
    Row,
    loaded,
    roll,
    rows_of,
    saved,
    workbook,
)

WHOLE = {(2, "name"): "王一虚", (4, "kind"): "新型职业农民"}
BY_ONE = {(3, "name"): "王一虚", (5, "kind"): "新型职业农民"}
PUPILS = "vocational_students"
REQUIRED = tuple(PUPIL)
PUPIL_ROW = tuple(PUPIL.values())


def _book(name: str, *rows: Row, kept: int = 3, rejected: int = 0, **more: object) -> BadDelivery:
    return BadDelivery(name, {"a.xlsx": workbook(名单=rows)}, (loaded(kept, rejected),), **more)  # type: ignore[arg-type]


def _merged() -> bytes:
    """Give a roll below a merged title, with two rows of merged headings."""
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    sheet.append(["青禾市中等职业学校学生名册"])
    sheet.append([*REQUIRED, "监护人", None])
    sheet.append([*[None] * len(REQUIRED), "姓名", "电话"])
    sheet.append([*PUPIL_ROW, "周父", "19900000001"])
    width = len(REQUIRED)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width + 2)
    sheet.merge_cells(start_row=2, end_row=2, start_column=width + 1, end_column=width + 2)
    for column in range(1, width + 1):
        sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
    return saved(book)


def _three_deep() -> bytes:
    return workbook(
        名册=(
            (*REQUIRED, "家庭成员", None, None, None),
            (*[None] * len(REQUIRED), "监护人", None, "其他", None),
            (*[None] * len(REQUIRED), "姓名", "电话", "姓名", "电话"),
            (*PUPIL_ROW, "周父", "19900000001", "周母", "19900000002"),
        )
    )


ABOVE = (
    _book(
        "a title, a unit and a date above",
        ("名单",),
        ("填报单位：青禾区",),
        ("2024年4月15日",),
        *LIST,
        cells={(5, "name"): "王一虚"},
    ),
    _book("a title that names two headings", ("姓名及身份证号一览",), *LIST, cells=BY_ONE),
    _book(
        "a table of constants above the list",
        ("年度", "2024", "区县", "青禾区"),
        ("人数", 3, "单位", "人"),
        (),
        *LIST,
        cells={(5, "name"): "王一虚"},
    ),
    _book(
        "twenty lines of instructions above",
        *((f"{at}. 请按要求填写姓名、身份证号。",) for at in range(1, 21)),
        *LIST,
        cells={(22, "name"): "王一虚"},
    ),
    _book("numbers of columns below the heading", HEADINGS, (1, 2, 3, 4, 5), *ROWS, cells=BY_ONE),
    _book("numbers of columns above the heading", (1, 2, 3, 4, 5), *LIST, cells=BY_ONE),
    _book(
        "kinds of columns below the heading",
        HEADINGS,
        ("文本", "文本", "文本", "日期", "文本"),
        *ROWS,
        cells=BY_ONE,
    ),
    _book(
        "required or not below the heading",
        HEADINGS,
        ("必填", "必填", "必填", "选填", "选填"),
        *ROWS,
        cells=BY_ONE,
    ),
    _book(
        "the names of a database above the Chinese ones",
        ("LB", "XM", "SFZH", "RDRQ", "RDBM"),
        *LIST,
        cells=BY_ONE,
    ),
    BadDelivery(
        "two rows of merged headings below a merged title",
        {"a.xlsx": _merged()},
        (loaded(1),),
        (),
        {(4, "name"): "周四禾", (4, "guardian_name"): "周父", (4, "guardian_phone"): "19900000001"},
        PUPILS,
    ),
    BadDelivery(
        "three rows of headings",
        {"a.xlsx": _three_deep()},
        (loaded(1),),
        (),
        {(4, "name"): "周四禾", (4, "guardian_name"): "周父"},
        PUPILS,
    ),
)

HEADED = (
    _book("columns in another order", HEADINGS[::-1], *(row[::-1] for row in ROWS), cells=WHOLE),
    _book(
        "other words for the headings",
        ("人员类别", "XM", "公民身份号码", "认定时间", "提供部门"),
        *ROWS,
        cells=WHOLE,
    ),
    _book(
        "marks, full-width brackets, blanks and breaks in headings",
        ("*类　别", "姓  名\n（必填）", "★身份证号码", "认定日期（yyyy-mm-dd）", "认定部门："),
        *ROWS,
        cells=WHOLE,
    ),
    _book(
        "a remark in a heading",
        ("类别", "姓名", "身份证号（必须为文本格式）", "认定日期", "认定部门"),
        *ROWS,
        cells=WHOLE,
    ),
    _book(
        "traditional characters in headings",
        ("類別", "姓名", "身份證號", "認定日期", "認定部門"),
        *ROWS,
        cells=WHOLE,
    ),
    _book(
        "a number of the row in the first column",
        ("序号", *HEADINGS),
        *((at, *row) for at, row in enumerate(ROWS, 1)),
        cells=WHOLE,
    ),
    _book(
        "blank columns between",
        ("类别", None, "姓名", None, None, "身份证号"),
        *((row[0], None, row[1], None, None, row[2]) for row in ROWS),
        cells=WHOLE,
    ),
    _book(
        "a list that begins in the fifth column",
        *((None,) * 4 + tuple(row) for row in LIST),
        cells=WHOLE,
    ),
    _book(
        "columns that nobody asked for",
        (*HEADINGS, "备注", "审批意见"),
        *((*row, "无误", "同意") for row in ROWS),
        told=("备注", "审批意见"),
        cells={(2, "extra"): '{"备注": "无误", "审批意见": "同意"}'},
    ),
    _book(
        "two columns of one heading",
        (*HEADINGS, "备注", "备注"),
        *((*row, "甲", "乙") for row in ROWS),
        cells=WHOLE,
    ),
    _book(
        "the number of identity twice, the second time empty",
        (*HEADINGS, "身份证号"),
        *((*row, None) for row in ROWS),
        cells={(3, "id_number"): DISABLED[2]},
    ),
    _book(
        "the number of identity twice, the first time empty",
        ("身份证号", *HEADINGS),
        *((None, *row) for row in ROWS),
        cells={(3, "id_number"): DISABLED[2]},
    ),
    _book(
        "two columns of one meaning that differ",
        (*HEADINGS, "证件号码"),
        *((*row, "内部编号") for row in ROWS),
        cells={(3, "id_number"): DISABLED[2]},
    ),
    _book(
        "a column without a heading",
        (*HEADINGS, None),
        *((*row, "另注") for row in ROWS),
        cells=WHOLE,
    ),
    _book(
        "units in headings",
        (*HEADINGS, "补助金额(元)"),
        *((*row, 500) for row in ROWS),
        cells=WHOLE,
    ),
    BadDelivery(
        "a required column missing",
        {"a.csv": PLAIN.replace("身份证号", "证号").encode()},
        (REFUSED,),
        ("身份证号", "证号"),
    ),
    BadDelivery(
        "three required columns missing",
        {
            "a.xlsx": workbook(
                名册=((*REQUIRED[:3], "专业名称", "班级"), (*PUPIL_ROW[:3], "护理", "一班"))
            )
        },
        (REFUSED,),
        ("学校标识码", "入学年月", "学籍状态"),
        source=PUPILS,
    ),
    BadDelivery(
        "amounts in units of ten thousand",
        {
            "a.csv": rows_of(
                ("年度", "学校标识码", "拨款学生数", "拨款金额(万元)"),
                ("2024", "3699000001", "120", "36.5"),
            ).encode()
        },
        (REFUSED,),
        ("拨款金额",),
        source="funding_allocations",
    ),
    BadDelivery("no heading at all", {"a.csv": rows_of(*ROWS).encode()}, (REFUSED,), ("heading",)),
    BadDelivery(
        "the list of another source",
        {"a.xlsx": workbook(名册=roll({"班级名称": "一班", "专业名称": "护理", "性别": "男"}))},
        (REFUSED,),
        ("exports/vocational_students/",),
    ),
    BadDelivery(
        "a roll of a technical school in the folder of the vocational ones",
        {
            "a.csv": rows_of(
                (
                    "学籍号",
                    "姓名",
                    "身份证号",
                    "学校代码",
                    "入学年月",
                    "学籍状态",
                    "培养层次",
                    "季别",
                    "是否免学费",
                    "专业编码",
                ),
                (
                    "JG0001",
                    "周四禾",
                    "990102200705010027",
                    "JG99001",
                    "202309",
                    "在籍",
                    "中级工",
                    "秋",
                    "是",
                    "0101",
                ),
            ).encode()
        },
        (REFUSED,),
        ("exports/technical_students/",),
        source=PUPILS,
    ),
)

CORPUS = (*ABOVE, *HEADED)
