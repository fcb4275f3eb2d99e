"""`qingji serve`: a Prefect server of its own beside the schedule, both ended together."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline import prefect_home
from pipeline.errors import PipelineError
from pipeline.workspace import Workspace

_PATIENCE_SECONDS = 120


def serve(workspace: Workspace, *, cron: str, timezone: str) -> None:
    """Run the schedule until it is stopped; its server listens on this machine only."""
    port = _free_port()
    prefect_home.prepare(workspace, api_url=f"http://127.0.0.1:{port}/api")
    from pipeline import flows

    flows.schedule_of(cron, timezone)  # wrong, it is told before anything is started
    with _server(port):
        flows.serve(workspace, cron=cron, timezone=timezone)


@contextmanager
def _server(port: int) -> Iterator[None]:
    # Without the address of an API in its own environment, or it would only be a client.
    environment = {key: value for key, value in os.environ.items() if key != "PREFECT_API_URL"}
    child = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "prefect",
            "server",
            "start",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(port, child)
        yield
    finally:
        child.terminate()
        try:
            child.wait(timeout=30)
        except subprocess.TimeoutExpired:
            child.kill()


def _await(port: int, child: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < give_up_at:
        if child.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.5)
    raise PipelineError(
        f"the scheduler's server did not come up within {_PATIENCE_SECONDS} s; "
        "`qingji doctor` looks for what stands in its way, cron with `qingji run --plain` needs no server"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
