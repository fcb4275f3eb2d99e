"""Pairs judged by what was learned: a trained model and the term frequencies of the night it was trained."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from detectors.identity.linkage.coded import Coded, Rows, Table
from detectors.identity.linkage.compare import compare, patterns
from detectors.identity.linkage.contradictions import contradicted
from detectors.identity.linkage.judged import Judged
from detectors.identity.linkage.model import Model
from detectors.identity.linkage.terms import MOST_BITS, Held, TermFrequencies
from detectors.identity.linkage.weights import adjusted, weigh

Frequencies = Mapping[tuple[str, str], Held]

# pairs judged at a time: they bound the memory, not the result
_AT_ONCE = 1 << 22


class FrozenFrequencies(TermFrequencies):
    """Term frequencies as they were counted on an earlier night, applied to the rows of another.

    They belong to what was learned, as the shares do: one new row would otherwise change the weight of every pair.
    """

    def __init__(self, table: Table, model: Model, known: Frequencies) -> None:
        super().__init__(table, model, known)

    def most_bits(self, levels: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Give the most bits that the rarity of values can add to patterns, levels of shape (patterns, fields)."""
        told = np.zeros(len(levels))
        for at, field in self.fields:
            for number, code in self.weighing(field):
                known = self.held.get((field.name, code))
                # no value is held less than once; shares at a place have no such bound
                if known is None or field.frequency_within:
                    bits = MOST_BITS
                else:
                    bits = float(np.clip(np.log2(known.expected * known.total), 0.0, MOST_BITS))
                told[levels[:, at] == number] += bits
        return told


def count_frequencies(table: Table, model: Model) -> Frequencies:
    """Count the values of every code whose rarity weighs, as `FrozenFrequencies` takes them."""
    terms = TermFrequencies(table if len(table) else _blank(table), model)
    first = np.zeros(1, np.int32)
    for field in (field for field in model.fields if field.frequency):
        for number in range(1, len(field.levels) + 1):
            terms.of_field(field, np.array([number], np.uint8), first, first)
    return dict(terms.held)


def _blank(table: Table) -> Table:
    """Give a row that states nothing."""
    fields = {
        name: Coded(
            name,
            {code: np.zeros((len(codes), 1), np.int64) for code, codes in field.codes.items()},
            {},
        )
        for name, field in table.fields.items()
    }
    return Table(fields, np.zeros(1, np.uint8), table.ids)


def judge_pairs(
    model: Model, terms: TermFrequencies, table: Table, pairs: tuple[Rows, Rows]
) -> Judged:
    """Compare and judge pairs of rows, each by itself: no pair's probability depends on another pair."""
    parts = [
        _judged(model, terms, table, (pairs[0][at : at + _AT_ONCE], pairs[1][at : at + _AT_ONCE]))
        for at in range(0, max(1, len(pairs[0])), _AT_ONCE)
    ]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.joined_by(part)
    return whole


def _judged(model: Model, terms: TermFrequencies, table: Table, pairs: tuple[Rows, Rows]) -> Judged:
    one, other = pairs
    if not len(one):
        return Judged(one, other, np.zeros(0), np.zeros(0, np.bool_))
    levels = compare(table, model, one, other)
    index, seen = patterns(levels, model)
    rarity = terms.rarity(levels, one, other).astype(np.float64)
    probability = adjusted(weigh(model, seen), index, rarity)
    return Judged(one, other, probability, contradicted(model, seen.levels)[index])


def rows_of(table: Table, rows: NDArray[np.signedinteger]) -> Table:
    """Give some rows of a table, in the order given, without their ids."""
    fields = {
        name: Coded(
            name,
            {code: np.take(codes, rows, axis=1) for code, codes in field.codes.items()},
            field.texts,
        )
        for name, field in table.fields.items()
    }
    return Table(fields, table.sources[rows], table.ids.slice(0, 0))
