"""Distances: the same verdicts as RapidFuzz, at a fraction of the price."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, JaroWinkler

from detectors.identity.linkage.coded import Texts
from detectors.identity.linkage.distances import Spelling, similar, within
from detectors.identity.linkage.kinds import regular_number
from detectors.identity.linkage.kinds.phone import written_out
from detectors.identity.linkage.texts import TEXT_CODES, DecodedTexts

DIGITS = st.integers(0, 10**17 - 1)
CHECKS = "0123456789X"


def text_codes(texts: list[str]) -> dict[str, int]:
    return {text: TEXT_CODES + at for at, text in enumerate(sorted(set(texts)))}


def spelled_by(known: dict[str, int]) -> Spelling:
    codes = np.array(list(known.values()), dtype=np.int64)
    return Spelling("text", Texts(codes, pa.array(list(known), pa.string())))


def with_numbers(known: dict[str, int]) -> Spelling:
    texts = spelled_by(known).texts
    return Spelling(
        "identity_number", DecodedTexts(texts.codes, texts.values, regular_number.texts)
    )


def number_code(number: str) -> int:
    return int(number[:17]) * 11 + CHECKS.index(number[17])


def osa(pairs: list[tuple[str, str]], most: int) -> list[bool]:
    return [OSA.distance(*pair) <= most for pair in pairs]


def slipped(draw: st.DrawFn, text: str, alphabet: str) -> str:
    """One or two slips of a clerk."""
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, max(0, len(text) - 1)))
        match draw(st.sampled_from(["replace", "swap", "drop", "add"])):
            case "replace":
                text = text[:at] + draw(st.sampled_from(alphabet)) + text[at + 1 :]
            case "swap":
                text = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
            case "drop":
                text = text[:at] + text[at + 1 :]
            case _:
                text = text[:at] + draw(st.sampled_from(alphabet)) + text[at:]
    return text


@st.composite
def name_pairs(draw: st.DrawFn) -> list[tuple[str, str]]:
    names = draw(st.lists(st.text("王李张小明芳𠮷ab", max_size=6), min_size=1, max_size=12))
    return [(name, slipped(draw, name, "王李𠮷a")) for name in names]


@st.composite
def number_pairs(draw: st.DrawFn) -> list[tuple[str, str]]:
    whole = draw(st.lists(st.tuples(DIGITS, st.sampled_from(CHECKS)), min_size=1, max_size=12))
    numbers = [f"{digits:017}{check}" for digits, check in whole]
    return [(number, slipped(draw, number, "0129")) for number in numbers]


@settings(max_examples=300, deadline=None)
@given(name_pairs(), st.integers(0, 3))
def test_texts_within_some_edits_are_those_of_the_textbook(
    pairs: list[tuple[str, str]], most: int
) -> None:
    known = text_codes([text for pair in pairs for text in pair])
    one, other = (np.array([known[pair[side]] for pair in pairs]) for side in (0, 1))
    assert within(one, other, spelled_by(known), most).tolist() == osa(pairs, most)
    assert within(other, one, spelled_by(known), most).tolist() == osa(pairs, most)


@settings(max_examples=300, deadline=None)
@given(number_pairs(), st.integers(1, 2))
def test_numbers_within_some_edits_are_those_of_the_textbook(
    pairs: list[tuple[str, str]], most: int
) -> None:
    def is_regular(text: str) -> bool:
        return len(text) == 18 and text[:17].isdigit()

    known = text_codes([text for pair in pairs for text in pair if not is_regular(text)])
    codes = [
        [number_code(text) if is_regular(text) else known[text] for text in pair] for pair in pairs
    ]
    one, other = np.array(codes, dtype=np.int64).T
    assert within(one, other, with_numbers(known), most).tolist() == osa(pairs, most)


@settings(max_examples=100, deadline=None)
@given(name_pairs(), st.sampled_from([0.7, 0.9, 0.95]))
def test_similar_texts_are_those_of_the_textbook(
    pairs: list[tuple[str, str]], least: float
) -> None:
    known = text_codes([text for pair in pairs for text in pair])
    one, other = (np.array([known[pair[side]] for pair in pairs]) for side in (0, 1))
    expected = [JaroWinkler.similarity(*sorted(pair)) >= least for pair in pairs]
    assert similar(one, other, spelled_by(known), least).tolist() == expected


@st.composite
def phone_pairs(draw: st.DrawFn) -> list[tuple[str, str]]:
    phones = draw(st.lists(st.text("0129", min_size=9, max_size=12), min_size=1, max_size=12))
    return [(phone, slipped(draw, phone, "0129")) for phone in phones]


@settings(max_examples=300, deadline=None)
@given(phone_pairs())
def test_phones_within_one_edit_are_those_of_the_textbook(pairs: list[tuple[str, str]]) -> None:
    one, other = np.array([[int("1" + phone) for phone in pair] for pair in pairs]).T
    kept = DecodedTexts(np.zeros(0, np.int64), pa.array([], pa.string()), written_out)
    assert within(one, other, Spelling("phone", kept), 1).tolist() == osa(pairs, 1)


def test_very_long_texts_are_measured_too() -> None:
    street = "青禾路" * 20
    known = text_codes([street, street + "号", "虚构路" * 20])
    one = np.array([known[street]] * 2)
    other = np.array([known[street + "号"], known["虚构路" * 20]])
    assert within(one, other, spelled_by(known), 1).tolist() == [True, False]
