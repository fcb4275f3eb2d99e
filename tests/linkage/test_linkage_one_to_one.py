import numpy as np

from detectors.identity.linkage.judged import Judged
from detectors.identity.linkage.one_to_one import exclusive, mutual_best

TWO_INPUTS = np.array([0, 0, 1, 1], np.uint8)


def judged(*pairs: tuple[int, int, float]) -> Judged:
    return Judged(
        np.array([pair[0] for pair in pairs], np.int32),
        np.array([pair[1] for pair in pairs], np.int32),
        np.array([pair[2] for pair in pairs], np.float64),
        np.zeros(len(pairs), np.bool_),
    )


def test_each_row_keeps_the_partner_who_keeps_it() -> None:
    pairs = judged((0, 2, 0.9), (0, 3, 0.8), (1, 2, 0.7), (1, 3, 0.6))
    assert mutual_best(pairs, TWO_INPUTS).tolist() == [True, False, False, False]


def test_a_contradicted_partner_is_nobodys_best() -> None:
    pairs = judged((0, 2, 0.9), (0, 3, 0.8))
    pairs.contradicted[0] = True
    assert mutual_best(pairs, TWO_INPUTS).tolist() == [False, True]


def test_a_row_may_have_one_partner_in_each_other_input() -> None:
    three = np.array([0, 1, 2], np.uint8)
    assert mutual_best(judged((0, 1, 0.9), (0, 2, 0.8)), three).all()


def test_a_pair_without_rivals_keeps_its_probability() -> None:
    kept = exclusive(judged((0, 2, 0.9), (1, 3, 0.3)), TWO_INPUTS)
    assert np.allclose(kept, [0.9, 0.3])


def test_of_two_equal_partners_neither_is_more_likely_than_not() -> None:
    kept = exclusive(judged((0, 2, 0.99), (0, 3, 0.99)), TWO_INPUTS)
    assert (kept < 0.5).all()


def test_a_much_weaker_rival_hardly_matters() -> None:
    kept = exclusive(judged((0, 2, 0.9999), (0, 3, 0.2)), TWO_INPUTS)
    assert kept[0] > 0.999
