"""Bad and odd tables of databases: .dbf and Parquet, with types of their own, cut and misnamed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa
from bad_delivery import (
    HEADINGS,
    LIST,
    PLAIN,
    REFUSED,
    ROWS,
    VETERAN,
    BadDelivery,
    loaded,
)
from made_containers import (
    dbf,
    dbf_of,
    parquet,
    parquet_of,
)

DBF_WIDTHS = (20, 20, 18, 10, 30)
DBF = dbf_of(LIST, DBF_WIDTHS)
WHOLE = {(2, "name"): "王一虚", (3, "id_number"): "99010219900202002X", (4, "kind"): "新型职业农民"}
DATED = {**WHOLE, (2, "valid_from"): dt.date(2020, 1, 31)}


def _columns(**changed: pa.Array) -> bytes:
    columns = dict(zip(HEADINGS, map(list, zip(*ROWS, strict=True)), strict=True))
    return parquet({**columns, **changed})


TABLES = (
    BadDelivery("a .dbf in GBK", {"a.dbf": DBF}, (loaded(3),), (), DATED),
    BadDelivery(
        "a .DBF that says it is in a Western code page",
        {"A.DBF": DBF[:29] + b"\x03" + DBF[30:]},
        (loaded(3),),
        (),
        WHOLE,
    ),
    BadDelivery(
        "a .dbf with a record that was deleted",
        {
            "a.dbf": dbf(
                [(name, "C", width) for name, width in zip(HEADINGS, DBF_WIDTHS, strict=True)],
                [[cell.encode("gbk") for cell in row] for row in ROWS],
                deleted=(1,),
            )
        },
        (loaded(2),),
        ("deleted",),
        {(2, "name"): "王一虚"},
    ),
    BadDelivery("a .dbf that was cut", {"a.dbf": DBF[:-60]}, (REFUSED,), ("2 of the 3 .*again",)),
    BadDelivery("the head of a .dbf alone", {"a.dbf": DBF[:40]}, (REFUSED,), ("again",)),
    BadDelivery(
        "a .dbf that claims four thousand million records",
        {"a.dbf": DBF[:4] + b"\xff\xff\xff\xff" + DBF[8:]},
        (REFUSED,),
        ("4294967295 .*again",),
    ),
    BadDelivery(
        "a .dbf with days, numbers and yes or no",
        {
            "a.dbf": dbf(
                [
                    ("类别", "C", 20),
                    ("姓名", "C", 20),
                    ("身份证号", "N", 18),
                    ("认定日期", "D", 8),
                    ("在册", "L", 1),
                ],
                [
                    [
                        "残疾人".encode("gbk"),
                        "王一虚".encode("gbk"),
                        b"990102198001010013",
                        b"20200131",
                        b"T",
                    ]
                ],
            )
        },
        (loaded(1),),
        (),
        {(2, "id_number"): "990102198001010013", (2, "valid_from"): dt.date(2020, 1, 31)},
    ),
    BadDelivery(
        "a .dbf whose memos were left behind",
        {
            "a.dbf": dbf(
                [("类别", "C", 20), ("姓名", "C", 20), ("身份证号", "C", 18), ("备注", "M", 10)],
                [
                    [
                        "残疾人".encode("gbk"),
                        "王一虚".encode("gbk"),
                        b"990102198001010013",
                        b"         1",
                    ]
                ],
            )
        },
        (loaded(1),),
        ("memo|备注",),
        {(2, "name"): "王一虚"},
    ),
    BadDelivery(
        "a .dbf whose narrow column has cut a name within a character",
        {"a.dbf": dbf_of((HEADINGS[:3], VETERAN[:3], ("残疾人", "李五", ROWS[1][2])), (20, 5, 18))},
        (loaded(2),),
        ("姓名|cut",),
        {(3, "name"): "李五"},
    ),
    BadDelivery("text named .dbf", {"a.dbf": PLAIN.encode()}, (loaded(3),), ("named .dbf",), WHOLE),
)

PARQUETS = (
    BadDelivery("a Parquet file", {"a.parquet": parquet_of(LIST)}, (loaded(3),), (), DATED),
    BadDelivery(
        "a Parquet file with types of its own",
        {
            "a.parquet": _columns(
                类别=pa.array([row[0] for row in ROWS]).dictionary_encode(),
                认定日期=pa.array([dt.date(2020, 1, 31), None, dt.date(2019, 3, 31)]),
                金额=pa.array([Decimal("1.50"), None, Decimal("-2.00")]),
            )
        },
        (loaded(3),),
        ("金额",),
        {(2, "valid_from"): dt.date(2020, 1, 31), (3, "valid_from"): None},
    ),
    BadDelivery(
        "a Parquet file whose times bear a time zone",
        {
            "a.parquet": _columns(
                认定日期=pa.array(
                    [dt.datetime(2020, 1, 30, 16, tzinfo=dt.UTC)] * 3,
                    pa.timestamp("us", "Asia/Shanghai"),
                )
            )
        },
        (loaded(3),),
        (),
        {(2, "valid_from"): dt.date(2020, 1, 31)},
    ),
    BadDelivery(
        "a Parquet file with lists in place of names",
        {"a.parquet": _columns(姓名=pa.array([["王一虚"], ["李二构"], ["赵三青"]]))},
        (REFUSED,),
        ("姓名",),
    ),
    BadDelivery(
        "half a Parquet file",
        {"a.parquet": parquet_of(LIST)[:-200]},
        (REFUSED,),
        ("incomplete|damaged|cut",),
    ),
    BadDelivery(
        "a Parquet file without rows",
        {"a.parquet": parquet(dict.fromkeys(HEADINGS, pa.array([], pa.string())))},
        (loaded(0),),
    ),
)

CORPUS = (*TABLES, *PARQUETS)
