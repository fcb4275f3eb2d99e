"""The catalogue of detectors, written from their files: detectors/README.md."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from detectors import casebook_model, feature_tables, leaflet, registry
from detectors.contract import Detector, DetectorError
from detectors.families import FAMILIES, Family
from detectors.leaflet import show

__all__ = ["main", "render", "show", "write"]

PATH = registry.HERE / "README.md"

_OPENING = """\
# Detectors: what looks wrong, and why

Generated from the detector files by `python -m detectors.catalogue`; do not edit.

A detector gets a connection and its parameters and gives back rows; every row is a suspicion
(疑似), never a verdict. Read `contract.py` first. A new one is two files, found by their names:
`qingji detectors new SA499 "aid to a phantom"` writes both, `python -m detectors.casebook SA499`
runs its casebook. Analysts call each query as a table macro: `from de101(lag_days := 30)`.

Severity A is the gravest class of the law, D the lightest. A lawful exception is a clause of the
query under its own name; where the list that would prove it was not delivered, the verdict is
`needs_evidence` and the list is named.
"""


def render() -> str:
    """Write the catalogue as Markdown, family by family."""
    found = list(registry.detectors().values())
    parts = [_OPENING, _summary(found)]
    for family in FAMILIES.values():
        members = [detector for detector in found if detector.family is family]
        if members:
            parts.append(_family(family, members))
    parts.append(_features())
    return "\n".join(parts)


def _summary(found: Sequence[Detector]) -> str:
    books = [casebook_model.read(detector.casebook_path) for detector in found]
    examples = sum(len(book.examples) for book in books)
    exceptions = sum(len(detector.exceptions) for detector in found)
    return (
        f"{len(found)} detectors, {exceptions} lawful exceptions in their clauses,"
        f" {examples} examples in their casebooks.\n"
    )


def _family(family: Family, members: Sequence[Detector]) -> str:
    rows = [_row(detector) for detector in members]
    head = [
        f"## {family.letters} — {family.title}（{family.title_zh}）",
        "",
        "| id | flags | 问题 | severity | certainty | law | excused | examples |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
        "",
    ]
    return "\n".join([*head, *(_detail(detector) for detector in members)])


def _row(detector: Detector) -> str:
    book = casebook_model.read(detector.casebook_path)
    cells = (
        f"[{detector.id}]({detector.path.relative_to(registry.HERE).as_posix()})",
        detector.title,
        detector.title_zh,
        detector.severity,
        detector.certainty,
        ", ".join(f"`{reference}`" for reference in detector.policy),
        str(len(detector.exceptions)),
        str(len(book.examples)),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _detail(detector: Detector) -> str:
    lines = [
        f"### {detector.id} {detector.title}",
        "",
        f"> {detector.message}",
        ">",
        f"> {detector.message_zh}",
        "",
        f"One case for each {leaflet.key(detector)}. Needs {leaflet.needs(detector)[0]}.",
        "",
        *_list("Law", leaflet.laws(detector)),
        *_list("Excused", [leaflet.in_words(exception) for exception in detector.exceptions]),
        *_list("Parameters", leaflet.params(detector)),
    ]
    return "\n".join(lines)


def _list(title: str, items: Sequence[str]) -> list[str]:
    return [f"{title}:", "", *(f"- {item}" for item in items), ""] if items else []


def _features() -> str:
    lines = [
        f"| `{feature.table}` | {feature.comment} | {', '.join(feature.reads)} |"
        for feature in sorted(feature_tables.features().values(), key=lambda one: one.table)
    ]
    head = ["## Features: tables worked out once, read by several", ""]
    return "\n".join([*head, "| table | holds | from |", "|---|---|---|", *lines, ""])


def write() -> Path:
    """Bring the catalogue on disk up to date; get its path."""
    PATH.write_text(render(), encoding="utf-8")
    return PATH


def main(arguments: Sequence[str]) -> int:
    """Write the catalogue; with --check only tell (1) whether the one on disk is out of date."""
    if "--check" not in arguments:
        write()
        return 0
    if PATH.is_file() and PATH.read_text(encoding="utf-8") == render():
        return 0
    sys.stderr.write("detectors/README.md is out of date: run python -m detectors.catalogue\n")
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except DetectorError as error:
        sys.exit(str(error))
