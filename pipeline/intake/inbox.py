"""Which files are there, and which of them were not there before: nothing is opened that need not be."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from pathlib import Path
from posixpath import splitext

from rapidfuzz import fuzz, process, utils

from pipeline.errors import DeliveryError
from pipeline.intake.foreign import extension_of, refusal_of_kind
from pipeline.intake.names import is_litter, readable, readable_name, without_companions
from schemas.catalog import sources

__all__ = ["Found", "Packed", "fingerprint", "readable", "refusal_of_place", "scan"]

_NEAR_NAMES = 3


@dataclass(frozen=True)
class Packed:
    """Where a delivery lies inside an archive: its path below exports/, its size, and the places inside.

    `members` counts the entries of the archive, then of the archive in it, and so on.
    """

    archive: str
    size: int
    members: tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """A file below exports/, or in an archive there, with what tells without opening it whether it changed.

    `path` and `modified_ns` are those of the file on disk; `size` is that of the delivery itself.
    """

    source: str
    source_file: str
    path: Path
    size: int
    modified_ns: int
    refusal: str = ""
    packed: Packed | None = None

    @property
    def extension(self) -> str:
        """What the file is named to be, with the dot, in lower case."""
        return extension_of(self.source_file)

    @property
    def size_on_disk(self) -> int:
        """The size of the file below exports/, be it the delivery or the archive that holds it."""
        return self.packed.size if self.packed else self.size

    def is_untouched(self) -> bool:
        """Whether the file is still what the scan found, by size and time."""
        try:
            status = self.path.stat()
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == (self.size_on_disk, self.modified_ns)


def scan(exports: Path) -> list[Found]:
    """Give every file below `exports` by path; one that must not be opened carries the reason.

    Archives are given as they lie there. A folder that cannot be looked into is given like a file.
    """
    root = exports.resolve()
    if not root.is_dir():
        return []
    by_name = attrgetter("source_file")
    # Names that read alike on screen are in the order of their bytes, as the system gives them.
    return list(_told_apart(sorted(_walk(root), key=by_name)))


def fingerprint(path: Path) -> str:
    """Digest the content of a file; raise DeliveryError if it cannot be opened."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise DeliveryError(
            f"cannot be opened ({error.strerror}); check its permissions and the disk"
        ) from error


@cache
def refusal_of_place(source: str) -> str:
    """Say what is wrong with a file in the folder of this name, or nothing."""
    if not source:
        return "lies in no source folder; move it to exports/<source>/"
    if source not in sources():
        near = ", ".join(_near_sources(source))
        return f"lies in the unknown source folder {source}; the nearest sources are {near}"
    return ""


def _walk(root: Path) -> Iterator[Found]:
    """Look into every folder; no recursion, for folders may be deeper than Python's stack."""
    folders = [(str(root), "")]
    while folders:
        folder, inner = folders.pop()
        try:
            with os.scandir(folder) as entries:
                listed = {
                    entry.name: entry for entry in entries if not is_litter(os.fsencode(entry.name))
                }
        except OSError as error:
            yield _unseen(folder, inner, error)
            continue
        for name in without_companions(sorted(listed)):
            entry = listed[name]
            source_file = f"{inner}{readable_name(os.fsencode(name))}"
            if entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, f"{source_file}/"))
            else:
                yield _found(entry, source_file, root)


def _unseen(folder: str, inner: str, error: OSError) -> Found:
    refusal = (
        f"is a folder that cannot be looked into ({error.strerror}); check its permissions and the "
        "disk, or shorten its path"
    )
    return Found(_source_of(inner), inner.rstrip("/") or ".", Path(folder), 0, 0, refusal)


def _source_of(source_file: str) -> str:
    folder, slash, _ = source_file.partition("/")
    return folder if slash else ""


def _found(entry: "os.DirEntry[str]", source_file: str, root: Path) -> Found:
    source = _source_of(source_file)
    try:
        status = entry.stat()
    except OSError:
        broken = "is a link to nothing; copy the file itself"
        return Found(source, source_file, Path(entry.path), 0, 0, broken)
    if stat.S_ISREG(status.st_mode):
        refusal = _refusal(source, source_file, entry, root)
    else:
        refusal = "is a linked folder or no file at all; copy the files themselves"
    path = Path(entry.path)
    return Found(source, source_file, path, status.st_size, status.st_mtime_ns, refusal)


def _refusal(source: str, source_file: str, entry: "os.DirEntry[str]", root: Path) -> str:
    if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root.parent):
        return "is a link to a file outside the workspace; copy the file itself"
    if extension_of(source_file) == ".zip":
        # Beside the folders of the sources, an archive may hold such folders itself.
        return refusal_of_place(source) if source else ""
    return refusal_of_place(source) or refusal_of_kind(source_file)


def _told_apart(found: list[Found]) -> Iterator[Found]:
    """Number names that read alike, once in UTF-8 and once in GB18030: rows are known by the file they are of."""
    taken: set[str] = set()
    for file in found:
        stem, extension = splitext(file.source_file)
        named, number = file.source_file, 1
        while named in taken:
            number += 1
            named = f"{stem} ({number}){extension}"
        taken.add(named)
        yield file if number == 1 else replace(file, source_file=named)


def _near_sources(folder: str) -> list[str]:
    names: Mapping[str, str] = {
        spelling: name
        for name, source in sources().items()
        for spelling in (name, source.title, source.title_en)
    }
    near = process.extract(
        folder, list(names), scorer=fuzz.WRatio, processor=utils.default_process, limit=None
    )
    return list(dict.fromkeys(names[spelling] for spelling, _, _ in near))[:_NEAR_NAMES]
