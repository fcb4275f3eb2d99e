"""Bad and odd layouts: what people put below, between and beside the rows of a list."""

from __future__ import annotations

import openpyxl
from bad_delivery import (
    DISABLED,
    EMPTY,
    FARMER,
    HEADINGS,
    LIST,
    REFUSED,
    ROWS,
    VETERAN,
    BadDelivery,
    Row,
    loaded,
    roll,
    saved,
    workbook,
)

WHOLE = {(2, "name"): "王一虚", (4, "kind"): "新型职业农民"}
SIGNED = ("制表人：吴某", None, "审核人：郑某", None, "2024年4月15日")


def _book(name: str, *rows: Row, kept: int = 3, rejected: int = 0, **more: object) -> BadDelivery:
    return BadDelivery(name, {"a.xlsx": workbook(名单=rows)}, (loaded(kept, rejected),), **more)  # type: ignore[arg-type]


def _merged_cells_in_rows() -> bytes:
    """Give a list in which the kind is written once for two people."""
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    for row in (HEADINGS, DISABLED, (None, *VETERAN[1:]), FARMER):
        sheet.append(list(row))
    sheet.merge_cells("A2:A3")
    return saved(book)


AMONG = (
    _book(
        "the heading again on every page",
        HEADINGS,
        VETERAN,
        HEADINGS,
        DISABLED,
        HEADINGS,
        FARMER,
        cells={(4, "name"): "李二构", (6, "name"): "赵三青"},
    ),
    _book(
        "title and heading again on every page",
        ("名单",),
        HEADINGS,
        VETERAN,
        ("名单",),
        HEADINGS,
        DISABLED,
        FARMER,
        cells={(6, "name"): "李二构"},
    ),
    _book(
        "subtotals between, a total below",
        HEADINGS,
        VETERAN,
        ("小计", None, 1),
        DISABLED,
        FARMER,
        ("小计", None, 2),
        ("合 计", None, 3),
        cells={(4, "name"): "李二构"},
    ),
    _book(
        "a total whose word stands in the second column",
        *LIST,
        (None, "总计", None, None, 3),
        cells=WHOLE,
    ),
    _book(
        "a pupil whose name begins like a total",
        HEADINGS,
        ("残疾人", "合计虚", *VETERAN[2:]),
        DISABLED,
        FARMER,
        cells={(2, "name"): "合计虚"},
    ),
    _book("signatures below", *LIST, (), SIGNED, ("（盖章）",), ("第 1 页 共 1 页",), cells=WHOLE),
    _book("a note below", *LIST, ("注：本表一式两份，由区县汇总后报送。",), cells=WHOLE),
    _book(
        "a name of a class over its pupils",
        HEADINGS,
        ("一班",),
        VETERAN,
        ("二班",),
        DISABLED,
        FARMER,
        rejected=2,
    ),
    _book(
        "rows numbered in advance and left empty",
        ("序号", *HEADINGS),
        *((at, *row) for at, row in enumerate(ROWS, 1)),
        *((at, None, None, None, None, None) for at in range(4, 60)),
        cells=WHOLE,
    ),
    _book(
        "empty rows between",
        HEADINGS,
        VETERAN,
        (),
        (None,) * 5,
        DISABLED,
        (),
        FARMER,
        cells={(5, "name"): "李二构", (7, "name"): "赵三青"},
    ),
    _book(
        "a hundred empty rows between",
        HEADINGS,
        VETERAN,
        *[()] * 100,
        DISABLED,
        FARMER,
        cells={(103, "name"): "李二构"},
    ),
    _book(
        "a dash in place of every empty cell",
        HEADINGS,
        *((*row[:3], "—", "/") for row in ROWS),
        cells={(2, "valid_from"): None},
    ),
    _book("a row that is copied three times", *LIST, VETERAN, VETERAN, kept=5),
    BadDelivery(
        "a second table below the first",
        {
            "a.xlsx": workbook(
                名单=(
                    *LIST,
                    (),
                    ("学校标识码", "学校名称", "人数"),
                    ("3699000001", "虚构一校", 2),
                    ("3699000002", "虚构二校", 1),
                )
            )
        },
        (loaded(3, 2),),
        ("further heading",),
        WHOLE,
    ),
    BadDelivery(
        "a cell merged over two people",
        {"a.xlsx": _merged_cells_in_rows()},
        (loaded(3),),
        (),
        {(2, "kind"): "残疾人", (3, "kind"): "残疾人", (4, "kind"): "新型职业农民"},
    ),
)

SHEETS = (
    BadDelivery(
        "a sheet for every class",
        {"a.xlsx": workbook(一班=(HEADINGS, VETERAN), 二班=(HEADINGS, DISABLED, FARMER))},
        (loaded(1), loaded(2)),
        ("一班", "二班"),
    ),
    BadDelivery(
        "the second sheet goes on without a heading",
        {"a.xlsx": workbook(一=(HEADINGS, VETERAN), 二=(DISABLED, FARMER))},
        (loaded(1), REFUSED),
        ("heading",),
    ),
    BadDelivery(
        "notes on a sheet of their own",
        {
            "a.xlsx": workbook(
                名单=LIST, 填写说明=(("栏目", "要求", "示例"), ("姓名", "必填", "某某"))
            )
        },
        (loaded(3), EMPTY),
        ("notes",),
    ),
    BadDelivery(
        "a list of choices on a hidden sheet",
        {"a.xlsx": workbook(名单=LIST, 数据字典=(("退役军人",), ("残疾人",)))},
        (loaded(3), EMPTY),
    ),
    BadDelivery(
        "three empty sheets of an old Excel",
        {"a.xlsx": workbook(Sheet1=LIST, Sheet2=(), Sheet3=())},
        (loaded(3), EMPTY, EMPTY),
        (),
        WHOLE,
    ),
    BadDelivery(
        "a sheet of the right list and one of another",
        {
            "a.xlsx": workbook(
                名单=LIST, 学籍=roll({"班级名称": "一班", "专业名称": "护理", "性别": "男"})
            )
        },
        (loaded(3), REFUSED),
        ("exports/vocational_students/",),
    ),
    BadDelivery(
        "a sheet that sums up the other",
        {
            "a.xlsx": workbook(
                名单=LIST, 汇总=(("类别", "人数", "备注"), ("残疾人", 1, ""), ("退役军人", 1, ""))
            )
        },
        (loaded(3), REFUSED),
        ("heading",),
    ),
    BadDelivery(
        "the template sent back without a row", {"a.xlsx": workbook(名单=(HEADINGS,))}, (loaded(0),)
    ),
)

CORPUS = (*AMONG, *SHEETS)
