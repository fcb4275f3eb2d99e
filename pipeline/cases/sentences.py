"""The sentences of a case: what is suspected, on which law, which lawful explanations were ruled out."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

import duckdb
import pyarrow as pa

from detectors.contract import Detector
from detectors.message import columns_named
from pipeline.cases import grounds
from pipeline.cases.rules import MARKS, Language
from schemas import policy
from schemas.catalog import code_lists, sources
from schemas.model import CodeList, SchemaError

Say = Callable[[str, object], str]

_CODE_OF = {"aid_items": "aid_item", "registry_status": "status"}
"""Evidence columns that hold codes of a list by another name than their own."""
_LISTS = frozenset({"silent_lists", "traces_available"})
"""Evidence columns that hold names of delivered lists."""
_CLAUSES = frozenset({"bound_by"})
"""Evidence columns that hold a clause of a policy pack."""
_CODES = re.compile("[a-z]+(_[a-z]+)*(,[a-z]+(_[a-z]+)*)*")
_SHARES = ("_share", "_rate")
"""How evidence columns end that hold a part of one."""
_ROUNDED_AWAY, _LEAST = 0.005, 1e-6


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
    region_code: str | None
    missing_inputs: frozenset[str]
    evidence: Mapping[str, object]
    evidence_masked: Mapping[str, object]


@dataclass(frozen=True)
class Voice:
    """How cases are told tonight: the language, the names of things, the places that packs bind."""

    language: Language
    say: Say
    places: grounds.Places


def write(
    con: duckdb.DuckDBPyConnection, detectors: Mapping[str, Detector], language: Language
) -> None:
    """Fill the temporary table `sentence` for every row of `content`."""
    voice = Voice(language, speaker(_school_names(con), language), grounds.places_bound(con))
    said: list[Sentence] = []
    for detector_id, rows in _by_detector(con):
        said += _sentences(detectors[detector_id], rows, voice)
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
            return MARKS[language].item.join(say(column, part) for part in value)
        if isinstance(value, float) and column.endswith(_SHARES):
            return f"{100 * value:.4g}%"
        if isinstance(value, float):
            # a chance of one in a million is not none
            small = 0 < value < _ROUNDED_AWAY
            return (
                (f"{max(value, _LEAST):.6f}" if small else f"{value:.2f}").rstrip("0").rstrip(".")
            )
        return _worded(column, str(value), language)

    return say


def fill(template: str, evidence: Mapping[str, object], say: Say) -> str:
    """Fill the placeholders of a message with worded values; what is not known shows as a dash."""
    return template.format_map(
        {name: say(name, evidence.get(name)) for name in columns_named(template)}
    )


def _worded(column: str, value: str, language: Language) -> str:
    """Word codes, names of lists and of clauses; any other text stays as it is."""
    base = column.removeprefix("other_")
    if base in _LISTS:
        return MARKS[language].item.join(_title(one, language) for one in re.split(", *", value))
    if base in _CLAUSES:
        return _cited(value)
    codes = code_lists().get(_CODE_OF.get(base, base))
    if language == "en" and (codes is not None or _CODES.fullmatch(value)):
        return value.replace("_", " ").replace(",", ", ")
    if codes is None:
        return value
    return "、".join(_label(codes, part) for part in value.split(","))


def _title(source: str, language: Language) -> str:
    named = sources().get(source)
    if named is None:
        return source
    return named.title if language == "zh" else named.title_en


def _cited(reference: str) -> str:
    try:
        clause = policy.cite(reference)
    except SchemaError:
        return reference
    return f"{clause.document} {clause.section}"


def _label(codes: CodeList, value: str) -> str:
    try:
        return codes.label(value)
    except SchemaError:
        return value


def _sentences(detector: Detector, rows: Iterable[Finding], voice: Voice) -> list[Sentence]:
    language = voice.language
    template, check_first, title = (
        (detector.message_zh, detector.next_zh, detector.title_zh)
        if language == "zh"
        else (detector.message, detector.next, detector.title)
    )
    return [
        Sentence(
            case_id=row.case_id,
            family=detector.family.letters,
            title=title,
            explanation=fill(template, row.evidence, voice.say),
            explanation_masked=fill(template, row.evidence_masked, voice.say),
            policy=grounds.law(detector.policy, row.region_code, voice.places, language),
            exceptions_tested=grounds.ruled_out(detector.exceptions, row.missing_inputs, language),
            check_first=check_first,
        )
        for row in rows
    ]


def _by_detector(con: duckdb.DuckDBPyConnection) -> list[tuple[str, list[Finding]]]:
    found = con.execute(
        """
        select detector_id, case_id, region_code, missing_inputs, evidence, evidence_masked
        from content
        order by detector_id, case_id
        """
    ).fetchall()
    grouped: dict[str, list[Finding]] = {}
    for detector_id, case_id, region_code, missing, evidence, masked in found:
        lists = frozenset(missing.split(","))
        finding = Finding(case_id, region_code, lists, json.loads(evidence), json.loads(masked))
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
