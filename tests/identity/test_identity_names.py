import pytest

from detectors.identity.names import name_class, pinyin, sound


@pytest.mark.parametrize(
    ("one", "other"), [("劉昇", "刘升"), ("張偉", "张伟"), ("闫喆", "阎哲"), ("蕭華", "肖华")]
)
def test_traditional_and_variant_forms_are_of_one_class(one: str, other: str) -> None:
    assert name_class(one) == name_class(other)


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("单田", "shantian"),
        ("仇英", "qiuying"),
        ("解放", "xiefang"),
        ("曾国", "zengguo"),
        ("尉迟恭", "yuchigong"),
    ],
)
def test_a_surname_is_spelt_as_a_surname(name: str, spelt: str) -> None:
    assert pinyin(name) == spelt


@pytest.mark.parametrize(("one", "other"), [("李浩", "李皓"), ("王宇轩", "王雨萱")])
def test_homophones_are_spelt_alike(one: str, other: str) -> None:
    assert pinyin(one) == pinyin(other)


@pytest.mark.parametrize(("one", "other"), [("刘宁", "牛宁"), ("张生", "臧森"), ("陈静", "岑进")])
def test_merged_sounds_of_the_region_sound_alike(one: str, other: str) -> None:
    assert sound(one)[1:] == sound(other)[1:] or sound(one) == sound(other)
