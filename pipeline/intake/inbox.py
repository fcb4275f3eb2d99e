"""Which files are there, and which of them were not there before: nothing is opened that need not be."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rapidfuzz import fuzz, process, utils

from pipeline.errors import DeliveryError
from pipeline.intake.open import extensions
from schemas.catalog import sources

# What editors and file managers leave beside the files of people.
_LITTER = frozenset(("desktop.ini", "thumbs.db"))
_NEAR_NAMES = 3


@dataclass(frozen=True)
class Found:
    """A file below exports/, with what tells without opening it whether it changed."""

    source: str
    source_file: str
    path: Path
    size: int
    modified_ns: int
    refusal: str = ""

    @property
    def extension(self) -> str:
        """What the file is named to be, with the dot, in lower case."""
        return PurePosixPath(self.source_file).suffix.lower()

    def is_untouched(self) -> bool:
        """Whether the file is still what the scan found, by size and time."""
        try:
            status = self.path.stat()
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == (self.size, self.modified_ns)


def scan(exports: Path) -> list[Found]:
    """Give every file below `exports` by path; one that must not be opened carries the reason."""
    root = exports.resolve()
    found = [_found(path, root) for path in _walk(root)]
    return sorted(found, key=lambda file: file.source_file)


def fingerprint(path: Path) -> str:
    """Digest the content of a file; raise DeliveryError if it cannot be opened."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise DeliveryError(
            f"cannot be opened ({error.strerror}); check its permissions and the disk"
        ) from error


def _walk(root: Path) -> Iterator[Path]:
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        links = [name for name in subfolders if Path(folder, name).is_symlink()]
        yield from (Path(folder, name) for name in [*links, *names] if not _is_litter(name))


def _is_litter(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _LITTER


def _found(path: Path, root: Path) -> Found:
    source_file = readable(path.relative_to(root))
    folders = PurePosixPath(source_file).parts[:-1]
    source = folders[0] if folders else ""
    try:
        status = path.stat()
    except OSError:
        return Found(source, source_file, path, 0, 0, "is a link to nothing; copy the file itself")
    refusal = _refusal(path, source, root, is_file=stat.S_ISREG(status.st_mode))
    return Found(source, source_file, path, status.st_size, status.st_mtime_ns, refusal)


def _refusal(path: Path, source: str, root: Path, *, is_file: bool) -> str:
    if not is_file:
        return "is a linked folder or no file at all; copy the files themselves"
    if not path.resolve().is_relative_to(root.parent):
        return "is a link to a file outside the workspace; copy the file itself"
    if not source:
        return "lies in no source folder; move it to exports/<source>/"
    if source not in sources():
        near = ", ".join(_near_sources(source))
        return f"lies in the unknown source folder {source}; the nearest sources are {near}"
    if path.suffix.lower() not in extensions():
        return (
            f"is of a kind that is not read ({path.suffix or 'no extension'}); "
            f"deliver it as {', '.join(extensions())}"
        )
    return ""


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


def readable(path: Path) -> str:
    """Give a path as text, `/` between its parts; names unpacked from a Chinese Windows are in GB18030."""
    name = os.fsencode(path)
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("utf-8", errors="replace")
