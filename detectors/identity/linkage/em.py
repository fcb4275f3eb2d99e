"""Learn a model from counted patterns, without labels: how often levels are seen in each class of pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detectors.contract import DetectorError
from detectors.identity.linkage.ascent import Rest, climb
from detectors.identity.linkage.cells import Cells, Floats, Layout
from detectors.identity.linkage.compare import Patterns
from detectors.identity.linkage.learned import (
    How,
    Learned,
    explains_more,
    notes_of,
    without_household,
    without_person,
)
from detectors.identity.linkage.mixture import FAMILY, Estimate, Evidence, Mixture
from detectors.identity.linkage.model import Model, Prior, Shares
from detectors.identity.linkage.starts import (
    agreeing,
    from_excess,
    from_model,
    households_first,
)
from detectors.identity.linkage.strangers import Strangers
from detectors.identity.linkage.truncation import Truncation

__all__ = ["How", "Learned", "learn"]

# Random shares are taken anew from their totals until their logarithms move by less.
_SETTLED = 0.02
# One person, one household, two kinds of near strangers (namesakes, and of one place or age), strangers.
_KINDS = 5
# So far a model must come for its likelihood to be told from that of one with more classes.
_GLANCE = Rest(moved=1e-4, gained=1.0, steps=45)
# Kinds of strangers are there to fit, not to be believed: their last steps change no weight of a match.
_FOR_KINDS = Rest(moved=1e-6, gained=0.3, steps=300)
_NO_MORE = "a class of households explains no more than chance would; two classes were learned"


def learn(
    model: Model,
    patterns: Patterns,
    strangers: Strangers | None = None,
    truncation: Truncation | None = None,
    how: How | None = None,
) -> Learned:
    """Estimate shares and priors of match, family and random from the patterns that were certain to be found.

    Without `strangers` the random class is estimated like the others, and the patterns are taken for all there are
    (classical two-class Fellegi-Sunter, as Splink's). A household class that turns out empty, or that agrees in
    what no two people share, is given up, and the notes say so. DetectorError if there is nothing to learn from.
    """
    how = how or How()
    kept = truncation.holds(patterns.levels) if truncation else np.ones(len(patterns), np.bool_)
    kept &= patterns.counts > 0
    if not kept.any():
        raise DetectorError(f"{model.name}: its keys found no pair to learn from; widen them")
    how = replace(how, decided=how.decided.only(kept) if how.decided else None)
    study = _Study(model, patterns.levels[kept], patterns.counts[kept], strangers, truncation)
    if model.classes == 2:
        return study.learn(how, 2)
    if wrong := without_person(model):
        return study.learn(how, 2).noting(wrong)
    wrong = _NO_MORE
    for classes in _worthwhile(study, model, how):
        rest = _FOR_KINDS if classes == _KINDS else how.rest
        told = study.learn(replace(how, rest=rest), classes)
        if not (wrong := without_household(told, model)):
            return told
    return study.learn(how, 2).noting(wrong)


def _worthwhile(study: _Study, model: Model, how: How) -> Iterator[int]:
    """Give the numbers of classes that explain more than fewer of them, from a glance at each; the most first."""
    glance = replace(how, rounds=1, rest=_GLANCE)
    told = study.learn(glance, 3)
    if study.knows_strangers:
        several = study.learn(glance, _KINDS)
        if explains_more(several, told, model, _KINDS - 3):
            yield _KINDS
    if explains_more(told, study.learn(glance, 2), model, 1):
        yield 3


class _Study:
    """One model, one body of counts."""

    def __init__(
        self,
        model: Model,
        levels: NDArray[np.uint8],
        counts: NDArray[np.int64],
        strangers: Strangers | None,
        truncation: Truncation | None,
    ) -> None:
        self._model, self._levels = model, levels
        self._strangers, self._truncation = strangers, truncation
        self._layout = Layout.of(model)
        self._cells = Cells(levels, self._layout)
        self._counts = counts.astype(np.float64)
        self._reached: dict[int, Estimate] = {}

    @property
    def knows_strangers(self) -> bool:
        """Whether the random class is given, so that others can be told from it."""
        return self._strangers is not None

    def learn(self, how: How, classes: int) -> Learned:
        """Climb, take the random shares anew from what is left of their totals, and climb again.

        A second call goes on from where the first one came to.
        """
        evidence, now = self._begin(how, classes)
        now, _ = self._renewed(evidence, self._reached.get(classes, now))
        heights: list[tuple[float, ...]] = []
        steps, path = 0, None
        for _ in range(how.rounds if self._strangers else 1):
            mixture = Mixture(evidence, now)
            path = climb(mixture.step, now.logs(), mixture.moved, how.rest)
            heights.append(path.heights)
            steps += path.steps
            now = now.of(path.place, self._layout)
            now, moved = self._renewed(evidence, now)
            self._reached[classes] = now
            if moved < _SETTLED:
                break
        return self._told(
            evidence, now, (tuple(heights), steps, path is not None and path.converged)
        )

    def _begin(self, how: How, classes: int) -> tuple[Evidence, Estimate]:
        layout = self._layout
        warm = from_model(self._model, layout, classes) if how.from_model else None
        if self._strangers is None:
            free, seen, drawn, total = layout.is_level.copy(), np.zeros(layout.width), 0.0, None
            random = warm[2] if warm else layout.to_one(self._cells.sums(self._counts[None])[0] + 1)
        else:
            random, free, seen = self._strangers.row(self._model, layout)
            if self._truncation:
                free |= self._truncation.alone()
            drawn, total = float(self._strangers.drawn), self._strangers.pairs
        evidence = Evidence(
            layout, self._cells, self._counts, self._truncation, total, free, seen, drawn, how.floor
        )
        if how.decided:
            evidence = replace(evidence, decided=np.vstack([how.decided.ones, how.decided.others]))
        everything = total or float(self._counts.sum())
        if warm:
            pairs, shares = warm[0] * everything, warm[1]
        else:
            excess = self._excess(random)
            pairs, shares = from_excess(self._model, self._levels, excess, random, classes)
        strangers = max(everything - pairs.sum(), 1.0)
        return evidence, Estimate(np.append(pairs, strangers), np.vstack([shares, random]))

    def _excess(self, random: Floats) -> Floats:
        """Count what is seen of each pattern beyond chance; with chance unknown, most pairs are taken for chance."""
        if self._strangers is None:
            return self._counts * _agreement(self._model, self._levels)
        masks = np.zeros(len(self._levels), np.int64)
        for at in range(self._levels.shape[1]):
            masks |= (self._levels[:, at] == 0).astype(np.int64) << at
        stated = self._strangers.stated.of(masks, tuple(range(self._levels.shape[1])))
        chance = self._cells.products(random[None])[0] * stated * self._strangers.pairs
        told: Floats = np.maximum(self._counts - chance, 0.0)
        return told

    def _renewed(self, evidence: Evidence, now: Estimate) -> tuple[Estimate, float]:
        """Take from known totals the pairs that are no strangers', and tell how far random shares moved.

        A total of n pairs is not known to better than its own scatter, so that many are left to strangers.
        """
        if self._strangers is None:
            return now, 0.0
        total, _, _ = self._strangers.row(self._model, self._layout)
        others = now.pairs[:-1]
        strangers = max(self._strangers.pairs - float(others.sum()), 1.0)
        left = (self._strangers.pairs * total - others @ now.shares[:-1]) / strangers
        fixed = ~evidence.free & self._layout.is_level
        random = now.shares[-1].copy()
        counted = self._strangers.pairs * self._strangers.counted
        random[fixed] = np.maximum(left, np.sqrt(total / counted))[fixed]
        random = self._layout.to_one(random)
        change = np.abs(np.log(random[fixed] / now.shares[-1][fixed]))
        moved = float(change.max()) if fixed.any() else 0.0
        return Estimate(np.append(others, strangers), np.vstack([now.shares[:-1], random])), moved

    def _told(
        self,
        evidence: Evidence,
        now: Estimate,
        way: tuple[tuple[tuple[float, ...], ...], int, bool],
    ) -> Learned:
        order = households_first(self._model, now.shares) if len(now.pairs) > 2 else [0, 1, 1]
        rows, pairs = now.shares[order], now.pairs[order]
        if len(now.pairs) == 2:
            # a class that was not learned is empty, and shows what strangers show
            pairs[FAMILY] = 0.0
        shares = {}
        for at, field in enumerate(self._model.fields):
            told = rows[:, self._layout.places(at)].T.tolist()
            for level, (m, family, *near, u) in zip(field.levels, told, strict=True):
                shares[field.name, level.name] = Shares(m, family, u, tuple(near))
        match, family, *near, _ = (pairs / pairs.sum()).tolist()
        comment = (
            f"learned from {int(self._counts.sum())} compared pairs in {len(self._counts)} patterns"
        )
        found = [self._truncation.of(row).share if self._truncation else 1.0 for row in rows]
        heights, steps, converged = way
        return Learned(
            self._model.trained(shares, Prior(match, family, tuple(near)), comment),
            tuple(pairs.tolist()),
            tuple(found),
            heights,
            steps,
            converged,
            notes_of(self._model, self._levels, rows, converged=converged),
        )


def _agreement(model: Model, levels: NDArray[np.uint8]) -> Floats:
    """Guess from the levels alone how likely each pattern is one person's: one where all agree, nought where none."""
    agrees = sum(agreeing(field)[levels[:, at]] for at, field in enumerate(model.fields))
    stated = np.maximum((levels > 0).sum(axis=1), 1)
    told: Floats = (np.asarray(agrees) / stated) ** 2
    return told
