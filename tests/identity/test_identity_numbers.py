from datetime import date

import duckdb
import pytest
from invented_students import with_check_digit
from persons import a_number

from detectors.identity import written


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    written.install(con)
    yield con
    con.close()


def read(con: duckdb.DuckDBPyConnection, written: str | None) -> tuple[str | None, str]:
    return con.execute(
        "select id_normalise($written), id_class(id_normalise($written))", {"written": written}
    ).fetchall()[0]


GOOD = a_number()
WITH_X = next(number for number in map(a_number, range(1, 200)) if number.endswith("X"))


@pytest.mark.parametrize(
    "written",
    [
        f" {GOOD} ",
        f"'{GOOD}",
        f'="{GOOD}"',
        f"{GOOD[:6]}-{GOOD[6:14]}-{GOOD[14:]}",
        f"{GOOD[:6]} {GOOD[6:14]}\u3000{GOOD[14:]}",
        f"身份证号:{GOOD}",
        f"\u200b{GOOD}\xa0",
        "".join(chr(ord(digit) + 0xFEE0) for digit in GOOD),
        f"G{GOOD}",
        f"{GOOD}.0",
    ],
)
def test_a_wrapped_number_is_read_as_the_number(
    con: duckdb.DuckDBPyConnection, written: str
) -> None:
    assert read(con, written) == (GOOD, "valid")


@pytest.mark.parametrize("sign", ["x", "ｘ", "Ｘ", "х", "Х", "×", "χ"])
def test_every_kind_of_cross_is_the_check_digit_ten(
    con: duckdb.DuckDBPyConnection, sign: str
) -> None:
    assert read(con, WITH_X[:17] + sign) == (WITH_X, "valid")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (None, "none"),
        ("", "none"),
        ("-", "none"),
        ("无", "placeholder"),
        ("111111111111111111", "placeholder"),
        ("123456789012345678", "placeholder"),
        ("999369900000100001", "temporary"),
        ("9.90102E+17", "scientific"),
        ("1.1010119900101e+17", "scientific"),
        ("990102200705010000", "rounded"),
        ("990102********0029", "masked"),
        (GOOD[:17] + ("0" if GOOD[17] != "0" else "1"), "bad_check"),
        ("990102200713010029", "bad_date"),
        (GOOD[:17], "short"),
        (GOOD + "1", "long"),
        ("H12345678", "foreign"),
        ("E1234567", "foreign"),
        ("990102991301001", "old15"),
    ],
)
def test_a_number_is_classed_by_what_is_wrong_with_it(
    con: duckdb.DuckDBPyConnection, written: str | None, expected: str
) -> None:
    assert read(con, written)[1] == expected


def test_a_fifteen_digit_number_is_lengthened(con: duckdb.DuckDBPyConnection) -> None:
    assert read(con, "990102670401001") == (with_check_digit("99010219670401001"), "valid")


def test_an_abolished_or_foreign_area_is_no_reason_to_doubt_a_number(
    con: duckdb.DuckDBPyConnection,
) -> None:
    for area in ("230802", "830000", "220184", "429004"):
        assert read(con, with_check_digit(f"{area}20060301001"))[1] == "valid"


def test_birth_and_sex_are_read_from_the_number(con: duckdb.DuckDBPyConnection) -> None:
    number = a_number(3, date(2008, 2, 29))
    assert con.execute("select id_birth($n), id_sex($n)", {"n": number}).fetchall() == [
        (date(2008, 2, 29), "male")
    ]


def test_no_wrong_digit_whatever_its_place_leaves_a_number_valid(
    con: duckdb.DuckDBPyConnection,
) -> None:
    numbers = [
        a_number(sequence, date(1960 + sequence, 1 + sequence % 12, 3)) for sequence in range(1, 50)
    ]
    damaged = [
        number[:place] + wrong + number[place + 1 :]
        for number in numbers
        for place in range(18)
        for wrong in "0123456789"
        if wrong != number[place]
    ]
    query = "select distinct id_class(number) from (select unnest($numbers) as number)"
    assert ("valid",) not in con.execute(query, {"numbers": damaged}).fetchall()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("阿依古丽·买买提", "阿依古丽买买提"),
        ("阿依古丽.买买提", "阿依古丽买买提"),
        (" 虚 构\u3000甲\u200b", "虚构甲"),
        ("虚构甲(曾用名虚构乙)", "虚构甲"),
        ("ｚhang　Wei", "ZHANGWEI"),
        ("", None),
    ],
)
def test_a_name_is_folded_to_its_characters(
    con: duckdb.DuckDBPyConnection, written: str, key: str | None
) -> None:
    assert con.execute("select name_key($w)", {"w": written}).fetchall() == [(key,)]


def test_a_former_name_is_found_in_brackets(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("select name_in_brackets('虚构甲(曾用名:虚构乙)')").fetchall() == [
        ("虚构乙",)
    ]
