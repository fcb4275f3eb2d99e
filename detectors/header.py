"""Read a detector file: a YAML header, `---`, an explanation, then the query or Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from detectors.contract import Detector, DetectorError
from detectors.families import FAMILIES

EXPLAINED_UNDER = ("Why it matters", "What to check first")


def read(path: Path) -> Detector:
    """Get the detector in a file; DetectorError names the file and the key that is wrong."""
    comment, body = split(path)
    head, rule, explanation = comment.partition("\n---")
    if not rule:
        raise DetectorError(
            f"{path.name}: put a line '---' between the YAML header and the explanation"
        )
    fields = mapping(head, path)
    if reserved := fields.keys() & {"path", "explanation", "body"}:
        raise DetectorError(f"{path.name}: unknown key {sorted(reserved)[0]}")
    try:
        detector = Detector.model_validate(
            fields | {"path": path, "explanation": explanation.strip("- \n"), "body": body}
        )
    except ValidationError as wrong:
        raise DetectorError(in_words(path, wrong)) from None
    _check_place(detector)
    return detector


def split(path: Path) -> tuple[str, str]:
    """Part a file into its leading comment (or docstring) and what follows."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        comment = ast.get_docstring(ast.parse(text), clean=True)
        if not comment:
            raise DetectorError(f"{path.name}: begin with a docstring that holds the YAML header")
        return comment, text
    if not text.startswith("/*") or "*/" not in text:
        raise DetectorError(f"{path.name}: begin with a comment /* … */ that holds the YAML header")
    comment, _, body = text[2:].partition("*/")
    return comment.strip("\n"), body.strip().removesuffix(";").strip()


def mapping(text: str, path: Path) -> dict[str, object]:
    """Read YAML that must be a mapping, with no key said twice."""
    try:
        fields = yaml.load(text, Loader=_NoKeyTwice)  # noqa: S506 — a SafeLoader underneath
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        problem = getattr(wrong, "problem", "not YAML")
        raise DetectorError(f"{path.name}{line}: {problem}") from None
    if not isinstance(fields, dict):
        raise DetectorError(f"{path.name}: expected keys and values in YAML")
    return fields


class _NoKeyTwice(yaml.CSafeLoader):
    """YAML in which a repeated key is an error and `on` is a word, not a truth value."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 — PyYAML's signature
        seen: set[Hashable] = set()
        for key, _ in node.value:
            name = self.construct_object(key, deep=True)
            if name in seen:
                problem = f"key {name} is given twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)


_BOOL = "tag:yaml.org,2002:bool"
_NoKeyTwice.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
    for letter, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_NoKeyTwice.add_implicit_resolver(_BOOL, re.compile("^(?:true|false)$"), list("tf"))


def in_words(path: Path, wrong: ValidationError) -> str:
    """Say what is wrong with a YAML file: file, key, what was expected."""
    problems = (
        f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}"
        for error in wrong.errors()
    )
    return f"{path.name}: " + "; ".join(problems)


def _check_place(detector: Detector) -> None:
    path = detector.path
    if not path.stem.startswith(f"{detector.id}_"):
        raise DetectorError(f"{path.name}: id {detector.id} does not open the file name")
    if detector.id[:2] not in FAMILIES:
        known = ", ".join(sorted(FAMILIES))
        raise DetectorError(f"{path.name}: id: no family {detector.id[:2]}; known: {known}")
    if path.parent.name != detector.family.folder:
        raise DetectorError(f"{path.name}: move it to detectors/{detector.family.folder}/")
    for heading in EXPLAINED_UNDER:
        if heading not in detector.explanation:
            raise DetectorError(f"{path.name}: explain it under the heading '{heading}'")
