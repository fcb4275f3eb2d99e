"""What a case rests on: the law that binds its place, and the lawful explanations that were ruled out."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

import duckdb

from detectors.contract import LawfulException
from pipeline.cases.rules import MARKS, Language, Marks
from schemas import policy

Places = Mapping[str, frozenset[str]]
"""Policy pack → prefixes of the divisions it binds; the empty prefix is the nation."""

_DELIVERED_AS = MappingProxyType(
    {
        "core.aid": "aid_payments",
        "core.certificate": "graduates",
        "core.change": "status_changes",
        "core.school_lineage": "school_events",
    }
)
"""The source behind a clean table that proves an exception, where one source fills it."""


def places_bound(con: duckdb.DuckDBPyConnection) -> Places:
    """Read which pack binds which places tonight, stand-ins included."""
    bound = con.execute(
        "select pack, list(distinct place) from core.policy_setting group by pack"
    ).fetchall()
    return {pack: frozenset(places) for pack, places in bound}


def law(refs: Iterable[str], region_code: str | None, places: Places, language: Language) -> str:
    """Cite document, section and demand of every clause that binds the region, each document once.

    A clause of another province is no ground for a case here; where none would be left, all are cited.
    """
    clauses = [policy.cite(ref) for ref in refs]
    binding = [one for one in clauses if _binds(places.get(one.pack), region_code)]
    marks = MARKS[language]
    by_document: dict[str, list[str]] = {}
    for one in binding or clauses:
        said = one.says if language == "zh" else one.says_en
        by_document.setdefault(one.document, []).append(f"{one.section}{marks.colon}{_bare(said)}")
    return _joined(
        (f"{document} {marks.clause.join(said)}" for document, said in by_document.items()), marks
    )


def ruled_out(
    exceptions: Iterable[LawfulException], missing: frozenset[str], language: Language
) -> str:
    """List the lawful look-alikes that were really tested: not those whose proof was never delivered."""
    return _joined(
        (
            f"{one.name.partition('_')[0]} {_bare(one.says_zh if language == 'zh' else one.says)}"
            for one in exceptions
            if is_tested(one, missing)
        ),
        MARKS[language],
    )


def is_tested(exception: LawfulException, missing: Collection[str]) -> bool:
    """Whether what would prove a lawful exception was there to be looked at."""
    return _DELIVERED_AS.get(exception.proof, exception.proof) not in missing


def _binds(prefixes: frozenset[str] | None, region_code: str | None) -> bool:
    if prefixes is None or region_code is None:
        return True
    return any(region_code.startswith(prefix) for prefix in prefixes)


def _bare(sentence: str) -> str:
    return sentence.strip().rstrip("。.")


def _joined(sentences: Iterable[str], marks: Marks) -> str:
    said = marks.clause.join(sentences)
    return f"{said}{marks.stop}" if said else ""
