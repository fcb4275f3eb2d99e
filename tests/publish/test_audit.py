"""The audit log tells of every export, and of every hand that was laid on it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.privacy.audit import AuditEntry, AuditError, append, verify

AT = datetime(2024, 1, 15, 2, 0, tzinfo=UTC)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "private" / "audit.log"
    for number in range(3):
        append(path, AuditEntry(AT, "qingji", "export", f"cases/{number}", number))
    return path


def test_a_log_that_nobody_touched_verifies(log: Path) -> None:
    assert verify(log) == 3
    assert json.loads(log.read_text("utf-8").splitlines()[1])["subject"] == "cases/1"


def test_only_its_owner_may_read_it(log: Path) -> None:
    assert log.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("line", [0, 1, 2])
def test_a_changed_line_is_found(log: Path, line: int) -> None:
    lines = log.read_text("utf-8").splitlines(keepends=True)
    lines[line] = lines[line].replace("cases/", "other/")
    log.write_text("".join(lines), "utf-8")
    with pytest.raises(AuditError, match=f"line {line + 1}"):
        verify(log)


def test_a_dropped_line_is_found(log: Path) -> None:
    lines = log.read_text("utf-8").splitlines(keepends=True)
    log.write_text("".join(lines[1:]), "utf-8")
    with pytest.raises(AuditError, match="line 1"):
        verify(log)


def test_a_line_cut_short_by_a_power_cut_does_not_stop_the_next(log: Path) -> None:
    log.write_bytes(log.read_bytes()[:-20])
    append(log, AuditEntry(AT, "qingji", "export", "cases/3", 1))
    assert verify(log) == 3


def test_no_log_is_an_empty_log(tmp_path: Path) -> None:
    assert verify(tmp_path / "audit.log") == 0
