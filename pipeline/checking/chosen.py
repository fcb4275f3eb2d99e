"""Which files are checked: deliveries below exports/, or files that lie elsewhere and were not delivered yet."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import DeliveryError, UsageError
from pipeline.intake import inbox
from pipeline.intake.foreign import refusal_of_kind
from pipeline.intake.headings import recognise
from pipeline.intake.inbox import Found
from pipeline.intake.open import open_delivery
from pipeline.intake.sheet import Line
from pipeline.workspace import Workspace
from schemas.catalog import sources

_UNKNOWN = "has the headings of no source; say what it is with --source, to be told what is missing"


def chosen_files(workspace: Workspace, files: Sequence[Path], source: str) -> list[Found]:
    """Give the named files, or all deliveries; `source` says what a file outside exports/ is.

    Raises UsageError for a file that is not there, or is no delivery, and for an unknown source.
    """
    if source and source not in sources():
        raise UsageError(
            f"--source {source}: no such source; `qingji init` makes a folder for each"
        )
    delivered = inbox.scan(workspace.exports) if workspace.exports.is_dir() else []
    if not files:
        return [file for file in delivered if source in ("", file.source)]
    chosen: dict[str, Found] = {}
    for path in files:
        for file in _named(workspace, path, delivered, source):
            chosen[file.source_file] = file
    return list(chosen.values())


def _named(
    workspace: Workspace, path: Path, delivered: Sequence[Found], source: str
) -> Iterator[Found]:
    place = _existing(workspace, path)
    exports = workspace.exports.resolve()
    if not place.is_relative_to(exports):
        yield _elsewhere(path, place, source)
        return
    named = inbox.readable(place.relative_to(exports))
    below = [file for file in delivered if f"{file.source_file}/".startswith(f"{named}/")]
    if not below:
        raise UsageError(f"{path}: no delivery; files of this name are passed over")
    if source and source != below[0].source:
        raise UsageError(f"{path}: lies in exports/{below[0].source}/; leave out --source {source}")
    yield from below


def _existing(workspace: Workspace, path: Path) -> Path:
    for candidate in (path, workspace.root / path, workspace.exports / path):
        if os.path.lexists(candidate):
            # The file itself may be a link: intake says what is wrong with that.
            return candidate.parent.resolve() / candidate.name
    raise UsageError(f"{path}: no such file, here or below {workspace.exports}")


def _elsewhere(path: Path, place: Path, source: str) -> Found:
    if not place.is_file():
        raise UsageError(f"{path}: no file; name the files of a folder one by one")
    status = place.stat()
    extension = place.suffix.lower()
    # What an archive holds is looked at once it is unpacked.
    is_archive = extension == ".zip"
    refusal = "" if is_archive else refusal_of_kind(place.name)
    if not (source or refusal or is_archive):
        source, refusal = _recognised(place, extension)
    return Found(source, path.as_posix(), place, status.st_size, status.st_mtime_ns, refusal)


def _recognised(place: Path, extension: str) -> tuple[str, str]:
    """Give the source that a file's headings fit best, or why there is none."""
    fits: dict[str, int] = {}
    try:
        for sheet in open_delivery(place, extension):
            top = sheet.top
            for name in sources():
                fits[name] = max(fits.get(name, 0), _columns_found(top, name))
    except DeliveryError as error:
        return "", str(error)
    except Exception as error:  # noqa: BLE001 - a reader that stumbles over a file is told of like any damage
        return "", f"is damaged ({type(error).__name__}); export or copy it again"
    best = max(fits.values(), default=0)
    likely = [name for name, columns in fits.items() if columns == best]
    if not best:
        return "", _UNKNOWN
    if len(likely) > 1:
        return "", f"fits several sources: {', '.join(likely)}; say which it is with --source"
    return likely[0], ""


def _columns_found(top: Sequence[Line], source: str) -> int:
    try:
        return len(recognise(top, source).places)
    except DeliveryError:
        return 0
