"""Bad and odd numbers: of identity, in every damage known, and others that are none to reckon with."""

from __future__ import annotations

from bad_delivery import HEADINGS, BadDelivery, csv_of, loaded, number, roll, workbook
from made_containers import parquet_of

PUPILS = "vocational_students"
ID = "990102200705010027"
WITH_X = number("99010220070501006")
ADULT = "990102750303003"
# People of one list: none of their numbers ends in X.
LISTED = [
    whole
    for whole in (
        number(f"990102199002{day}{serial}") for serial in range(101, 116) for day in (11, 12)
    )
    if whole[17] != "X"
][:20]


def _number(name: str, written: object, told: str, damage: str | None) -> BadDelivery:
    """A roll of one pupil whose number is written as said: what it comes to, and what the matcher is told of it."""
    content = csv_of(roll({"身份证件号": written}))
    cells = {(2, "number"): told, (2, "damage"): damage}
    return BadDelivery(name, {"a.csv": content}, (loaded(1),), (), cells, PUPILS)


def _spelt(name: str, written: str, told: str) -> BadDelivery:
    return _number(name, written, told, "spelling")


def _list(name: str, extension: str, content: bytes, rows: int, *told: str) -> BadDelivery:
    return BadDelivery(name, {f"a{extension}": content}, (loaded(rows),), ("身份证号", *told))


def _people(*numbers: object) -> list[tuple[object, ...]]:
    return [HEADINGS[:3], *(("残疾人", f"虚构{at}", one) for at, one in enumerate(numbers))]


SPELT = (
    _spelt("a number in full-width digits", "９９０１０２２００７０５０１００２７", ID),
    _number("a number with a small x", WITH_X.lower(), WITH_X, None),
    _spelt("a number with a full-width x", WITH_X[:17] + "ｘ", WITH_X),
    _spelt("a number with a Russian Kha", WITH_X[:17] + "Х", WITH_X),
    _spelt("a number with a multiplication sign", WITH_X[:17] + "×", WITH_X),
    _spelt("a number with a Roman ten", WITH_X[:17] + "Ⅹ", WITH_X),
    _spelt("a number in groups", "990102 20070501 0027", ID),
    _spelt("a number with hyphens", "990102-20070501-0027", ID),
    _number("a number between zero-width blanks", "\u200b" + ID + "\ufeff", ID, None),
    _spelt("a number with a no-break blank", "990102\u00a0200705010027", ID),
    _number("a number behind an apostrophe", "'" + ID, ID, None),
    _spelt("a number behind a Chinese apostrophe", "‘" + ID, ID),
    _spelt("a number behind its name", "身份证号：" + ID, ID),
    _spelt("a number behind the letter of a student number", "G" + ID, ID),
    _spelt("a number with letters for digits", "99O1O22OO7O5O1OO27", ID),
    _spelt("a number with a small l for a one", "990l02200705010027", ID),
    _spelt("a number with a decimal point", ID + ".0", ID),
    _number("a number of fifteen digits", ADULT, number(f"{ADULT[:6]}19{ADULT[6:]}"), "fifteen"),
)

SPOILT = (
    _number("a number with one digit wrong", ID[:17] + "8", ID[:17] + "8", "bad_check"),
    _number(
        "a number of a day that no calendar has",
        "990102200702300027",
        "990102200702300027",
        "bad_date",
    ),
    _number("a number with a digit lost", ID[:17], ID[:17], "short"),
    _number("a number with a digit doubled", ID[:6] + "2" + ID[6:], ID[:6] + "2" + ID[6:], "long"),
    _number(
        "a number whose middle is hidden", "990102********0027", "990102********0027", "masked"
    ),
    _number(
        "a temporary number of a school", "999369900000100012", "999369900000100012", "temporary"
    ),
    _number("a number of nines", "9" * 18, "9" * 18, "placeholder"),
    _number("a passport", "E99000001", "E99000001", "foreign"),
    _number("a number after a CSV of Excel", "9.90102E+17", "9.90102E+17", "scientific"),
    BadDelivery(
        "a number that Excel took for an amount",
        {"a.xlsx": workbook(名册=roll({"身份证件号": int(ID)}))},
        (loaded(1),),
        (),
        {(2, "number"): "990102200705010000", (2, "damage"): "rounded"},
        PUPILS,
    ),
    _list(
        "a column of numbers that Excel rounded, the ones with X whole",
        ".xlsx",
        workbook(名单=_people(*map(float, LISTED), "99010219900202002X")),
        21,
        "text|文本",
    ),
    _list(
        "a column of numbers that Excel rounded and saved as CSV",
        ".csv",
        csv_of(_people(*(f"{float(one):.5E}" for one in LISTED), "99010219900202002X")),
        21,
        "text|文本",
    ),
    _list(
        "a column of numbers that went through a float",
        ".csv",
        csv_of(_people(*(int(float(one)) for one in LISTED))),
        20,
    ),
    _list(
        "a Parquet file of numbers of identity as floats",
        ".parquet",
        parquet_of(_people(*map(float, LISTED))),
        20,
    ),
    BadDelivery(
        "no number",
        {"a.csv": csv_of(roll({"身份证件号": ""}))},
        (loaded(0, 1),),
        ("身份证件号",),
        {},
        PUPILS,
    ),
    BadDelivery(
        "a number that is an error of a formula",
        {"a.csv": csv_of(roll({"身份证件号": "#N/A"}))},
        (loaded(0, 1),),
        ("身份证件号",),
        {},
        PUPILS,
    ),
)

OTHERS = (
    BadDelivery(
        "a phone number with a decimal point",
        {"a.csv": csv_of(roll({"联系电话": "19900000001.0"}))},
        (loaded(1),),
        (),
        {(2, "phone"): "19900000001"},
        PUPILS,
    ),
    BadDelivery(
        "a code of a school that Excel took for an amount",
        {"a.xlsx": workbook(名册=roll({"学校标识码": 3699000001}))},
        (loaded(1),),
        (),
        {(2, "school_code"): "3699000001"},
        PUPILS,
    ),
)

CORPUS = (*SPELT, *SPOILT, *OTHERS)
