"""Where Prefect keeps its own state, and what it may not do; set before Prefect is imported."""

import atexit
import os
import sys

from pipeline.workspace import Workspace

_SHORT_LIVED = {
    # What goes wrong is raised and told once, by the command; Prefect would print it twice more.
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    # A server that lives for one run has nobody to show pages to and no schedule to keep.
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED": "false",
}


def prepare(workspace: Workspace, *, api_url: str | None = None) -> None:
    """Keep Prefect's state inside the workspace, its telemetry off and its results unpersisted.

    Without `api_url` Prefect starts a short-lived server of its own on this machine for the run.
    """
    home = workspace.private / "prefect"
    for folder in (workspace.private, home):
        folder.mkdir(mode=0o700, exist_ok=True)
    # Made beforehand, or SQLite would let others read it; its journals take its mode.
    database = home / "prefect.db"
    database.touch()
    database.chmod(0o600)
    wanted = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
        # Two busy cores need more than the 20 seconds that Prefect allows its own server.
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        # Survives a power cut, so that a lost run does not hold the schedule's slot for ever.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    }
    if api_url is not None:
        wanted["PREFECT_API_URL"] = api_url
    else:
        os.environ.pop("PREFECT_API_URL", None)
        wanted |= _SHORT_LIVED
    os.environ.update(wanted)
    # Registered before Prefect's own exit handlers, so it runs after them.
    atexit.register(_close_stderr)


def _close_stderr() -> None:
    """Keep DuckDB's binding from listing, at the interpreter's end, what Prefect's threads still hold."""
    sys.stderr.flush()
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 2)
