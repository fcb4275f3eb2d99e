"""A comparison as a waterfall: bars of text for the terminal, and a drawing for the reader of a report."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from detectors.identity.linkage.explain import Explanation, KeyTold, Posterior

_BAR = 24
_WIDTH, _LABEL, _ROW = 760, 250, 26
_FOR, _AGAINST, _TOTAL = "#1f7a4d", "#b42318", "#344054"


def as_text(told: Explanation) -> str:
    """Draw the comparison as lines of text: field, level, bits, bar, sum; then the three classes and why not."""
    rows = list(_rows(told))
    scale = max((abs(bits) for _, bits, _ in rows), default=0.0) or 1.0
    width = max(len(label) for label, _, _ in rows)
    lines = [
        f"{label:<{width}}  {bits:+7.1f}  {_bar(bits / scale)}  {total:+7.1f}"
        for label, bits, total in rows
    ]
    head = f"{'':<{width}}  {'bits':>7}  {'against | for':^{2 * _BAR + 1}}  {'sum':>7}"
    return "\n".join([head, *lines, "", _classes(told.end), *verdict(told)])


def as_drawing(told: Explanation) -> Markup:
    """Draw the comparison as an SVG element: each field starts where the last one ended."""
    rows = list(_rows(told))
    ends = [0.0, *(total for _, _, total in rows)]
    low, high = min(ends), max(ends)
    scale = (_WIDTH - _LABEL - 70) / ((high - low) or 1.0)
    drawn = Markup()
    for at, (label, bits, total) in enumerate(rows):
        left = _LABEL + (min(total, total - bits) - low) * scale
        drawn += Markup(
            '<text x="{}" y="{}" text-anchor="end">{}</text>'
            '<rect x="{:.1f}" y="{}" width="{:.1f}" height="16" fill="{}"/>'
            '<text x="{:.1f}" y="{}" class="faint">{:+.1f}</text>'
        ).format(
            _LABEL - 8,
            at * _ROW + 17,
            label,
            left,
            at * _ROW + 4,
            max(abs(bits) * scale, 1.0),
            _FOR if bits >= 0 else _AGAINST,
            left + abs(bits) * scale + 5,
            at * _ROW + 17,
            bits,
        )
    nought = _LABEL - low * scale
    height = len(rows) * _ROW
    axis = Markup('<line x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="{1}" stroke="{2}"/>').format(
        nought, height, _TOTAL
    )
    return Markup('<svg viewBox="0 0 {} {}" role="img"><title>waterfall</title>{}</svg>').format(
        _WIDTH, height, drawn + axis
    )


def verdict(told: Explanation) -> list[str]:
    """Say what the comparison comes to, and if it is no link, what stands in the way."""
    if told.is_link:
        keys = "; ".join(" + ".join(key.key) for key in told.keys if key.finds)
        return [f"one person at the threshold {told.threshold:g}; compared because of {keys}"]
    why = []
    if not told.may_be_one:
        why.append("both rows are of one input, and the model links different inputs only")
    why += [f"contradiction: {reason}" for reason in told.contradictions]
    if told.end.match < told.threshold:
        why.append(
            f"threshold: {told.end.match:.3g} is below {told.threshold:g}; "
            f"only a threshold of {told.end.match:.3g} or less would link them"
        )
    if not told.is_found:
        why.append("keys: no key brings the two rows together")
        why += [f"  {_missed(key.key, key.lacking, key.differing)}" for key in _nearest(told)]
    return ["not linked:", *(f"  {line}" for line in why)]


def _rows(told: Explanation) -> Iterator[tuple[str, float, float]]:
    """Give label, bits gained and the sum, from the start on; bits are for one person against both others."""
    total = told.start.bits
    yield "before any field", total, total
    for step in told.steps:
        after = step.after.bits
        yield f"{step.field}: {step.level.replace('_', ' ')}", after - total, after
        total = after


def _bar(share: float) -> str:
    cells = round(abs(share) * _BAR)
    left, right = ("", "█" * cells) if share >= 0 else ("█" * cells, "")
    return f"{left:>{_BAR}}|{right:<{_BAR}}"


def _classes(end: Posterior) -> str:
    return (
        f"one person {end.match:.6f} · one household {end.family:.6f} · strangers {end.random:.6f}"
    )


def _nearest(told: Explanation) -> list[KeyTold]:
    """Give the keys that lack least."""
    left = sorted(told.keys, key=lambda key: len(key.lacking) + len(key.differing))
    return left[:5]


def _missed(key: tuple[str, ...], lacking: tuple[str, ...], differing: tuple[str, ...]) -> str:
    parts = []
    if differing:
        parts.append(f"{', '.join(differing)} differs")
    if lacking:
        parts.append(f"{', '.join(lacking)} is not stated by both")
    return f"{' + '.join(key)}: {'; '.join(parts)}"
