"""The steps of a night, in order, as a list. No Prefect here: the flow and `--plain` walk the same list.

A step opens the warehouse itself and leaves what it did in it, in whole transactions, so a night that is
killed at any moment is simply run again. Steps pass no rows to each other.
"""

import getpass
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from detectors.contract import DetectorError
from detectors.identity.resolution import resolve
from detectors.run import DetectorRun, run_all
from pipeline import cases, conform, intake, report
from pipeline.calendar import instant
from pipeline.cases import same_person
from pipeline.conform.core import prepare
from pipeline.conform.typing import assert_nothing_lost
from pipeline.errors import (
    DeliveryError,
    DetectorFailure,
    PipelineError,
    StepError,
    UsageError,
)
from pipeline.privacy import audit
from pipeline.progress import Reporter
from pipeline.settings import Settings
from pipeline.store import runs, steps
from pipeline.store.database import open_warehouse, set_as_of, transaction
from pipeline.store.lock import held
from pipeline.store.publish import publish
from pipeline.workspace import Workspace
from schemas import policy
from schemas.catalog import sources
from schemas.model import SchemaError


@dataclass(frozen=True)
class Night:
    """One night: where, about which day, and whether everything is worked out anew."""

    workspace: Workspace
    settings: Settings
    as_of: date
    run_id: str
    full: bool


@dataclass(frozen=True)
class Step:
    """A step of the night; `retries` only where trying again can help (files still being copied)."""

    name: str
    title: str
    work: Callable[[Night, duckdb.DuckDBPyConnection], str]
    retries: int = 0


def plan() -> tuple[Step, ...]:
    """Give the steps of a night in order."""
    return (
        Step("collect", "Read new deliveries", _collect, retries=2),
        Step("account", "Account for every row", _account),
        Step("policies", "Load policy packs", _policies),
        Step("reviews", "Take in reviews", _reviews),
        Step("persons", "Resolve persons", _persons),
        Step("core", "Build enrolments and aid", _core),
        Step("detectors", "Run detectors", _detectors),
        Step("cases", "Settle cases", _cases),
        Step("publish", "Publish", _publish, retries=2),
    )


def begin(workspace: Workspace, settings: Settings, as_of: date, *, full: bool) -> Night:
    """Open the run's line in the ledger; the only place that reads a clock besides its end."""
    with open_warehouse(workspace.warehouse, settings, temp=workspace.temp) as con:
        if full or not steps.is_done(con, "code", steps.code_digest()):
            _forget_derived(con)
            steps.mark_done(con, "code", steps.code_digest())
        run_id = runs.begin(con, as_of, instant())
    return Night(workspace, settings, as_of, run_id, full)


def take(step: Step, night: Night) -> str:
    """Do one step of the night; give the sentence that tells what it came to."""
    try:
        with open_warehouse(
            night.workspace.warehouse, night.settings, temp=night.workspace.temp
        ) as con:
            set_as_of(con, night.as_of.isoformat())
            return step.work(night, con)
    except (PipelineError, SchemaError, DetectorError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever broke is told, with its place in the code
        # No cause: DuckDB and parsers quote the cell they choked on, and a traceback would print it.
        raise StepError.of(step.title, error) from None


def finish(night: Night) -> None:
    """Close the run's line, then raise what the operator must know of: a detector that failed."""
    with open_warehouse(
        night.workspace.warehouse, night.settings, temp=night.workspace.temp
    ) as con:
        failed = runs.failed_detectors(con, night.run_id)
    if night.workspace.temp.exists():
        shutil.rmtree(night.workspace.temp)
    if failed:
        raise DetectorFailure(
            f"{', '.join(failed)} failed; everything else was published. "
            "`qingji sql WORKSPACE \"from detector_runs where status = 'failed'\"` tells why"
        )


def run_plain(
    workspace: Workspace, settings: Settings, as_of: date, reporter: Reporter, *, full: bool
) -> Night:
    """Walk the list without Prefect, holding the workspace."""
    with held(workspace.root):
        night = begin(workspace, settings, as_of, full=full)
        for step in plan():
            with reporter.step(step.name, step.title) as says:
                says.sentence = take(step, night)
        finish(night)
    return night


def settle_again(workspace: Workspace, settings: Settings) -> str:
    """Settle and publish the last night's cases anew, after reviews came in between two nights."""
    with held(workspace.root):
        with open_warehouse(workspace.warehouse, settings, temp=workspace.temp) as con:
            last = runs.last(con)
        if last is None:
            raise UsageError(f"{workspace.root}: no night has run yet; `qingji run` runs one")
        if not last.is_finished:
            raise UsageError(
                f"run {last.run_id} did not come to its end; `qingji run` makes up for it, "
                "and takes in what lies in reviews/"
            )
        night = Night(workspace, settings, last.as_of, last.run_id, full=False)
        told = [
            take(step, night) for step in plan() if step.name in {"reviews", "cases", "publish"}
        ]
    return "; ".join(told)


def _forget_derived(con: duckdb.DuckDBPyConnection) -> None:
    """Drop all that the deliveries give again; their account, decisions and history stay.

    What the steps were done on, and what the files were read by, goes with it in one transaction: else a kill in
    between would leave empty tables that count as done.
    """
    with transaction(con):
        con.execute("drop table if exists work.step_state").fetchall()
        for schema in ("core", "feature"):
            con.execute(f"drop schema if exists {schema} cascade").fetchall()
        for name in sources():
            con.execute(f"drop table if exists main.{name}").fetchall()
        intake.read_all_again(con)


def _collect(night: Night, con: duckdb.DuckDBPyConnection) -> str:
    prepare(con)
    readers = intake.Readers(night.workspace.temp, night.settings.run.threads)
    found = intake.collect(con, night.workspace.exports, readers, full=night.full)
    if not found.loaded:
        raise DeliveryError(
            f"{night.workspace.exports}: no delivery could be read; put exports into "
            "exports/<source>/, `qingji check` tells what is wrong with those that are there"
        )
    sentence = (
        f"{found.read} files read, {found.unchanged} unchanged, {found.vanished} gone, "
        f"{found.refused} refused, {found.rows:,} rows"
    )
    if found.copies or found.replaced:
        sentence += f"; {found.copies} copies, {found.replaced} replaced by newer exports"
    return sentence


def _account(night: Night, con: duckdb.DuckDBPyConnection) -> str:
    del night
    assert_nothing_lost(con)
    loaded, rejected, unread = con.execute(
        """
        select
            coalesce(sum(rows_loaded), 0),
            coalesce(sum(rows_rejected), 0),
            (select count(*) from cell_issues)
        from deliveries
        """
    ).fetchall()[0]
    return f"{loaded:,} rows loaded, {rejected:,} rejected, {unread:,} cells left empty"


def _policies(night: Night, con: duckdb.DuckDBPyConnection) -> str:
    policy.load(con, night.settings.policy.stands_in)
    settings = con.execute(
        "select count(*), count(distinct pack) from core.policy_setting"
    ).fetchall()[0]
    return f"{settings[0]} parameters of {settings[1]} packs"


def _reviews(night: Night, con: duckdb.DuckDBPyConnection) -> str:
    taken_in = cases.take_in(con, night.workspace.reviews)
    told = same_person.tell_matcher(con, night.as_of)
    return f"{taken_in}; {told}" if told.one or told.two else str(taken_in)


def _persons(night: Night, con: duckdb.DuckDBPyConnection) -> str:
    digest = steps.inputs_digest(_persons_digest(con))
    if steps.is_done(con, "persons", digest):
        return "unchanged"
    steps.mark_undone(con, "persons")
    conform.build_person_records(con)
    found = resolve(con, threads=night.settings.run.threads)
    steps.mark_done(con, "persons", digest)
    return f"{found.records:,} rows are {found.persons:,} persons; {found.refused:,} doubtful links refused"


def _core(night: Night, con: duckdb.DuckDBPyConnection) -> str:
    digest = steps.inputs_digest(_persons_digest(con), night.as_of.isoformat())
    if steps.is_done(con, "core", digest):
        return "unchanged"
    steps.mark_undone(con, "core")
    enrolments = conform.build_core(con)
    steps.mark_done(con, "core", digest)
    return f"{enrolments:,} enrolments"


def _detectors(night: Night, con: duckdb.DuckDBPyConnection) -> str:
    digest = steps.inputs_digest(
        _persons_digest(con),
        night.as_of.isoformat(),
        night.settings.policy.model_dump_json(),
    )
    if steps.is_done(con, "detectors", digest):
        runs.repeat_detectors(con, night.run_id)
        return "unchanged"
    steps.mark_undone(con, "detectors")
    done = run_all(con, place=night.settings.policy.place, threads=night.settings.run.threads)
    runs.record_detectors(con, night.run_id, done)
    if all(run.status != "failed" for run in done):
        steps.mark_done(con, "detectors", digest)
    return _tell(done)


def _tell(done: list[DetectorRun]) -> str:
    by_status = {
        status: [run for run in done if run.status == status]
        for status in ("ran", "skipped", "failed")
    }
    sentence = f"{len(by_status['ran'])} ran, {sum(run.findings for run in done):,} findings"
    for status in ("skipped", "failed"):
        if by_status[status]:
            sentence += f"; {status}: {', '.join(run.detector_id for run in by_status[status])}"
    return sentence


def _cases(night: Night, con: duckdb.DuckDBPyConnection) -> str:
    done = runs.detectors_of(con, night.run_id)
    counts = cases.settle(con, done, as_of=night.as_of, rules=_case_rules(night.settings))
    return str(counts)


def _case_rules(settings: Settings) -> cases.CaseRules:
    days = settings.cases
    return cases.CaseRules(
        language=settings.language,
        deadlines=cases.Deadlines(
            days.due_days_a, days.due_days_b, days.due_days_c, days.due_days_d
        ),
    )


def _publish(night: Night, con: duckdb.DuckDBPyConnection) -> str:
    runs.close(con, night.run_id, instant())
    done = runs.detectors_of(con, night.run_id)
    has_deadlines = any(run.detector_id == "RQ601" and run.status == "ran" for run in done)
    report.measure(con, timeliness_known=has_deadlines)
    handed_out = 0

    def write_reports(folder: Path) -> None:
        nonlocal handed_out
        handed_out = report.write_edition(
            con, folder, done, as_of=night.as_of, language=night.settings.language
        )
        # Before the swap: an export that nobody logged is worse than a log of one that did not come about.
        audit.append(night.workspace.audit_log, _export_entry(night, handed_out))

    publish(con, night.workspace.published, as_of=night.as_of, write_reports=write_reports)
    return f"{handed_out:,} cases handed out"


def _export_entry(night: Night, cases_handed_out: int) -> audit.AuditEntry:
    return audit.AuditEntry(
        at=instant(),
        actor=getpass.getuser(),
        action="export case files",
        subject=f"published/cases/{night.as_of.isoformat()}",
        rows=cases_handed_out,
        reason=f"run {night.run_id}",
    )


def _persons_digest(con: duckdb.DuckDBPyConnection) -> str:
    """Digest all that persons are resolved from: the deliveries, and what inspectors found."""
    return f"{_deliveries_digest(con)}|{same_person.digest(con)}"


def _deliveries_digest(con: duckdb.DuckDBPyConnection) -> str:
    rows = con.execute(
        "select string_agg(concat_ws('|', source_file, sheet, sha256, status), ';' order by source_file, sheet) "
        "from deliveries"
    ).fetchall()
    return str(rows[0][0])
