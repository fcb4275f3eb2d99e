"""`qingji doctor`: what is missing, unreadable, misconfigured or too open, and what to do about each."""

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipeline.errors import PipelineError
from pipeline.intake.inbox import readable
from pipeline.settings import load_settings
from pipeline.workspace import Workspace
from schemas.catalog import sources

# How `qingji check --marked` names its workbooks.
MARKED = ".checked.xlsx"
_LEAST_FREE_BYTES = 2 * 1024**3


def examine(workspace: Workspace) -> list[str]:
    """Give every complaint about a workspace, each with its remedy; an empty list means all is well."""
    return [
        complaint
        for part in (_settings, _folders, _privacy, _disk, _published)
        for complaint in part(workspace)
    ]


def _settings(workspace: Workspace) -> Iterator[str]:
    if not (workspace.root / "qingji.toml").exists():
        yield "qingji.toml is missing; `qingji init` writes it with every setting and its help"
    try:
        load_settings(workspace.root)
    except PipelineError as error:
        yield str(error)


def _folders(workspace: Workspace) -> Iterator[str]:
    if not workspace.exports.is_dir():
        yield f"{workspace.exports} is missing; `qingji init` makes it"
        return
    for folder in sorted(workspace.exports.iterdir()):
        if folder.is_dir() and folder.name not in sources():
            yield f"exports/{folder.name}: no such source, nothing in it is read; rename it after a source"
        elif folder.is_file() and not (folder.name.startswith(".") or _holds_folders(folder)):
            yield f"exports/{folder.name}: lies outside the folders of the sources; move it into one"
    for lock in sorted(workspace.exports.rglob("~$*")):
        # Excel and WPS leave these behind when they break off, too.
        yield (
            f"exports/{readable(lock.relative_to(workspace.exports))}: somebody has the workbook open, or had; have it "
            "closed and this file deleted, lest the delivery be read half changed"
        )


def _holds_folders(path: Path) -> bool:
    """Whether a file beside the folders of the sources may hold such folders itself."""
    return path.suffix.lower() == ".zip"


def _privacy(workspace: Workspace) -> Iterator[str]:
    for path in (workspace.private, workspace.warehouse, workspace.audit_log):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"{path} can be read by others; chmod {'700' if path.is_dir() else '600'} {path}"
    for path in (workspace.exports, workspace.reviews):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o007:
            yield f"{path} names people and can be read by everybody; chmod o-rwx {path}"
    for path in _marked_workbooks(workspace):
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"{path} is a marked delivery and can be read by others; chmod 600 {path}, or delete it"


def _marked_workbooks(workspace: Workspace) -> Iterator[Path]:
    """Give what `qingji check --marked` wrote below the workspace; put right, they lie in exports/ by right."""
    for path in sorted(workspace.root.rglob(f"*{MARKED}")):
        if path.is_file() and not path.is_relative_to(workspace.exports):
            yield path


def _disk(workspace: Workspace) -> Iterator[str]:
    free = shutil.disk_usage(workspace.root).free
    if free < _LEAST_FREE_BYTES:
        yield f"only {free // 1024**2} MB are free on the disk of {workspace.root}; a night may need more"


def _published(workspace: Workspace) -> Iterator[str]:
    if not workspace.registry.exists():
        yield "nothing is published yet; `qingji run` runs a night"
        return
    con = duckdb.connect(str(workspace.registry), read_only=True)
    try:
        # An empty template is in the account, but no delivery.
        delivered = {
            source
            for (source,) in con.execute(
                "select distinct source from deliveries where status <> 'empty'"
            ).fetchall()
        }
        unread = con.execute(
            """
            select trim(source_file || ' ' || sheet), message from deliveries
            where status in ('refused', 'copy') order by source_file, sheet
            """
        ).fetchall()
        idle = con.execute(
            """
            select detector_id, status, reason from detector_runs
            where run_id = (select run_id from runs order by started_at desc limit 1) and status <> 'ran'
            order by detector_id
            """
        ).fetchall()
    finally:
        con.close()
    missing = sorted(set(sources()) - delivered)
    if missing:
        yield f"never delivered: {', '.join(missing)}; what they would prove or excuse stays open"
    for place, message in unread:
        yield f"exports/{place}: {message}"
    for detector, status, reason in idle:
        yield f"{detector} {status}: {reason}"
