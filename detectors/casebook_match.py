"""Compare findings with those expected, column by column as far as the expectation goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isclose

from detectors.casebook_model import Expected
from detectors.contract import Verdict


def differs(
    rows: Sequence[Mapping[str, object]], expected: Expected, verdict: Verdict | None
) -> str:
    """Say how the findings differ from the expectation, '' if they do not; in any order."""
    wanted = expected if isinstance(expected, int) else len(expected)
    if len(rows) != wanted:
        return f"expected {wanted} findings, got {len(rows)}"
    if verdict and any(row["verdict"] != verdict for row in rows):
        return f"expected verdict {verdict} in every finding"
    if isinstance(expected, int):
        return ""
    for partial in expected:
        if unknown := sorted(partial.keys() - rows[0].keys()):
            return f"flags: the evidence has no column {unknown[0]}"
    return "" if _paired(rows, expected) else _first_difference(rows, expected)


def _paired(rows: Sequence[Mapping[str, object]], expected: Sequence[Mapping[str, object]]) -> bool:
    """Tell whether each expectation can have a finding of its own."""
    if not expected:
        return True
    first, rest = expected[0], expected[1:]
    return any(
        not _unlike(row, first) and _paired([*rows[:index], *rows[index + 1 :]], rest)
        for index, row in enumerate(rows)
    )


def _first_difference(
    rows: Sequence[Mapping[str, object]], expected: Sequence[Mapping[str, object]]
) -> str:
    for partial in expected:
        unlike = min((_unlike(row, partial) for row in rows), key=len)
        if unlike:
            return f"no finding fits {dict(partial)}; the nearest differs in {', '.join(unlike)}"
    return "two expectations fit the same finding only"


def _unlike(row: Mapping[str, object], partial: Mapping[str, object]) -> list[str]:
    return [name for name, cell in partial.items() if not _same(row[name], cell)]


def _same(found: object, expected: object) -> bool:
    if isinstance(found, float | Decimal) and isinstance(expected, int | float):
        return isclose(float(found), expected, abs_tol=0.005)
    if isinstance(found, list) and isinstance(expected, list):
        return sorted(map(str, found)) == sorted(map(str, expected))
    if found is None or expected is None:
        return found is expected
    return found == expected or str(found) == str(expected)
