"""Rules about detectors: what a header, a query and their wording must keep to."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

from detectors import feature_tables, placeholders, registry
from detectors.contract import (
    VERDICT_COLUMNS,
    Detector,
    DetectorError,
    SubjectKind,
)
from detectors.header import read
from detectors.message import columns_named, render_message
from schemas import catalog, policy
from schemas.model import SchemaError

_TITLE_LENGTH = 90
_SENTENCE_WORDS = re.compile(r"\b(is|are|was|were|has|have|must|should|check)\b", re.IGNORECASE)
_SUBJECT_COLUMN = {
    SubjectKind.PERSON: "person_id",
    SubjectKind.SCHOOL: "school_code",
    SubjectKind.REGION: "region_code",
}


def lint_all(root: Path = registry.HERE) -> list[str]:
    """List every broken rule, file by file; an unreadable file is one of them."""
    found: list[str] = []
    seen: dict[str, str] = {}
    for path in registry.files(root):
        try:
            detector = read(path)
        except DetectorError as error:
            found.append(str(error))
            continue
        if detector.id in seen:
            found.append(f"{path.name}: id {detector.id} is taken by {seen[detector.id]}")
        seen[detector.id] = path.name
        found += lint(detector)
    return found


def lint(detector: Detector) -> list[str]:
    """List what a detector breaks, each with the file and the key."""
    return [f"{detector.path.name}: {broken}" for rule in _RULES for broken in rule(detector)]


def _title_names_the_wrong(detector: Detector) -> list[str]:
    title = detector.title
    broken = []
    if _SENTENCE_WORDS.search(title) or title.endswith("."):
        broken.append("title: name the wrong as a noun phrase, not a sentence or a remedy")
    if len(title) > _TITLE_LENGTH:
        broken.append(f"title: at most {_TITLE_LENGTH} characters")
    return broken


def _wording_suspects_only(detector: Detector) -> list[str]:
    texts = {"title_zh": detector.title_zh, "message_zh": detector.message_zh}
    return [
        f"{key}: a finding is 疑似, never 违规" for key, text in texts.items() if "违规" in text
    ]


def _policy_resolves(detector: Detector) -> list[str]:
    broken = [] if detector.policy else ["policy: cite the clause that forbids it"]
    for reference in detector.policy:
        try:
            policy.cite(reference)
        except SchemaError as error:
            broken.append(f"policy: {error}")
    return broken


def _reads_exist(detector: Detector) -> list[str]:
    known = catalog.tables().keys() | catalog.sources().keys() | feature_tables.features().keys()
    tables, sources = detector.reads.tables, detector.reads.needs_sources
    broken = [f"reads: there is no table {table}" for table in tables if table not in known]
    broken += [
        f"reads.needs_sources: there is no source {source}"
        for source in sources
        if source not in catalog.sources()
    ]
    if len(set(tables)) < len(tables):
        broken.append("reads: a table is named twice")
    if detector.is_sql:
        undeclared = placeholders.tables_named(detector.body) - set(tables)
        broken += [f"reads: the query names {table}" for table in sorted(undeclared)]
    return broken


def _evidence_hangs_together(detector: Detector) -> list[str]:
    evidence = detector.evidence
    broken = [f"key: {name} is not in evidence" for name in detector.key if name not in evidence]
    broken += [
        f"evidence: {name} is returned by every detector; leave it out"
        for name in VERDICT_COLUMNS
        if name in evidence
    ]
    if detector.route not in evidence:
        broken.append(f"route: {detector.route} is not in evidence")
    if len(set(evidence)) < len(evidence):
        broken.append("evidence: a column is named twice")
    subject = _SUBJECT_COLUMN.get(detector.subject, "subject_id")
    if subject not in evidence:
        broken.append(f"evidence: a case about a {detector.subject} needs {subject}")
    return broken


def _messages_render(detector: Detector) -> list[str]:
    row = dict.fromkeys(detector.columns, "…")
    broken = []
    for key, template in (("message", detector.message), ("message_zh", detector.message_zh)):
        unknown = [name for name in columns_named(template) if name not in row]
        broken += [f"{key}: {{{name}}} is not in evidence" for name in unknown]
        if not unknown and "{" in render_message(template, row):
            broken.append(f"{key}: a brace is left over")
    return broken


def _params_are_used(detector: Detector) -> list[str]:
    declared = set(detector.params)
    if not detector.is_sql:
        unused = [name for name in detector.params if f'params["{name}"]' not in detector.body]
        return [f"params: {name} is never used" for name in unused]
    used = placeholders.names(detector.body)
    shadowed = placeholders.words(detector.body) & declared
    return [
        *(f"params: {name} is never used" for name in sorted(declared - used)),
        *(f"params: the query uses ${name}" for name in sorted(used - declared)),
        *(
            f"params: {name} is also a column of the query; the table macro could not tell them"
            for name in sorted(shadowed)
        ),
    ]


def _policy_keys_exist(detector: Detector) -> list[str]:
    set_by = {setting.key for setting in policy.settings_rows()}
    return [
        f"params.{name}: no pack sets {parameter.policy_key}"
        for name, parameter in detector.params.items()
        if parameter.policy_key and parameter.policy_key not in set_by
    ]


def _exceptions_have_their_clause(detector: Detector) -> list[str]:
    names = [exception.name for exception in detector.exceptions]
    broken = [
        f"exceptions: no line of the body is the comment '{name}'"
        for name in names
        if not re.search(rf"^\s*(--|#) {name}\b", detector.body, re.MULTILINE)
    ]
    if len(set(names)) < len(names):
        broken.append("exceptions: a name is there twice")
    return broken


def _python_glues_no_sql(detector: Detector) -> list[str]:
    if detector.is_sql:
        return []
    calls = [node for node in ast.walk(ast.parse(detector.body)) if isinstance(node, ast.Call)]
    return [
        f"line {call.lineno}: SQL from an f-string; use $named parameters"
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"execute", "sql", "query"}
        and any(isinstance(argument, ast.JoinedStr) for argument in call.args)
    ]


_RULES: tuple[Callable[[Detector], list[str]], ...] = (
    _title_names_the_wrong,
    _wording_suspects_only,
    _policy_resolves,
    _reads_exist,
    _evidence_hangs_together,
    _messages_render,
    _params_are_used,
    _policy_keys_exist,
    _exceptions_have_their_clause,
    _python_glues_no_sql,
)
