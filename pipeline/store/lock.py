"""Two nights never overlap: an advisory lock on the workspace that the system drops when its holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import WorkspaceBusyError


@contextmanager
def held(workspace: Path) -> Iterator[None]:
    """Hold the workspace for the block; raise WorkspaceBusyError at once if somebody else does."""
    private = workspace / "private"
    private.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(private / "night.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WorkspaceBusyError(
                f"another run holds {workspace}; wait for it to end, or stop it, and run again"
            ) from error
        yield
    finally:
        os.close(handle)
