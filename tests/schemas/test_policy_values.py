"""What the law says on a day, in a place, for a registry."""

from __future__ import annotations

from datetime import date

import pytest

from schemas import policy
from schemas.policy_model import Parameter

XINZHOU = "140902"
ELSEWHERE = "110101"


def value(
    key: str, day: date, *, registry: str | None = None, place: str | None = None
) -> float | str | date | None:
    return policy.resolve(key, registry=registry, place=place, day=day)


def table(pack: str, key: str) -> dict[str, object]:
    found: list[Parameter] = [one for one in policy.packs()[pack].parameters if one.key == key]
    return {row.at: row.value for one in found for row in one.rows}


@pytest.mark.parametrize(
    ("place", "day", "deadline"),
    [
        (XINZHOU, date(2022, 9, 1), "11-20"),
        (XINZHOU, date(2023, 8, 31), "11-20"),
        (XINZHOU, date(2023, 9, 1), "11-10"),
        (XINZHOU, date(2024, 8, 31), "11-10"),
        (XINZHOU, date(2024, 9, 1), "11-20"),
        (ELSEWHERE, date(2023, 9, 1), "11-20"),
        (None, date(2023, 9, 1), "11-20"),
        (XINZHOU, date(2009, 9, 1), None),
    ],
)
def test_xinzhou_closed_registration_on_10_november_for_the_2023_intake_only(
    place: str | None, day: date, deadline: str | None
) -> None:
    answer = value("registration.deadline.autumn", day, registry="vocational", place=place)
    assert answer == deadline


def test_technician_schools_close_a_month_earlier_and_the_other_registries_have_no_such_day() -> (
    None
):
    day = date(2023, 9, 1)
    assert value("registration.deadline.autumn", day, registry="technical") == "10-20"
    assert (
        value("registration.deadline.autumn", day, registry="technical", place=XINZHOU) == "10-20"
    )
    assert value("registration.deadline.autumn", day, registry="k12") is None


@pytest.mark.parametrize("registry", ["vocational", "technical"])
def test_the_third_year_may_draw_the_grant_from_spring_2025(registry: str) -> None:
    assert value("aid.grant.max_year", date(2025, 1, 31), registry=registry) == 2
    assert value("aid.grant.max_year", date(2025, 2, 1), registry=registry) == 3
    assert value("aid.grant.max_year", date(2025, 3, 1), registry="higher") is None


@pytest.mark.parametrize(
    ("day", "yuan"),
    [
        (date(2007, 8, 31), None),
        (date(2014, 11, 1), 1500),
        (date(2024, 11, 1), 2000),
        (date(2025, 3, 1), 2300),
    ],
)
def test_the_grant_rose_twice(day: date, yuan: int | None) -> None:
    assert value("aid.grant.amount_year", day, registry="vocational") == yuan


def test_the_waiver_has_covered_three_years_since_autumn_2012() -> None:
    assert value("aid.waiver.max_year", date(2012, 8, 31), registry="vocational") is None
    assert value("aid.waiver.max_year", date(2012, 9, 1), registry="vocational") == 3


def test_the_quotas_of_the_heilongjiang_expansion_sum_to_ten_thousand() -> None:
    quotas = table("heilongjiang_2019", "expansion.quota")
    assert len(quotas) == 14
    total = value("expansion.quota_total", date(2020, 4, 30), registry="technical", place="230803")
    assert sum(int(str(quota)) for quota in quotas.values()) == total == 10_000
    assert (
        value("expansion.quota.2308", date(2020, 1, 1), registry="technical", place="2308") == 358
    )


def test_association_contests_pay_half_of_the_tariff() -> None:
    tariff = table("jilin_city_2022", "award.tariff")
    halves = table("jilin_city_2022", "award.tariff_association")
    share = value("award.association_share", date(2023, 1, 1), place="220203")
    assert set(tariff) == set(halves)
    assert len(tariff) == 9
    for at, yuan in tariff.items():
        assert float(str(halves[at])) == float(str(yuan)) * float(str(share))


def test_the_award_tariff_binds_in_jilin_city_alone() -> None:
    day = date(2023, 5, 1)
    assert value("award.tariff.national.first", day, place="220203") == 20_000
    assert value("award.tariff.national.first", day, place="220102") is None
    assert value("award.tariff.national.first", day) is None


def test_the_jiamusi_window_for_transfers_opens_and_closes_with_its_plan() -> None:
    key = "transfer.gh_to_zz.grades"
    before, inside, after = date(2022, 12, 28), date(2023, 9, 1), date(2027, 1, 1)
    answers = [
        value(key, day, registry="vocational", place="230803") for day in (before, inside, after)
    ]
    assert answers == [None, "1.1;1.2;2.1", None]
    assert (
        value("transfer.gh_to_zz.min_zz_years", after, registry="vocational", place="2308") == 1.5
    )


@pytest.mark.parametrize("place", ["220203", "220102", "230803", "230102", XINZHOU])
def test_none_of_the_five_places_lets_vocational_students_move_to_general_high_school(
    place: str,
) -> None:
    assert value("transfer.mutual.permitted", date(2024, 9, 1), place=place) == 0
    assert value("transfer.mutual.permitted", date(2024, 9, 1), place="450102") == 1


def test_the_condition_targets_of_jiamusi_step_up() -> None:
    def target(day: date) -> object:
        return value("condition.target_share", day, registry="vocational", place="2308")

    assert [target(date(2023, 12, 30)), target(date(2023, 12, 31))] == [None, 0.8]
    assert [target(date(2025, 12, 30)), target(date(2025, 12, 31))] == [0.8, 0.9]


def test_a_place_without_a_pack_of_its_own_falls_back_to_the_nation_and_says_so() -> None:
    def found(place: str) -> str | None:
        row = policy.setting(
            "registration.deadline.autumn",
            registry="vocational",
            place=place,
            day=date(2023, 9, 1),
        )
        return row.pack if row else None

    assert found(XINZHOU) == "xinzhou_2023"
    assert found(ELSEWHERE) == "national"


def test_an_invented_place_is_bound_as_the_place_it_stands_in_for() -> None:
    stands_in = {"9901": "1409", "9902": "2202"}

    def answer(key: str, place: str) -> object:
        day = date(2023, 9, 1)
        return policy.resolve(key, registry="vocational", place=place, day=day, stands_in=stands_in)

    assert answer("registration.deadline.autumn", "990102") == "11-10"
    assert answer("registration.deadline.autumn", "990203") == "11-20"
    assert answer("admission.platform.required", "990203") == 1  # Jilin Province binds its city
    assert answer("award.coach_share", "990203") == 1
    assert answer("award.coach_share", "990102") is None
    assert answer("registration.deadline.autumn", XINZHOU) == "11-10"


def test_a_stand_in_is_as_specific_as_its_model() -> None:
    rows = policy.settings_rows({"9902": "2202"})
    specificities = {row.specificity for row in rows if row.place == "9902"}
    assert specificities == {2, 4}
