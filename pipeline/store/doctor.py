"""`qingji doctor`: what is missing, unreadable, misconfigured or too open, and what to do about each."""

import shutil
import stat
from collections.abc import Iterator

import duckdb

from pipeline.errors import PipelineError
from pipeline.settings import load_settings
from pipeline.workspace import Workspace
from schemas.catalog import sources

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
        elif folder.is_file() and not folder.name.startswith("."):
            yield f"exports/{folder.name}: lies outside the folders of the sources; move it into one"


def _privacy(workspace: Workspace) -> Iterator[str]:
    for path in (workspace.private, workspace.warehouse, workspace.audit_log):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"{path} can be read by others; chmod {'700' if path.is_dir() else '600'} {path}"
    for path in (workspace.exports, workspace.reviews):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o007:
            yield f"{path} names people and can be read by everybody; chmod o-rwx {path}"


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
        delivered = {
            source for (source,) in con.execute("select distinct source from deliveries").fetchall()
        }
        refused = con.execute(
            "select source_file, message from deliveries where status = 'refused' order by source_file, sheet"
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
    for file, message in refused:
        yield f"exports/{file}: {message}"
    for detector, status, reason in idle:
        yield f"{detector} {status}: {reason}"
