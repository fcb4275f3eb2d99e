"""The audit log: who exported or unmasked what, when. Append-only; each line holds the digest of the one before.

A line that is changed, dropped or put in later breaks the chain, and `verify` says where. No clock here: the caller
says when.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pipeline.errors import PipelineError

_FIRST = "0" * 64


class AuditError(PipelineError):
    """The audit log is not what was written to it."""


@dataclass(frozen=True)
class AuditEntry:
    """One act: when, who, what was done to what, and how many rows it concerned. Never a personal value."""

    at: datetime
    actor: str
    action: str
    subject: str
    rows: int
    reason: str = ""


def append(log: Path, entry: AuditEntry) -> str:
    """Write an entry down for good; give its digest. The file is its owner's alone (0600)."""
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(log) as handle:
        # A line without its end was being written when the power went; it was never acknowledged.
        os.ftruncate(handle, _end_of_last_line(handle))
        lines = list(_lines(handle))
        last = json.loads(lines[-1])["hash"] if lines else _FIRST
        said = {**asdict(entry), "at": entry.at.isoformat(), "prev": last}
        digest = _digest(said)
        line = json.dumps({**said, "hash": digest}, ensure_ascii=False, sort_keys=True) + "\n"
        os.lseek(handle, 0, os.SEEK_END)
        os.write(handle, line.encode())
        os.fsync(handle)
    return digest


def verify(log: Path) -> int:
    """Give the number of entries; AuditError names the first line at which the chain is broken."""
    if not log.exists():
        return 0
    last, number = _FIRST, 0
    with log.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            if _broken(line, last):
                raise AuditError(
                    f"{log.name} line {number}: the chain of digests is broken; "
                    "keep the file and tell the data officer"
                )
            last = json.loads(line)["hash"]
    return number


def _broken(line: str, last: str) -> bool:
    try:
        said = json.loads(line)
        digest = said.pop("hash")
    except (ValueError, KeyError, AttributeError):
        return True
    return bool(said.get("prev") != last or digest != _digest(said))


def _digest(said: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@contextmanager
def _locked(log: Path) -> Iterator[int]:
    handle = os.open(log, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.fchmod(handle, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _end_of_last_line(handle: int) -> int:
    return _content(handle).rfind(b"\n") + 1


def _lines(handle: int) -> Iterator[str]:
    yield from _content(handle).decode().splitlines()


def _content(handle: int) -> bytes:
    size = os.fstat(handle).st_size
    return os.pread(handle, size, 0)
