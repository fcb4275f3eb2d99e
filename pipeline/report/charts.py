"""Two small charts as SVG written by hand: no library, no script, the reader's own fonts."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup, escape

SHADES = ("#b42318", "#dc6803", "#1570ef", "#98a2b3")
"""A, B, C, D."""

_WIDTH, _LABEL, _BAR, _GAP = 680, 130, 20, 8


def stacked_bars(rows: Sequence[tuple[str, Sequence[int]]]) -> Markup:
    """Draw a bar a row, parted by severity, on one scale."""
    longest = max((sum(parts) for _, parts in rows), default=0) or 1
    scale = (_WIDTH - _LABEL - 50) / longest
    drawn = [
        _bar(number * (_BAR + _GAP), label, parts, scale)
        for number, (label, parts) in enumerate(rows)
    ]
    height = max(len(rows), 1) * (_BAR + _GAP)
    return _svg(height, "各地区线索数", Markup().join(drawn))


def trend_line(points: Sequence[tuple[date, int]]) -> Markup:
    """Draw cases by night; one night alone is a dot."""
    height, top = 150, 22
    highest = max((count for _, count in points), default=0) or 1
    step = (_WIDTH - 60) / max(len(points) - 1, 1)
    spots = [
        (30 + number * step, top + (height - top - 30) * (1 - count / highest), night, count)
        for number, (night, count) in enumerate(points)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _, _ in spots)
    line = Markup('<polyline points="{}" fill="none" stroke="#1f4e79" stroke-width="2"/>').format(
        path
    )
    every = max(1, len(spots) // 8)
    marks = [
        _spot(spot, height, is_told=number % every == 0 or number == len(spots) - 1)
        for number, spot in enumerate(spots)
    ]
    return _svg(height, "每晚在册线索数", line + Markup().join(marks))


def _bar(top: int, label: str, parts: Sequence[int], scale: float) -> Markup:
    drawn, left = Markup(), float(_LABEL)
    for shade, count in zip(SHADES, parts, strict=True):
        drawn += Markup('<rect x="{:.1f}" y="{}" width="{:.1f}" height="{}" fill="{}"/>').format(
            left, top, count * scale, _BAR, shade
        )
        left += count * scale
    text = Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(
        _LABEL - 8, top + 15, label
    )
    total = Markup('<text x="{:.1f}" y="{}">{}</text>').format(left + 6, top + 15, sum(parts))
    return text + drawn + total


def _spot(spot: tuple[float, float, date, int], height: int, *, is_told: bool) -> Markup:
    x, y, night, count = spot
    dot = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="3" fill="#1f4e79"/>').format(x, y)
    if not is_told:
        return dot
    return dot + Markup(
        '<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>'
        '<text x="{:.1f}" y="{}" text-anchor="middle" class="faint">{:%m-%d}</text>'
    ).format(x, y - 8, count, x, height - 8, night)


def _svg(height: int, title: str, content: Markup) -> Markup:
    return Markup('<svg viewBox="0 0 {} {}" role="img"><title>{}</title>{}</svg>').format(
        _WIDTH, height, escape(title), content
    )
