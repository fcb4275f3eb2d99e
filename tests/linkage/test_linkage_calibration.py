import numpy as np
import pytest

from detectors.contract import DetectorError
from detectors.identity.linkage.calibration import (
    Stairs,
    Straight,
    brier,
    calibrate,
    calibration_table,
    expected,
    thresholds,
)


def overconfident(pairs: int, seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Pairs whose log odds are said to be twice what they are."""
    random = np.random.default_rng(seed)
    odds = random.normal(0.0, 3.0, pairs)
    is_match = random.random(pairs) < 1 / (1 + np.exp(-odds))
    return 1 / (1 + np.exp(-2 * odds)), is_match


def test_a_perfect_forecast_has_no_brier_score_and_a_coin_a_quarter() -> None:
    truth = np.array([True, False])
    assert brier(np.array([1.0, 0.0]), truth) == 0.0
    assert brier(np.array([0.5, 0.5]), truth) == 0.25


def test_few_labels_straighten_the_odds() -> None:
    said, is_match = overconfident(300)
    calibration = calibrate(said, is_match)
    assert isinstance(calibration, Straight)
    assert calibration.slope == pytest.approx(0.5, abs=0.12)
    fresh, truth = overconfident(20_000, seed=6)
    assert brier(calibration.of(fresh), truth) < brier(fresh, truth)


def test_many_labels_draw_a_rising_curve() -> None:
    said, is_match = overconfident(20_000)
    calibration = calibrate(said, is_match)
    assert isinstance(calibration, Stairs)
    told = calibration.of(np.linspace(0, 1, 200))
    assert (np.diff(told) >= -1e-12).all()
    fresh, truth = overconfident(20_000, seed=6)
    table = calibration_table(calibration.of(fresh), truth)
    assert np.abs(table["said"].to_numpy() - table["true_share"].to_numpy()).max() < 0.05


def test_a_reviewed_pair_may_stand_for_many() -> None:
    """Review looked at every doubtful link and at one in a hundred of the rest."""
    said = np.array([0.6] * 100 + [0.01] * 100)
    is_match = np.array([True] * 50 + [False] * 50 + [True] * 1 + [False] * 99)
    weight = np.array([1.0] * 100 + [100.0] * 100)
    assert calibrate(said, is_match, weight).of(np.array([0.6]))[0] == pytest.approx(0.5, abs=0.02)


def test_labels_of_one_kind_teach_nothing() -> None:
    with pytest.raises(DetectorError, match="all of one kind"):
        calibrate(np.array([0.9, 0.8]), np.array([True, True]))


def test_the_table_compares_what_was_said_with_what_was_so() -> None:
    table = calibration_table(
        np.array([0.95, 0.91, 0.15, 1.0]), np.array([True, False, False, True])
    )
    assert table.select(["from", "pairs", "true_share"]).to_pylist() == [
        {"from": 0.1, "pairs": 1, "true_share": 0.0},
        {"from": 0.9, "pairs": 3, "true_share": pytest.approx(2 / 3)},
    ]


def test_each_threshold_tells_what_it_would_link_and_what_the_keys_lost() -> None:
    said, truth = np.array([0.9, 0.8, 0.4, 0.1]), np.array([True, False, True, False])
    table = thresholds(said, truth, missed=2, points=3).to_pylist()
    assert [row["linked"] for row in table] == [4, 2, 0]
    assert table[1]["precision"] == 0.5
    assert table[1]["recall"] == 0.25
    assert table[1]["f1"] == pytest.approx(2 * 1 / (2 + 4))
    assert table[2]["precision"] == 1.0


def test_without_labels_the_probabilities_foretell_both() -> None:
    table = expected(np.array([0.9, 0.7, 0.2]), missed=0.2, points=3).to_pylist()
    assert table[1]["precision"] == pytest.approx(0.8)
    assert table[1]["recall"] == pytest.approx(1.6 / 2.0)
