"""Whether any two rows are a pair: asked of pairs that no list holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from detectors.identity.linkage.coded import MISSING, Coded, Rows, Table
from detectors.identity.linkage.crowds import Found, among, taking_part
from detectors.identity.linkage.frozen import rows_of
from detectors.identity.linkage.keys import Flags, Hashes, Key, key_codes, model_keys
from detectors.identity.linkage.model import LinkType
from detectors.identity.linkage.pairs import Packed, Search


@dataclass(frozen=True)
class Candidacy:
    """The rules by which the keys of a search, with tonight's crowds, make two rows a pair."""

    search: Search
    found: Sequence[Found]

    def of(self, one: Rows, other: Rows) -> Flags:
        """Mark the pairs, one < other, that share a key as `pairs.candidates` would find them."""
        told = np.zeros(len(one), np.bool_)
        if not len(one):
            return told
        rows, which = np.unique(np.concatenate([one, other]), return_inverse=True)
        sides = which[: len(one)], which[len(one) :]
        few = rows_of(self.search.table, rows)
        packed = self.search.pack(one, other)
        for key, found in zip(model_keys(self.search.model), self.found, strict=True):
            told |= self._by_key(key, found, (few, rows), (sides, packed))
        if self.search.link_type is LinkType.LINK_ONLY:
            told &= few.sources[sides[0]] != few.sources[sides[1]]
        return told

    def _by_key(
        self,
        key: Key,
        found: Found,
        few: tuple[Table, Rows],
        pairs: tuple[tuple[np.ndarray, np.ndarray], Packed],
    ) -> Flags:
        (one, other), packed = pairs
        met = self.search.met.get(key.second_chance_of or "")
        chosen = taking_part(met)
        hashes = _slots(few[0], key, None if chosen is None else chosen[few[1]])
        told = np.zeros(len(one), np.bool_)
        allowed = among(found.crowd_pairs, packed)
        for left, right in product(hashes, hashes):
            mine = left[one]
            shared = (mine == right[other]) & (mine != MISSING)
            told |= shared & (allowed | ~among(found.crowds.hashes, mine))
        if met is not None and not self.search.model.one_to_one:
            told &= ~(met.partnered[few[1][one]] & met.partnered[few[1][other]])
        return told


def _slots(table: Table, key: Key, chosen: Flags | None) -> list[Hashes]:
    """Give the hashes of every combination of slots, MISSING where a row has none."""
    told = []
    for slots in product(*(range(len(table.code(path))) for path in key.codes)):
        one_slot = _cut(table, dict(zip(key.codes, slots, strict=True)))
        stated, rows = key_codes(one_slot, key, chosen)
        hashes = np.zeros(len(table), np.uint64)
        hashes[rows] = stated
        told.append(hashes)
    return told


def _cut(table: Table, slots: Mapping[str, int]) -> Table:
    """Give a table of the named codes alone, of each one slot."""
    fields: dict[str, Coded] = {}
    for path, slot in slots.items():
        field, code = path.split(".")
        known = fields[field].codes if field in fields else {}
        fields[field] = Coded(field, {**known, code: table.code(path)[slot : slot + 1]}, {})
    return Table(fields, table.sources, table.ids)
