"""The ledger of nights: which run, which detectors ran in it, what it came to."""

from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files

import duckdb

from detectors.run import DetectorRun


def begin(con: duckdb.DuckDBPyConnection, as_of: date, started_at: datetime) -> str:
    """Open a line for this run; its number counts the runs about the same day."""
    con.execute(files(__package__).joinpath("runs.sql").read_text("utf-8")).fetchall()
    number = con.execute(
        "select count(*) + 1 from runs where as_of = $as_of", {"as_of": as_of}
    ).fetchall()[0][0]
    run_id = f"{as_of.isoformat()}-{number}"
    con.execute(
        "insert into runs (run_id, as_of, started_at) values ($run_id, $as_of, $started_at)",
        {"run_id": run_id, "as_of": as_of, "started_at": started_at},
    ).fetchall()
    return run_id


@dataclass(frozen=True)
class LastRun:
    """The newest run in the ledger; one that was killed or stopped before publishing is not finished."""

    run_id: str
    as_of: date
    is_finished: bool


def last(con: duckdb.DuckDBPyConnection) -> LastRun | None:
    """Give the newest run, or nothing where no night has run."""
    if not con.execute(
        "select 1 from duckdb_tables() where schema_name = 'main' and table_name = 'runs'"
    ).fetchall():
        return None
    rows = con.execute(
        "select run_id, as_of, finished_at is not null from runs order by started_at desc limit 1"
    ).fetchall()
    return LastRun(*rows[0]) if rows else None


def record_detectors(con: duckdb.DuckDBPyConnection, run_id: str, done: list[DetectorRun]) -> None:
    """Keep what each detector did in this run; an absence only means something where it ran."""
    con.execute("delete from detector_runs where run_id = $run_id", {"run_id": run_id}).fetchall()
    if done:
        con.executemany(
            "insert into detector_runs values ($1, $2, $3, $4, $5, $6)",
            [
                (
                    run_id,
                    run.detector_id,
                    run.status,
                    run.reason,
                    run.findings,
                    round(run.seconds, 3),
                )
                for run in done
            ],
        )


def repeat_detectors(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Carry the last run's lines over to a run whose inputs are the same."""
    con.execute(
        """
        insert into detector_runs
        select $run_id, detector_id, status, reason, findings, 0
        from detector_runs
        where run_id = (
            select last_run.run_id
            from runs as last_run
            where last_run.run_id <> $run_id and last_run.run_id in (select run_id from detector_runs)
            order by last_run.started_at desc
            limit 1
        )
        """,
        {"run_id": run_id},
    ).fetchall()


def detectors_of(con: duckdb.DuckDBPyConnection, run_id: str) -> list[DetectorRun]:
    """Give what the detectors did in a run."""
    rows = con.execute(
        "select detector_id, status, reason, findings, seconds from detector_runs where run_id = $run_id order by 1",
        {"run_id": run_id},
    ).fetchall()
    return [DetectorRun(*row) for row in rows]


def failed_detectors(con: duckdb.DuckDBPyConnection, run_id: str) -> list[str]:
    """Name the detectors that failed in a run."""
    return [run.detector_id for run in detectors_of(con, run_id) if run.status == "failed"]


def close(con: duckdb.DuckDBPyConnection, run_id: str, finished_at: datetime) -> None:
    """Complete the run's line with what it came to; reviews taken in afterwards change cases, not its duration."""
    con.execute(
        """
        update runs set
            finished_at = coalesce(finished_at, $finished_at),
            rows = (select coalesce(sum(rows_loaded), 0) from deliveries),
            cases = (select count(*) from cases where status <> 'gone'),
            new_cases = (select count(*) from cases where status = 'new'),
            gone_cases = (select count(*) from cases where status = 'gone' and last_changed_on = runs.as_of),
            seconds = round(epoch(coalesce(finished_at, $finished_at::timestamptz) - started_at), 1)
        where run_id = $run_id
        """,
        {"run_id": run_id, "finished_at": finished_at},
    ).fetchall()
