"""Invented numbers have true shapes, and slips of the pen damage what they say and nothing else."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.sample import damage
from pipeline.sample.dice import Dice
from pipeline.sample.numbers import Numbers, check_digit, identity_number
from pipeline.sample.roll import Written
from pipeline.sample.styles import rounded
from pipeline.sample.terms import Term, terms_between

born = st.dates(date(1960, 1, 1), date(2012, 12, 31))


@given(born, st.integers(1, 998))
def test_an_identity_number_satisfies_the_standard(born_on: date, sequence: int) -> None:
    number = identity_number("990102", born_on, sequence)
    weights = [2**place % 11 for place in range(17, -1, -1)]
    values = [10 if digit == "X" else int(digit) for digit in number]
    assert sum(w * v for w, v in zip(weights, values, strict=True)) % 11 == 1
    assert number[6:14] == born_on.strftime("%Y%m%d")


@given(st.sampled_from(["male", "female"]), st.integers(0, 50))
def test_the_sequence_tells_the_sex_and_is_given_once(sex: str, seed: int) -> None:
    numbers = Numbers(Dice(seed, "numbers"))
    drawn = [numbers.sequence("990101", date(2007, 5, 1), sex) for _ in range(60)]
    assert len(set(drawn)) == 60
    assert {sequence % 2 for sequence in drawn} == {1 if sex == "male" else 0}


def test_phones_and_cards_are_given_once() -> None:
    numbers = Numbers(Dice(1, "numbers"))
    phones = {numbers.phone() for _ in range(5000)}
    cards = {numbers.card() for _ in range(5000)}
    assert (len(phones), len(cards)) == (5000, 5000)
    assert {len(phone) for phone in phones} == {11}


@given(st.integers(0, 500))
def test_a_slip_leaves_one_of_number_and_name_as_it_was(seed: int) -> None:
    dice = Dice(seed, "slips")
    before = Written(
        "刘婷婷", identity_number("990103", date(2006, 11, 3), 124), date(2006, 11, 3), "female"
    )
    after = Written(before.name, before.id_number, before.born_on, before.sex)
    damage.slip(after, dice)
    assert after.name == before.name or after.id_number == before.id_number


@given(born, st.integers(1, 998))
def test_excel_keeps_fifteen_digits_unless_the_number_ends_in_x(
    born_on: date, sequence: int
) -> None:
    number = identity_number("990104", born_on, sequence)
    assert rounded(number) == (number if number.endswith("X") else number[:15] + "000")


def test_a_known_number_has_the_known_check_digit() -> None:
    assert check_digit("11010519491231002") == "X"


def test_terms_follow_one_another() -> None:
    assert terms_between(Term(2022, 1), Term(2023, 1)) == [
        Term(2022, 1),
        Term(2023, 0),
        Term(2023, 1),
    ]
    assert Term(2023, 1).first_day == date(2024, 3, 1)
