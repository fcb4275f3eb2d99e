"""Identity numbers by array, against the SQL macros that define them."""

from collections.abc import Iterator, Mapping

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detectors.identity.linkage import kinds
from detectors.identity.linkage.coded import Coded
from detectors.identity.linkage.kinds.piece import Wanted
from detectors.identity.linkage.texts import TEXT_CODES
from detectors.identity.statements import run, text

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
QUICK = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def number(area: int, day: str, sequence: int) -> str:
    body = f"{area:06}{day}{sequence:03}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return body + "10X98765432"[total % 11]


def coded(*written: str | None, columns: Mapping[str, list[pa.Array]] | None = None) -> Coded:
    given_columns = columns or {"value": [pa.array(written, pa.string())]}
    wanted = Wanted(kinds.everything("identity_number").codes, frozenset({"value"}))
    return kinds.standardise("identity_number", given_columns, wanted)


def one(field: Coded, code: str) -> list[int]:
    return field.codes[code][0].tolist()


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    run(con, "macros")
    yield con
    con.close()


right = st.builds(
    number,
    st.integers(990100, 998999),
    st.sampled_from(["20070228", "20080229", "19991231", "19000101", "20070230", "18991231"]),
    st.integers(0, 30),
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    good = draw(right)
    place = draw(st.integers(0, 16))
    slips = {
        "none": good,
        "small x": good.lower(),
        "digit": good[:place] + draw(st.sampled_from("0123456789X*")) + good[place + 1 :],
        "swap": good[:place] + good[place + 1] + good[place] + good[place + 2 :],
        "lost": good[:place] + good[place + 1 :],
        "double": good[: place + 1] + good[place:],
        "rounded": good[:15] + "000",
        "old": good[:6] + good[8:17],
        "temporary": "999" + good[3:],
        "masked": good[:6] + "********" + good[14:],
        "guarded": f"'{good}",
        "spaced": f"{good[:6]} {good[6:]}",
        "repeated": good[0] * draw(st.integers(14, 20)),
        "counting": "12345678901234567890"[: draw(st.integers(14, 20))],
    }
    return slips[draw(st.sampled_from(sorted(slips)))]


@given(
    st.lists(damaged() | st.text("0123456789Xx*身份证 .E+", max_size=20), min_size=1, max_size=30)
)
@QUICK
def test_every_number_is_read_as_the_macros_read_it(
    con: duckdb.DuckDBPyConnection, written: list[str]
) -> None:
    read = con.execute(
        """
        select id_normalise(w), id_class(id_normalise(w)),
            coalesce(strftime(id_birth(id_normalise(w)), '%Y%m%d')::bigint, 0)
        from (select unnest($w) as w)
        """,
        {"w": written},
    ).fetchall()
    field = coded(*written)
    value = field.codes["value"][0]
    unknown = {"none", "placeholder", "masked", "scientific"}
    assert (value != 0).tolist() == [kind not in unknown for _, kind, _ in read]
    assert field.texts["value"].of(value[value != 0]).to_pylist() == [
        normalised for normalised, kind, _ in read if kind not in unknown
    ]
    assert [code != 0 for code in one(field, "valid")] == [kind == "valid" for _, kind, _ in read]
    assert one(field, "birth") == [born for _, _, born in read]
    assert [code != 0 for code in one(field, "temporary")] == [
        kind == "temporary" for _, kind, _ in read
    ]
    assert [code != 0 for code in one(field, "masked")] == [
        kind == "masked" and normalised[:6].isdigit() and normalised[-4:-1].isdigit()
        and normalised[-1] in "0123456789X" and len(normalised) >= 10
        for normalised, kind, _ in read
    ]  # fmt: skip


@given(st.lists(right, min_size=1, max_size=12), st.lists(damaged(), min_size=1, max_size=20))
@QUICK
def test_the_same_numbers_are_repaired_as_by_the_nightly_matcher(
    con: duckdb.DuckDBPyConnection, held: list[str], slips: list[str]
) -> None:
    written = held + slips
    con.execute("create schema if not exists identity")
    con.execute(
        """
        create or replace table identity.stated as
        select
            id_normalise(w) as number,
            id_class(id_normalise(w)) as number_class,
            null::varchar as lifelong_number
        from (select unnest($w) as w)
        """,
        {"w": written},
    )
    con.execute(text("repaired"))
    expected: dict[str, set[str]] = {}
    for wrong, repaired in con.execute(
        "select number, repaired_number from identity.repair"
    ).fetchall():
        expected.setdefault(wrong, set()).add(repaired)
    field = coded(*written)
    values, found = field.texts["value"], field.codes["repaired"]
    for row, code in enumerate(one(field, "value")):
        wrong = values.of(np.array([code])).to_pylist()[0] if code else ""
        repaired = values.of(found[:, row][found[:, row] != 0]).to_pylist()
        assert set(repaired) == set(sorted(expected.get(wrong, ()))[:3])


def test_a_slip_of_each_sort_is_repaired() -> None:
    good = number(990102, "20070501", 123)
    slips = [
        good[:16] + ("4" if good[16] != "4" else "5") + good[17],
        good[:8] + good[9] + good[8] + good[10:],
        good[:9] + good[10:],
        good[:9] + good[8:],
    ]
    field = coded(good, *slips)
    assert field.codes["repaired"][0].tolist() == [0, *[one(field, "valid")[0]] * 4]


def test_a_number_of_seventeen_digits_shares_the_parts_that_were_not_touched() -> None:
    good = number(990102, "20070501", 123)
    field = coded(good, good[:8] + good[9:], good[:16] + good[17:])
    last, first = one(field, "last9"), one(field, "first15")
    assert last[0] == last[1] != last[2]
    assert first[0] == first[2] != first[1]


def test_a_rounded_number_meets_the_whole_one_by_its_first_fifteen_digits() -> None:
    good = number(990102, "20070501", 123)
    field = coded(good, good[:15] + "000")
    assert one(field, "rounded")[1] == one(field, "first15")[0]
    assert one(field, "rounded")[0] == 0


def test_a_masked_number_meets_the_whole_one_by_its_ends() -> None:
    good = number(990102, "20070501", 123)
    field = coded(good, good[:6] + "*" * 8 + good[14:])
    assert one(field, "masked")[1] == one(field, "ends")[0]


def test_temporary_numbers_of_one_school_share_no_part() -> None:
    field = coded("999369900000100001", "999369900000100002")
    for part in ("first15", "first14", "last9", "ends", "value"):
        assert len(set(one(field, part))) == 2, part


def test_the_number_inside_a_national_student_number_is_found() -> None:
    good = number(990102, "20070501", 123)
    columns = {"value": [pa.array([None, good])], "student_no": [pa.array([f"G{good}", "A1"])]}
    field = coded(columns=columns)
    assert one(field, "embedded") == [one(field, "valid")[1], 0]


def test_a_code_of_a_text_is_never_one_of_a_number() -> None:
    field = coded(number(990102, "20070501", 123), "H12345678")
    regular, foreign = one(field, "value")
    assert 0 < regular < TEXT_CODES <= foreign
