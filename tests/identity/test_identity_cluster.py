import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detectors.identity.cluster import holders, near_to_two, settle
from detectors.identity.graph import UNLINKED, Edges, components, sureness
from detectors.identity.groups import BOTH_ALREADY_SOMEBODY, PROVEN_TWO


def edges(*links: tuple[int, int, float]) -> Edges:
    ordered = sorted(links, key=lambda link: -link[2])
    return Edges(
        np.array([one for one, _, _ in ordered], dtype=np.int64),
        np.array([other for _, other, _ in ordered], dtype=np.int64),
        np.array([weight for _, _, weight in ordered], dtype=np.float64),
    )


def numbers(*codes: int) -> np.ndarray:
    return np.array(codes, dtype=np.int64)


NOBODY = edges()


def test_a_row_between_two_numbers_goes_to_the_nearer() -> None:
    links = edges((0, 2, 20.0), (1, 2, 10.0))
    assert settle(links, numbers(0, 1, UNLINKED), NOBODY) == [None, BOTH_ALREADY_SOMEBODY]


def test_a_row_as_near_to_two_goes_to_neither() -> None:
    links = edges((0, 2, 20.0), (1, 2, 18.0))
    assert near_to_two(links, numbers(0, 1, UNLINKED), 3.0).tolist() == [True, True]
    assert near_to_two(links, numbers(0, 1, UNLINKED), 1.0).tolist() == [False, False]


def test_two_numbers_proven_one_persons_have_one_holder() -> None:
    assert holders(numbers(0, 1, UNLINKED), edges((0, 1, 9.0))).tolist() == [0, 0, UNLINKED]


def test_a_contradicted_pair_never_meets_through_others() -> None:
    links = edges((0, 2, 20.0), (1, 2, 10.0))
    told = settle(links, numbers(UNLINKED, UNLINKED, UNLINKED), edges((0, 1, 0.0)))
    assert told == [None, PROVEN_TWO]


def test_a_chain_is_as_sure_as_its_weakest_link() -> None:
    links = edges((0, 1, 30.0), (1, 2, 8.0), (2, 3, 25.0))
    weakest = sureness(links, numbers(0, 4), 5).weakest
    assert weakest.tolist() == [UNLINKED, 0, 2, 2, UNLINKED]


@given(
    st.lists(
        st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(5, 40)).filter(
            lambda link: link[0] < link[1]
        ),
        unique_by=lambda link: link[:2],
    ),
    st.lists(st.integers(-1, 3), min_size=12, max_size=12),
)
def test_no_person_ever_holds_two_numbers(
    links: list[tuple[int, int, float]], codes: list[int]
) -> None:
    found = edges(*links)
    refused = settle(found, numbers(*codes), NOBODY)
    kept = found.only(np.array([why is None for why in refused], dtype=np.bool_))
    person = components(kept, 12)
    for label in set(person.tolist()):
        assert (
            len(
                {
                    code
                    for code, own in zip(codes, person, strict=True)
                    if own == label and code >= 0
                }
            )
            <= 1
        )
