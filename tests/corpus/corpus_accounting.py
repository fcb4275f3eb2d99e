"""Deliveries on top of deliveries: copies, corrections, removals, and rows that are lost on the way."""

from __future__ import annotations

from bad_delivery import (
    COPY,
    DISABLED,
    FARMER,
    HEADINGS,
    LIST,
    PLAIN,
    REFUSED,
    REPLACED,
    VETERAN,
    BadDelivery,
    csv_of,
    loaded,
    roll,
    rows_of,
    workbook,
)
from made_containers import archive

PUPILS = "vocational_students"
ONE = {"学籍号": "G990102200705010027", "姓名": "周四禾", "身份证件号": "990102200705010027"}
TWO = {"学籍号": "G990102200706020013", "姓名": "吴五青", "身份证件号": "990102200706020013"}
THREE = {"学籍号": "G990102200707030016", "姓名": "郑六构", "身份证件号": "990102200707030016"}
ELSEWHERE = {"学校标识码": "3699000002"}


def _roll(*pupils: dict[str, object]) -> bytes:
    return csv_of(roll(*pupils))


CORPUS = (
    BadDelivery(
        "the same file under two names",
        {"a.csv": PLAIN.encode(), "b.csv": PLAIN.encode()},
        (loaded(3), COPY),
        ("a.csv",),
    ),
    BadDelivery(
        "the same file in two folders",
        {"一/a.csv": PLAIN.encode(), "二/a.csv": PLAIN.encode()},
        (loaded(3), COPY),
        ("copy",),
    ),
    BadDelivery(
        "the same file beside an archive that holds it",
        {"a.csv": PLAIN.encode(), "b.zip": archive({"a.csv": PLAIN.encode()})},
        (loaded(3), COPY),
        ("copy",),
    ),
    BadDelivery(
        "the same file in two sources",
        {"a.csv": PLAIN.encode(), "/counter_evidence/a.csv": PLAIN.encode()},
        (REFUSED, loaded(3)),
        ("special_statuses",),
    ),
    BadDelivery(
        "the copy stays when the original is taken away",
        {"a.csv": PLAIN.encode(), "b.csv": PLAIN.encode()},
        (loaded(3),),
        later=({"a.csv": None},),
    ),
    BadDelivery(
        "a corrected roll of the same school, exported later",
        {"学籍_20240301.csv": _roll(ONE, TWO)},
        (REPLACED, loaded(2)),
        ("20240401",),
        {(2, "name"): "周四禾", (3, "name"): "郑六构"},
        PUPILS,
        ({"学籍_20240401.csv": _roll(ONE, THREE)},),
    ),
    BadDelivery(
        "both exports of a roll on the same night",
        {"学籍_20240301.csv": _roll(ONE, TWO), "学籍_20240401.csv": _roll(ONE, THREE)},
        (REPLACED, loaded(2)),
        ("20240401",),
        {(3, "name"): "郑六构"},
        PUPILS,
    ),
    BadDelivery(
        "the older export comes back when the newer is taken away",
        {"学籍_20240301.csv": _roll(ONE, TWO), "学籍_20240401.csv": _roll(ONE, THREE)},
        (loaded(2),),
        (),
        {(3, "name"): "吴五青"},
        PUPILS,
        ({"学籍_20240401.csv": None},),
    ),
    BadDelivery(
        "a school whose roll comes in two files of one day",
        {"学籍_20240401_1.csv": _roll(ONE, TWO), "学籍_20240401_2.csv": _roll(THREE)},
        (loaded(2), loaded(1)),
        (),
        {},
        PUPILS,
    ),
    BadDelivery(
        "two schools whose rolls bear two dates",
        {"一校_20240301.csv": _roll(ONE, TWO), "二校_20240401.csv": _roll({**THREE, **ELSEWHERE})},
        (loaded(2), loaded(1)),
        (),
        {},
        PUPILS,
    ),
    BadDelivery(
        "a newer export that cannot be read replaces nothing",
        {"学籍_20240301.csv": _roll(ONE, TWO), "学籍_20240401.csv": b""},
        (loaded(2), REFUSED),
        ("is empty",),
        {(2, "name"): "周四禾"},
        PUPILS,
    ),
    BadDelivery(
        "a file whose content changed",
        {"a.csv": PLAIN.encode()},
        (loaded(1),),
        (),
        {(2, "name"): "赵三青"},
        later=({"a.csv": rows_of(HEADINGS, FARMER).encode()},),
    ),
    BadDelivery(
        "a file that was taken away", {"a.csv": PLAIN.encode()}, (), later=({"a.csv": None},)
    ),
    BadDelivery(
        "a file that broke overnight",
        {"a.csv": PLAIN.encode()},
        (REFUSED,),
        ("is empty",),
        later=({"a.csv": b""},),
    ),
    BadDelivery(
        "a broken file that was mended",
        {"a.csv": b""},
        (loaded(3),),
        later=({"a.csv": PLAIN.encode()},),
    ),
    BadDelivery(
        "a file that was renamed",
        {"a.csv": PLAIN.encode()},
        (loaded(3),),
        ("b.csv",),
        later=({"a.csv": None, "b.csv": PLAIN.encode()},),
    ),
    BadDelivery(
        "an archive from which a list was taken",
        {
            "a.zip": archive(
                {
                    "a.csv": rows_of(HEADINGS, VETERAN).encode(),
                    "b.csv": rows_of(HEADINGS, DISABLED).encode(),
                }
            )
        },
        (loaded(1),),
        (),
        {(2, "name"): "王一虚"},
        later=({"a.zip": archive({"a.csv": rows_of(HEADINGS, VETERAN).encode()})},),
    ),
    BadDelivery(
        "rows rejected for three reasons",
        {
            "a.csv": PLAIN.replace("残联", "残,联").encode()
            + rows_of(("低保", "", "990102199006150017", "", "")).encode()
            + b"\xff\n"
        },
        (loaded(2, 3),),
        ("姓名",),
    ),
    BadDelivery(
        "nothing but rows that are rejected",
        {
            "a.xlsx": workbook(
                名单=(
                    HEADINGS,
                    ("残疾人", None, None, None, None),
                    (None, "李二构", None, None, None),
                )
            )
        },
        (loaded(0, 2),),
    ),
    BadDelivery(
        "a row with three faults is rejected once",
        {
            "a.xlsx": workbook(
                名册=roll({**ONE, "入学年月": "无", "学籍状态": "神秘", "学校标识码": None})
            )
        },
        (loaded(0, 1),),
        ("2 more",),
        {},
        PUPILS,
    ),
    BadDelivery(
        "a sheet that repeats another one",
        {"a.xlsx": workbook(名单=LIST, 副本=LIST)},
        (loaded(3), loaded(3)),
    ),
)
