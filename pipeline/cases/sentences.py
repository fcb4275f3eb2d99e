"""The sentences of a case: what is suspected, on which law, which lawful explanations were ruled out."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

import duckdb
import pyarrow as pa

from detectors.contract import Detector, LawfulException
from detectors.message import columns_named
from pipeline.cases.rules import Language
from schemas import policy
from schemas.catalog import code_lists
from schemas.model import SchemaError

Say = Callable[[str, object], str]

_CODE_OF = {"aid_items": "aid_item"}
"""Evidence columns that hold codes of a list by another name than their own."""

_DELIVERED_AS = {
    "core.aid": "aid_payments",
    "core.certificate": "graduates",
    "core.change": "status_changes",
    "core.school_lineage": "school_events",
}
"""The source behind a clean table that proves an exception, where one source fills it."""


@dataclass(frozen=True)
class Sentence:
    """What a case says in words."""

    case_id: str
    family: str
    title: str
    explanation: str
    explanation_masked: str
    policy: str
    exceptions_tested: str
    check_first: str


@dataclass(frozen=True)
class Finding:
    """As much of a finding as its sentences need."""

    case_id: str
    missing_inputs: frozenset[str]
    evidence: Mapping[str, object]
    evidence_masked: Mapping[str, object]


def write(
    con: duckdb.DuckDBPyConnection, detectors: Mapping[str, Detector], language: Language
) -> None:
    """Fill the temporary table `sentence` for every row of `content`."""
    say = speaker(_school_names(con), language)
    said: list[Sentence] = []
    for detector_id, rows in _by_detector(con):
        said += _sentences(detectors[detector_id], rows, say, language)
    con.register("sentence_rows", _as_table(said))
    con.execute("create or replace temp table sentence as select * from sentence_rows").fetchall()
    con.unregister("sentence_rows")


def speaker(school_names: Mapping[str, str], language: Language) -> Say:
    """Give a function that words a value of an evidence column for an inspector."""

    def say(column: str, value: object) -> str:
        if value is None or value == "":
            return "—"
        if column.endswith("school_code"):
            name = school_names.get(str(value))
            return f"{name}({value})" if name else str(value)
        if isinstance(value, list):
            return "、".join(say(column, part) for part in value)
        if isinstance(value, float):
            return f"{value:.2f}".rstrip("0").rstrip(".")
        return "、".join(_label(column, part, language) for part in str(value).split(","))

    return say


def fill(template: str, evidence: Mapping[str, object], say: Say) -> str:
    """Fill the placeholders of a message with worded values; what is not known shows as a dash."""
    return template.format_map(
        {name: say(name, evidence.get(name)) for name in columns_named(template)}
    )


def _label(column: str, value: str, language: Language) -> str:
    base = column.removeprefix("other_")
    codes = code_lists().get(_CODE_OF.get(base, base))
    if codes is None:
        return value
    if language == "en":
        return value.replace("_", " ")
    try:
        return codes.label(value)
    except SchemaError:
        return value


def _sentences(
    detector: Detector, rows: Iterable[Finding], say: Say, language: Language
) -> list[Sentence]:
    template, check_first, title = (
        (detector.message_zh, detector.next_zh, detector.title_zh)
        if language == "zh"
        else (detector.message, detector.next, detector.title)
    )
    law = "；".join(_cited(ref, language) for ref in detector.policy)
    return [
        Sentence(
            case_id=row.case_id,
            family=detector.family.letters,
            title=title,
            explanation=fill(template, row.evidence, say),
            explanation_masked=fill(template, row.evidence_masked, say),
            policy=law,
            exceptions_tested=_ruled_out(detector.exceptions, row.missing_inputs, language),
            check_first=check_first,
        )
        for row in rows
    ]


def _cited(ref: str, language: Language) -> str:
    clause = policy.cite(ref)
    said = clause.says if language == "zh" else clause.says_en
    return (
        f"{clause.document} {clause.section}：{said}"
        if said
        else f"{clause.document} {clause.section}"
    )


def _ruled_out(
    exceptions: Iterable[LawfulException], missing: frozenset[str], language: Language
) -> str:
    """List the lawful look-alikes that were really tested: not those whose proof was never delivered."""
    return "；".join(
        f"{one.name.partition('_')[0]} {one.says_zh if language == 'zh' else one.says}"
        for one in exceptions
        if _DELIVERED_AS.get(one.proof, one.proof) not in missing
    )


def _by_detector(con: duckdb.DuckDBPyConnection) -> list[tuple[str, list[Finding]]]:
    found = con.execute(
        """
        select detector_id, case_id, missing_inputs, evidence, evidence_masked
        from content
        order by detector_id, case_id
        """
    ).fetchall()
    grouped: dict[str, list[Finding]] = {}
    for detector_id, case_id, missing, evidence, masked in found:
        finding = Finding(
            case_id, frozenset(missing.split(",")), json.loads(evidence), json.loads(masked)
        )
        grouped.setdefault(detector_id, []).append(finding)
    return list(grouped.items())


def _school_names(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    named = con.execute(
        "select school_code, school_name from core.school where school_name is not null"
    ).fetchall()
    return dict(named)


def _as_table(said: Iterable[Sentence]) -> pa.Table:
    schema = pa.schema([(name, pa.string()) for name in Sentence.__dataclass_fields__])
    return pa.Table.from_pylist([asdict(one) for one in said], schema=schema)
