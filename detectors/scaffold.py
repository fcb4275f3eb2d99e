"""Begin a new detector: two files that already run and prove something, to be given their meaning."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Template

from detectors import registry
from detectors.contract import DetectorError
from detectors.families import FAMILIES
from schemas import policy

_TEMPLATES = Path(__file__).parent / "templates"


def new(id_: str, title: str, root: Path = registry.HERE) -> tuple[Path, Path]:
    """Write the query and the casebook of a new detector; get both paths.

    DetectorError for an id that is malformed or taken, an unknown family or a title without words.
    """
    family = FAMILIES.get(id_[:2])
    if not re.fullmatch(r"[A-Z]{2}\d{3}", id_):
        raise DetectorError(f"{id_}: an id is two letters of a family and three digits, as DE101")
    if family is None:
        raise DetectorError(f"{id_}: no family {id_[:2]}; known: {', '.join(sorted(FAMILIES))}")
    if taken := [path.name for path in registry.files(root) if path.name.startswith(f"{id_}_")]:
        raise DetectorError(f"{id_}: taken by {taken[0]}; an id is never used again")
    words = "_".join(re.findall(r"[a-z0-9]+", title.lower()))
    if not words:
        raise DetectorError(f"{id_}: name the wrong in English words; they become the file name")
    folder = root / family.folder
    folder.mkdir(exist_ok=True)
    known = {"id": id_, "title": json.dumps(title, ensure_ascii=False), "clause": _some_clause()}
    query = _write(folder / f"{id_}_{words}.sql", "detector.sql.txt", known)
    return query, _write(query.with_suffix(".cases.yml"), "cases.yml.txt", known)


def _write(path: Path, template: str, known: dict[str, str]) -> Path:
    text = (_TEMPLATES / template).read_text(encoding="utf-8")
    path.write_text(Template(text).substitute(known), encoding="utf-8")
    return path


def _some_clause() -> str:
    """Cite a clause that exists, so that the file is valid until its author cites the right one."""
    packs = policy.packs()
    pack = "national" if "national" in packs else min(packs)
    return f"{pack}:{min(packs[pack].clauses)}"
