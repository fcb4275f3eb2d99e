"""Names by array, against `names.py`, which spells them one at a time."""

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detectors.identity import names
from detectors.identity.linkage import kinds
from detectors.identity.linkage.coded import Coded
from detectors.identity.linkage.kinds.chinese_name import coded_as_full
from detectors.identity.linkage.kinds.piece import Wanted
from detectors.identity.linkage.texts import hashed

CODES = kinds.everything("chinese_name").codes
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
# rare folds, surnames of two characters and of their own sound, blanks, Latin letters, rare planes
NAMES = st.text("王李张劉刘单曾尉迟欧阳未知不详龑頔芳昇娜小䶮𬱖AYn", min_size=1, max_size=7)


def coded(*written: str | None, measured: frozenset[str] = frozenset()) -> Coded:
    column = pa.array(written, pa.string())
    return kinds.standardise("chinese_name", {"value": [column]}, Wanted(CODES, measured))


def one(field: Coded, code: str) -> list[int]:
    return field.codes[code][0].tolist()


@given(st.lists(NAMES, min_size=1, max_size=20))
@QUICK
def test_every_name_is_spelt_as_names_spells_it(written: list[str]) -> None:
    field = coded(*written)
    keys = ["" if key in ("未知", "不详") else key.upper() for key in written]

    def each(spell: object) -> pa.Array:
        return pa.array([spell(key) if key else "" for key in keys], pa.string())

    assert one(field, "full") == coded_as_full(each(str)).tolist()
    assert one(field, "class") == coded_as_full(each(names.name_class)).tolist()
    assert one(field, "sound") == hashed(each(names.sound)).tolist()
    assert one(field, "pinyin") == hashed(each(names.pinyin)).tolist()
    in_order = each(lambda key: "".join(sorted(names.name_class(key))))
    assert one(field, "sorted") == coded_as_full(in_order).tolist()


@given(st.lists(NAMES, min_size=1, max_size=20))
@QUICK
def test_texts_give_back_what_a_code_stands_for(written: list[str]) -> None:
    field = coded(*written, measured=frozenset({"full", "class", "sound"}))
    spelt = {"full": str, "class": names.name_class, "sound": names.sound}
    for code, spell in spelt.items():
        codes = field.codes[code][0]
        told = field.texts[code].of(codes[codes != 0]).to_pylist()
        stated = [key.upper() for key, known in zip(written, codes, strict=True) if known]
        assert told == [spell(key) for key in stated]


@pytest.mark.parametrize(
    ("one_name", "other", "code"),
    [
        ("王 芳", "王芳", "full"),
        ("阿依古丽·买买提", "阿依古丽买买提", "full"),
        ("劉昇", "刘升", "class"),
        ("王浩", "王皓", "sound"),
        ("李宁", "李林", "sound"),
        ("王小芳", "芳小王", "sorted"),
        ("欧阳娜娜", "欧阳芳", "surname"),
        ("张娜", "李娜", "given"),
        ("张雨涵", "李雨欣", "first"),
    ],
)
def test_two_spellings_share_the_code(one_name: str, other: str, code: str) -> None:
    first, second = one(coded(one_name, other), code)
    assert first == second != 0


def test_a_surname_of_two_characters_is_one_surname() -> None:
    field = coded("欧阳娜娜", "欧娜")
    assert one(field, "surname")[0] != one(field, "surname")[1]
    assert one(field, "given")[0] == one(coded("李娜娜"), "given")[0]


def test_a_name_in_brackets_is_a_former_name() -> None:
    field = coded("王芳(曾用名王小芳)", "王小芳")
    assert one(field, "former") == [one(field, "full")[1], 0]


def test_blanks_state_no_name() -> None:
    field = coded("", " ", "无", "未知", None, "-", "暂无")
    assert {code: set(one(field, code)) for code in CODES} == {code: {0} for code in CODES}


def test_latin_names_are_compared_by_letters_words_and_sound() -> None:
    column = pa.array(["Mary-Jane O'Neill", "ONEILL MARY JANE", "Katherine", "Catherin", "", None])
    field = kinds.standardise("person_name", {"value": [column]})
    words, sound = one(field, "sorted"), one(field, "sound")
    assert words[0] != 0
    assert words[0] == words[1]
    assert one(field, "full")[0] != one(field, "full")[1]
    assert sound[2] == sound[3] != 0
    assert sound[4:] == [0, 0]
