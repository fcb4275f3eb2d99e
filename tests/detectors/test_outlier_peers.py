"""How far a school lies from its peers: what the funnel and the forest must keep to."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detectors.outliers.comparison import compare
from detectors.outliers.forest import rarity
from detectors.outliers.measures import MEASURES
from detectors.outliers.peers import funnel, peer_groups
from detectors.outliers.standing import Limits, standings


def honest_city(schools: int = 40) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(7)
    sizes = draw.integers(60, 900, schools).astype(float)
    shares = np.exp(draw.normal(np.log(0.05), 0.4, schools))
    return draw.binomial(sizes.astype(int), shares).astype(float), sizes


def test_a_padded_school_stands_out_among_honest_ones() -> None:
    late, students = honest_city()
    late[0] = round(0.25 * students[0])
    z = funnel(late, students).z
    assert z.argmax() == 0
    assert z[0] > 4


def test_honest_schools_differ_without_being_odd() -> None:
    late, students = honest_city()
    measured = funnel(late, students)
    assert measured.between > 0
    assert (measured.z > 3).mean() <= 0.05


def test_the_odd_school_hardly_moves_what_its_peers_do() -> None:
    late, students = honest_city()
    before = funnel(late, students).share
    late[0] = students[0]
    assert abs(funnel(late, students).share - before) < 0.01


@given(
    st.lists(st.tuples(st.integers(1, 500), st.floats(0, 1)), min_size=1, max_size=30),
)
def test_every_city_has_finite_distances(schools: list[tuple[int, float]]) -> None:
    students = np.array([float(size) for size, _ in schools])
    marked = np.floor(students * np.array([share for _, share in schools]))
    measured = funnel(marked, students)
    assert np.isfinite(measured.z).all()
    assert 0 < measured.share < 1


@given(st.integers(0, 299))
def test_one_more_marked_student_never_brings_a_school_nearer(extra: int) -> None:
    students = np.full(20, 300.0)
    marked = np.full(20, 15.0)
    marked[0] = extra
    more = marked.copy()
    more[0] += 1
    assert funnel(more, students).z[0] >= funnel(marked, students).z[0] - 1e-9


def test_peers_are_sought_by_kind_and_owner_then_by_kind_then_among_all() -> None:
    kinds = ["vocational"] * 5 + ["technical"] * 2 + [""]
    owners = ["公办"] * 3 + ["民办"] * 2 + ["公办"] * 2 + [""]
    assert peer_groups(kinds, owners, 3) == [
        *["vocational 公办"] * 3,
        *["vocational"] * 2,
        *["all"] * 3,
    ]


def test_a_small_school_is_shown_and_not_judged() -> None:
    schools = 10
    rows = {
        "school_code": np.array([f"36990000{i:02d}" for i in range(schools)], dtype=object),
        "school_year": np.array(["2023-2024"] * schools, dtype=object),
        "measure": np.array(["elsewhere_share"] * schools, dtype=object),
        "numerator": np.array([9.0] + [1.0] * (schools - 1)),
        "denominator": np.array([10.0] + [200.0] * (schools - 1)),
        "kind": np.array(["vocational"] * schools, dtype=object),
        "owner": np.array(["公办"] * schools, dtype=object),
    }
    small, *others = compare(rows, least_students=30, least_peers=20)
    assert small.z is None
    assert small.value == 0.9
    assert {mark.peers for mark in others} == {schools - 1}


def test_two_measures_of_one_concept_count_once() -> None:
    concepts = [MEASURES[name].concept for name in ("late_registration_share", "last_days_share")]
    assert concepts == ["registration", "registration"]
    rows = {
        "school_code": np.array([f"s{i:02d}" for i in range(20)] * 2, dtype=object),
        "school_year": np.array(["2023-2024"] * 40, dtype=object),
        "measure": np.array(
            ["late_registration_share"] * 20 + ["last_days_share"] * 20, dtype=object
        ),
        "numerator": np.array(([150.0] + [10.0] * 19) * 2),
        "denominator": np.full(40, 300.0),
        "kind": np.array(["vocational"] * 40, dtype=object),
        "owner": np.array(["公办"] * 40, dtype=object),
    }
    first, *_ = standings(compare(rows, 30, 20), Limits(odd_distance=3, least_count=5, cap=4))
    assert first.school_code == "s00"
    assert len(first.odd) == 2
    assert first.concepts == 1
    assert first.score == 4


def test_the_second_opinion_is_the_same_every_night() -> None:
    distances = np.abs(np.random.default_rng(3).normal(size=(40, 9)))
    distances[0] = 4
    once, again = rarity(distances), rarity(distances)
    assert (once == again).all()
    assert once.argmax() == 0
