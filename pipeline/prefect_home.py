"""Where Prefect keeps its own state, and what it may not do; set before Prefect is imported."""

import atexit
import os
import sys

from pipeline.workspace import Workspace


def prepare(workspace: Workspace, *, api_url: str | None = None) -> None:
    """Keep Prefect's state inside the workspace, its telemetry off and its results unpersisted.

    Without `api_url` Prefect starts a short-lived server of its own on this machine for the run.
    """
    home = workspace.private / "prefect"
    for folder in (workspace.private, home):
        folder.mkdir(mode=0o700, exist_ok=True)
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
    os.environ.update(wanted)
    # Registered before Prefect's own exit handlers, so it runs after them.
    atexit.register(_close_stderr)


def _close_stderr() -> None:
    """Keep DuckDB's binding from listing, at the interpreter's end, what Prefect's threads still hold."""
    sys.stderr.flush()
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 2)
