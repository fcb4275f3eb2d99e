"""The packs as read: every file loads, every value has its clause, and a broken pack is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from schemas import policy
from schemas.model import SchemaError
from schemas.policy_model import Basis, Policy, is_month_day

EXPECTED_PLACES = {
    "heilongjiang_2019": "23",
    "jiamusi_2022": "2308",
    "jilin_2020": "22",
    "jilin_city_2022": "2202",
    "national": "",
    "xinzhou_2023": "1409",
}
A_PACK = """\
pack: fictional
title: 虚构办法
title_en: An invented rule
document_no: 虚构〔2020〕1号
issuer: 虚构局
issued_on: 2020-01-01
place: "9901"
clauses:
  one:
    section: 一
    says: 只是例子。
    says_en: Only an example.
    rules: [R18]
    sets:
"""


def a_pack(folder: Path, *sets: str, text: str = A_PACK) -> Policy:
    path = folder / "fictional.yml"
    path.write_text(text + "".join(f"      - {{{one}}}\n" for one in sets), encoding="utf-8")
    return policy.read_pack(path)


def test_each_document_is_a_pack_with_its_place() -> None:
    assert {name: pack.place for name, pack in policy.packs().items()} == EXPECTED_PLACES
    assert list(policy.packs()) == sorted(policy.packs())


@pytest.mark.parametrize("name", sorted(EXPECTED_PLACES))
def test_every_value_hangs_on_a_clause_of_its_pack(name: str) -> None:
    pack = policy.packs()[name]
    assert {one.clause for one in pack.parameters} <= set(pack.clauses)


@pytest.mark.parametrize("name", sorted(EXPECTED_PLACES))
def test_every_clause_is_restated_in_one_chinese_sentence_and_one_english(name: str) -> None:
    for clause in policy.packs()[name].clauses.values():
        assert clause.section
        assert clause.says.count("。") == 1
        assert clause.says.endswith("。")
        assert clause.says_en.endswith(".")


def test_what_is_not_law_is_marked_as_our_own_estimate() -> None:
    national = policy.packs()["national"]
    own = {name for name in national.clauses if name.startswith("own-")}
    assert own
    assert {national.clauses[name].basis for name in own} == {Basis.ESTIMATE}
    assert policy.cite("national:own-lag").basis is Basis.ESTIMATE


def test_what_a_local_pack_does_not_have_from_its_text_says_so_in_a_note() -> None:
    for name, pack in policy.packs().items():
        if name != "national":
            loose = [one for one in pack.clauses.values() if one.basis is not Basis.TEXT]
            assert all(clause.note for clause in loose)


def test_a_citation_names_document_number_and_section() -> None:
    cited = policy.cite("xinzhou_2023:anti-dual")
    assert "忻教函〔2023〕69号" in cited.document
    assert cited.section == "三（二）"
    assert "双重学籍" in cited.says
    assert policy.cite("national:exit").document.endswith("（教职成〔2010〕7号）")


@pytest.mark.parametrize("reference", ["atlantis:one", "national:no-such-clause", "national", ""])
def test_a_citation_of_nothing_is_refused(reference: str) -> None:
    with pytest.raises(SchemaError, match=r"schemas/policies/.*\.yml"):
        policy.cite(reference)


def test_a_pack_on_its_own_page_reads_well(tmp_path: Path) -> None:
    pack = a_pack(tmp_path, "key: a.b, value: 1, valid_from: 2020-01-01")
    assert pack.clauses["one"].document.cited_as == "《虚构办法》（虚构〔2020〕1号）"
    assert pack.parameters[0].place == "9901"


def test_a_value_for_two_registries_is_two_parameters(tmp_path: Path) -> None:
    pack = a_pack(
        tmp_path, "key: a.b, registry: [vocational, k12], value: true, valid_from: 2020-01-01"
    )
    assert [one.registry for one in pack.parameters] == ["vocational", "k12"]


def test_overlapping_validity_is_refused_by_file_and_key(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"fictional\.yml.*grace\.days"):
        a_pack(
            tmp_path,
            "key: grace.days, value: 3, valid_from: 2020-01-01, valid_to: 2022-06-30",
            "key: grace.days, value: 4, valid_from: 2022-06-30",
        )


def test_a_table_row_may_not_repeat_a_key_set_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"fictional\.yml.*prize"):
        a_pack(
            tmp_path,
            "key: prize, value: [{at: first, value: 3, label: 一}], valid_from: 2020-01-01",
            "key: prize.first, value: 4, valid_from: 2021-01-01",
        )


def test_adjoining_validity_and_other_registries_or_places_are_no_overlap(tmp_path: Path) -> None:
    pack = a_pack(
        tmp_path,
        "key: grace.days, value: 3, valid_from: 2020-01-01, valid_to: 2022-06-30",
        "key: grace.days, value: 4, valid_from: 2022-07-01",
        "key: grace.days, registry: k12, value: 5, valid_from: 2020-01-01",
        'key: grace.days, place: "990102", value: 6, valid_from: 2020-01-01',
    )
    assert len(pack.parameters) == 4


@pytest.mark.parametrize(
    "broken",
    [
        "key: a.b, value: 1, valid_from: 2020-01-01, valid_until: 2021-01-01",
        'key: a.b, place: "14", value: 1, valid_from: 2020-01-01',
        'key: a.b, value: "20-11", unit: month_day, valid_from: 2020-01-01',
        "key: a.b, value: 1, valid_from: 2020-01-01, valid_to: 2019-12-31",
        "key: A B, value: 1, valid_from: 2020-01-01",
        "key: a.b, value: [], valid_from: 2020-01-01",
        "key: a.b, registry: kindergarten, value: 1, valid_from: 2020-01-01",
        "key: a.b, value: 1",
    ],
)
def test_a_broken_value_is_refused_by_file(tmp_path: Path, broken: str) -> None:
    with pytest.raises(SchemaError, match=r"fictional\.yml"):
        a_pack(tmp_path, broken)


@pytest.mark.parametrize(
    ("there", "instead", "named"),
    [
        ("pack: fictional", "pack: other", "key pack"),
        ("rules: [R18]", "rules: [R99]", "R99"),
        ("    section: 一\n", "    section: 一\n    document: lost\n", "document lost"),
        ("    sets:\n", "    setz:\n", "setz"),
    ],
)
def test_a_broken_pack_is_refused_by_key(
    tmp_path: Path, there: str, instead: str, named: str
) -> None:
    with pytest.raises(SchemaError, match=named):
        a_pack(
            tmp_path,
            "key: a.b, value: 1, valid_from: 2020-01-01",
            text=A_PACK.replace(there, instead),
        )


def test_a_key_is_a_number_everywhere_or_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_pack(tmp_path, "key: a.b, value: 1, valid_from: 2020-01-01")
    other = (tmp_path / "fictional.yml").read_text("utf-8")
    (tmp_path / "second.yml").write_text(
        other.replace("pack: fictional", "pack: second").replace("value: 1", "value: one"), "utf-8"
    )
    monkeypatch.setattr(policy, "PACKS", tmp_path)
    policy.packs.cache_clear()
    try:
        with pytest.raises(SchemaError, match=r"second\.yml: a\.b is no number"):
            policy.packs()
    finally:
        policy.packs.cache_clear()


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ("11-20", True),
        ("02-29", False),
        ("13-01", False),
        ("1-1", False),
        (date(2020, 1, 1), False),
    ],
)
def test_a_month_day_is_a_day_of_every_year(value: object, is_one: bool) -> None:  # noqa: FBT001
    assert is_month_day(value) is is_one
