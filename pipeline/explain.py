"""`qingji explain`: one case with all that stands behind it, from the private warehouse (full values)."""

import getpass
import json
from collections.abc import Iterator, Mapping

import duckdb
from rich.cells import set_cell_size

from detectors.contract import DetectorError
from detectors.identity.explain import explain as explain_link
from detectors.registry import detectors
from pipeline.calendar import instant
from pipeline.cases import grounds
from pipeline.errors import UsageError
from pipeline.privacy import audit
from pipeline.settings import Settings
from pipeline.store.database import open_warehouse
from pipeline.store.lock import held
from pipeline.workspace import Workspace

Case = Mapping[str, object]


def explain_case(workspace: Workspace, settings: Settings, case_id: str) -> str:
    """Tell a case: what is suspected, the evidence side by side, the match, what was excused, its history.

    It unmasks personal values, so it is written to the audit log. Raises UsageError for an unknown case.
    """
    if not workspace.warehouse.exists():
        raise UsageError(f"{workspace.root}: no night has run yet; `qingji run` runs one")
    with (
        held(workspace.root),
        open_warehouse(workspace.warehouse, settings, temp=workspace.temp) as con,
    ):
        _await_a_night(con, workspace)
        case = _case(con, case_id)
        told = "\n".join(
            line
            for part in (_headline, _sides, _match, _law, _history, _records)
            for line in ("", *part(con, case))
        ).lstrip("\n")
    audit.append(
        workspace.audit_log,
        audit.AuditEntry(instant(), getpass.getuser(), "explain case", case_id, rows=1),
    )
    return told


def _await_a_night(con: duckdb.DuckDBPyConnection, workspace: Workspace) -> None:
    if not con.execute(
        "select 1 from duckdb_tables() where schema_name = 'main' and table_name = 'cases'"
    ).fetchall():
        raise UsageError(
            f"{workspace.root}: no night has come to its end yet; `qingji run` runs one"
        )


def _case(con: duckdb.DuckDBPyConnection, case_id: str) -> Case:
    result = con.execute("select * from cases where case_id = $case_id", {"case_id": case_id})
    names = [column[0] for column in result.description or []]
    rows = result.fetchall()
    if not rows:
        raise UsageError(f"{case_id}: no such case; `qingji sql WORKSPACE 'from cases'` lists them")
    return dict(zip(names, rows[0], strict=True))


def _headline(con: duckdb.DuckDBPyConnection, case: Case) -> Iterator[str]:
    del con
    yield f"{case['case_id']}  {case['title']}  ({case['status']}, {case['verdict']})"
    yield str(case["explanation"])
    yield f"severity {case['severity']}, {case['certainty']}, priority {case['priority']}, due {case['due_on']}"
    if case["missing_inputs"]:
        yield f"not delivered, and could explain it: {case['missing_inputs']}"


def _sides(con: duckdb.DuckDBPyConnection, case: Case) -> Iterator[str]:
    """Lay the subject's enrolment and the other one side by side."""
    fields = (
        "registry", "school_code", "school_name", "student_no", "name", "id_number", "study_form", "major_name",
        "status", "started_on", "ended_on", "end_event", "expected_end_on", "source_file", "sheet", "source_row",
    )  # fmt: skip
    sides = [_enrolment(con, case[key]) for key in ("record_id", "other_record_id")]
    if not any(sides):
        evidence = json.loads(str(case["evidence"]))
        yield "evidence"
        yield from (
            f"  {name}: {value}" for name, value in evidence.items() if value not in (None, "", [])
        )
        return
    yield _side_by_side("", "subject", "other")
    for field in fields:
        left, right = (
            "" if side is None or side[field] is None else str(side[field]) for side in sides
        )
        yield _side_by_side(field, left, right)


def _side_by_side(field: str, left: str, right: str) -> str:
    # Chinese characters take two columns of a terminal.
    return f"{field:<18}{set_cell_size(left, 44)}{right}".rstrip()


def _enrolment(con: duckdb.DuckDBPyConnection, record_id: object) -> Case | None:
    result = con.execute("select * from core.enrolment where record_id = $id", {"id": record_id})
    names = [column[0] for column in result.description or []]
    rows = result.fetchall()
    return dict(zip(names, rows[0], strict=True)) if rows else None


def _match(con: duckdb.DuckDBPyConnection, case: Case) -> Iterator[str]:
    """Tell field by field why the two rows are held to be one person."""
    if case["record_id"] is None or case["other_record_id"] is None:
        return
    try:
        told = explain_link(con, str(case["record_id"]), str(case["other_record_id"]))
    except DetectorError as error:
        yield f"match: {error}"
        return
    yield f"same person? {told.judgement.reason} (probability {told.judgement.probability:.4f})"
    for step in told.steps:
        field, words = set_cell_size(step.title, 12), set_cell_size(step.words, 34)
        yield f"  {field}{words}{step.weight:+7.1f} bits  total {step.total:+7.1f}"


def _law(con: duckdb.DuckDBPyConnection, case: Case) -> Iterator[str]:
    del con
    detector = detectors().get(str(case["detector_id"]))
    yield f"policy: {case['policy']}"
    if detector is not None:
        missing = str(case["missing_inputs"] or "").split(",")
        yield "lawful explanations, and why none of them excuses the case:"
        for one in detector.exceptions:
            why = (
                f"tested against {one.proof}, which does not show it"
                if grounds.is_tested(one, missing)
                else f"NOT TESTED, for want of {one.proof}: ask for it first"
            )
            yield f"  {one.name}: {one.says_zh} ({why})"
        yield f"check first: {detector.next_zh}"


def _history(con: duckdb.DuckDBPyConnection, case: Case) -> Iterator[str]:
    yield (
        f"first seen {case['first_seen_on']}, last seen {case['last_seen_on']}, "
        f"in {case['nights_seen']} nights"
    )
    for row in con.execute(
        """
        select decided_on, decision, reason_kind, inspector, source_file from reviews
        where case_id = $case_id order by decided_on, source_file, source_row
        """,
        {"case_id": case["case_id"]},
    ).fetchall():
        yield "review: " + ", ".join(str(cell) for cell in row if cell is not None)


def _records(con: duckdb.DuckDBPyConnection, case: Case) -> Iterator[str]:
    yield "rows used as evidence:"
    for role, file, sheet, row in con.execute(
        """
        select role, source_file, sheet, source_row from case_records
        where case_id = $case_id order by role desc, source_file, sheet, source_row
        """,
        {"case_id": case["case_id"]},
    ).fetchall():
        yield f"  {role:<9}{file} {sheet} row {row}"
