"""A measured run and an explained pair as pages that need nothing but a browser, and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from detectors.identity.linkage.evaluate import Right
from detectors.identity.linkage.measure import Measured

_WIDTH, _HEIGHT, _EDGE = 680, 300, 44
_LINES = (("precision", "#1f4e79"), ("recall", "#dc6803"), ("f1", "#1f7a4d"))
_STYLE = Markup("""
body{font:15px/1.5 system-ui,sans-serif;max-width:820px;margin:2em auto;padding:0 1em;color:#1d2939}
table{border-collapse:collapse;margin:.6em 0 1.6em}td,th{padding:.15em .9em .15em 0;text-align:right}
td:first-child,th:first-child{text-align:left}th{border-bottom:1px solid #98a2b3;font-weight:600}
svg{width:100%;height:auto}svg text{font-size:12px;fill:#344054}svg .faint{fill:#667085}
""")


def page(title: str, body: Markup) -> str:
    """Put a body into a page of its own."""
    return str(
        Markup(
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{}</title>'
            "<style>{}</style></head><body><h1>{}</h1>{}</body></html>\n"
        ).format(title, _STYLE, title, body)
    )


def as_page(measured: Measured, title: str) -> str:
    """Show all figures of a measured run, with its thresholds drawn."""
    body = Markup("<h2>Thresholds</h2>{}").format(threshold_chart(measured))
    for head, rights in _tables(measured):
        body += Markup("<h2>{}</h2>{}").format(head, _table(rights))
    body += Markup("<h2>Calibration</h2><p>Brier score {:.6f}</p>{}").format(
        measured.brier, _calibration(measured)
    )
    return page(title, body)


def as_lines(measured: Measured, by: str | None = None) -> list[str]:
    """Tell the figures of a measured run in lines; by level for the field `by` only."""
    lines: list[str] = []
    for head, rights in _tables(measured):
        if not head.startswith("By level of ") or head == f"By level of {by}":
            lines += [
                "",
                head,
                f"{'':<28}{'joined':>11}{'true':>11}{'precision':>11}{'recall':>9}{'F1':>9}",
            ]
            lines += [
                f"{name:<28}{right.joined:>11,}{right.true:>11,}"
                f"{right.precision:>11.5f}{right.recall:>9.5f}{right.f1:>9.5f}"
                for name, right in rights.items()
            ]
    lines += [f"{measured.missed:,} true pairs were found by no key", ""]
    lines += [
        f"Calibration (Brier score {measured.brier:.6f})",
        f"{'said':>9}{'true':>9}{'pairs':>12}",
    ]
    lines += [
        f"{row['said']:>9.4f}{row['true_share']:>9.4f}{row['pairs']:>12,}"
        for row in measured.calibration.to_pylist()
    ]
    lines += ["", "Thresholds", f"{'from':>6}{'precision':>11}{'recall':>9}{'F1':>9}"]
    lines += [
        f"{row['threshold']:>6.2f}{row['precision']:>11.5f}{row['recall']:>9.5f}{row['f1']:>9.5f}"
        f"  {'█' * round(30 * row['f1'])}"
        for row in measured.thresholds.to_pylist()[::10]
    ]
    return lines[1:]


def threshold_chart(measured: Measured) -> Markup:
    """Draw precision, recall and F1 over the threshold as an SVG element; the axis begins where they do."""
    points = measured.thresholds.to_pylist()
    low = min(0.95, *(row[name] for row in points for name, _ in _LINES))
    drawn = Markup()
    for place, (name, shade) in enumerate(_LINES):
        path = " ".join(f"{_x(row['threshold']):.1f},{_y(row[name], low):.1f}" for row in points)
        drawn += Markup(
            '<polyline points="{}" fill="none" stroke="{}" stroke-width="2"/>'
            '<text x="{}" y="16" fill="{}">{}</text>'
        ).format(path, shade, _EDGE + 90 * place, shade, name)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        level = low + share * (1 - low)
        drawn += Markup(
            '<text x="{:.1f}" y="{}" text-anchor="middle" class="faint">{}</text>'
            '<text x="{}" y="{:.1f}" text-anchor="end" class="faint">{:.3f}</text>'
        ).format(_x(share), _HEIGHT - 8, share, _EDGE - 6, _y(level, low) + 4, level)
    return Markup('<svg viewBox="0 0 {} {}" role="img"><title>thresholds</title>{}</svg>').format(
        _WIDTH, _HEIGHT, drawn
    )


def _x(share: float) -> float:
    return _EDGE + share * (_WIDTH - _EDGE - 20)


def _y(value: float, low: float) -> float:
    return 26 + (1 - (value - low) / (1 - low)) * (_HEIGHT - 26 - 30)


def _tables(measured: Measured) -> Iterator[tuple[str, Mapping[str, Right]]]:
    yield (
        "Pairs of rows",
        {"joined as persons": measured.persons, "at the threshold": measured.pairs},
    )
    if measured.by_inputs:
        yield "By inputs", measured.by_inputs
    for field, rights in measured.by_level.items():
        yield f"By level of {field}", rights


def _table(rights: Mapping[str, Right]) -> Markup:
    head = Markup(
        "<tr><th></th><th>joined</th><th>true</th><th>precision</th><th>recall</th><th>F1</th></tr>"
    )
    rows = Markup().join(
        Markup(
            "<tr><td>{}</td><td>{:,}</td><td>{:,}</td><td>{:.5f}</td><td>{:.5f}</td><td>{:.5f}</td></tr>"
        ).format(name, right.joined, right.true, right.precision, right.recall, right.f1)
        for name, right in rights.items()
    )
    return Markup("<table>{}{}</table>").format(head, rows)


def _calibration(measured: Measured) -> Markup:
    rows = Markup().join(
        Markup("<tr><td>{:.1f}–{:.1f}</td><td>{:,}</td><td>{:.4f}</td><td>{:.4f}</td></tr>").format(
            row["from"], row["to"], row["pairs"], row["said"], row["true_share"]
        )
        for row in measured.calibration.to_pylist()
    )
    head = Markup("<tr><th>probability</th><th>pairs</th><th>said</th><th>true</th></tr>")
    return Markup("<table>{}{}</table>").format(head, rows)
