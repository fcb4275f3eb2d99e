"""Archives as folders: their members are deliveries of their own, read from copies that exist only for the reading."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from zipfile import ZipFile, ZipInfo

from pipeline.errors import DeliveryError
from pipeline.intake.entrusted import Reading
from pipeline.intake.foreign import extension_of, refusal_of_kind
from pipeline.intake.inbox import Found, Packed, refusal_of_place
from pipeline.intake.names import is_passed_over, member_name, without_companions
from pipeline.intake.unpacking import (
    MOST_MEMBERS,
    TOO_MANY,
    opened,
    refusal_of_member,
    unpacked,
)
from schemas.catalog import sources

_MOST_BYTES = 8 << 30
_DEEPEST = 3
_TOO_DEEP = f"lies {_DEEPEST} archives deep and is one itself; unpack the inner ones"
_TOO_LARGE = f"unpacks to more than {_MOST_BYTES >> 30} GB; pack it in several archives"
_HOLDS_NOTHING = "holds no file that could be read; look whether the right folder was packed"
_NO_SOURCE = "lies in no source folder and holds none; move it to exports/<source>/"
_ALIKE = "shares its name with another file of the archive; pack the folder again"


class _TooMuchError(DeliveryError):
    """An archive holds more than may be unpacked, whichever of the archives in it is to blame."""


@dataclass
class _Room:
    """What an archive, with all archives in it, may still hold."""

    members: int = MOST_MEMBERS
    bytes: int = _MOST_BYTES

    def take(self, *, members: int = 0, size: int = 0) -> None:
        """Use some of it up; raise _TooMuchError where there is no more."""
        self.members -= members
        self.bytes -= size
        if self.members < 0:
            raise _TooMuchError(TOO_MANY)
        if self.bytes < 0:
            raise _TooMuchError(_TOO_LARGE)


@dataclass(frozen=True)
class _Shelf:
    """An archive opened at some depth: the file on disk it belongs to, and the way to it inside that."""

    file: Found
    room: _Room
    scratch: Path
    inner: str = ""
    members: tuple[int, ...] = ()


def contents(file: Found, scratch: Path) -> list[Reading]:
    """Give what an archive holds, each member with its digest, or the archive itself with why nothing of it is read.

    Archives in it are unpacked into the folder `scratch`, where `at_hand` finds them again.
    """
    shelf = _Shelf(file, _Room(), scratch)
    try:
        held = _on(shelf, file.path)
    except DeliveryError as error:
        return [Reading(replace(file, refusal=str(error)))]
    if not any(reading.file.source for reading in held):
        return [Reading(replace(file, refusal=_NO_SOURCE))]
    return _told_apart(held)


@contextmanager
def at_hand(file: Found, scratch: Path) -> Iterator[Path]:
    """Give a path from which a delivery can be read; that of a member is a copy in `scratch`, gone afterwards."""
    if file.packed is None:
        yield file.path
        return
    holder = file.path
    *outer, last = file.packed.members
    for depth, place in enumerate(outer, 1):
        with opened(holder) as archive:
            copy = _copy_of_archive(file, file.packed.members[:depth], scratch)
            holder = _unpack(archive, archive.infolist()[place], copy)
    with NamedTemporaryFile(dir=scratch, suffix=file.extension) as copy_of_member:
        with opened(holder) as archive:
            copy_of_member.writelines(unpacked(archive, archive.infolist()[last]))
        copy_of_member.flush()
        yield Path(copy_of_member.name)


def _on(shelf: _Shelf, path: Path) -> list[Reading]:
    """Give what an archive holds, or raise DeliveryError: nothing of it can be read."""
    with opened(path) as archive:
        listed = [one for one in enumerate(archive.infolist()) if not is_passed_over(one[1])]
        wanted = set(without_companions(member_name(member) for _, member in listed))
        members = [(place, member) for place, member in listed if member_name(member) in wanted]
        shelf.room.take(members=len(members))
        held = [one for place, member in members for one in _read(shelf, archive, place, member)]
    if not held:
        raise DeliveryError(_HOLDS_NOTHING)
    return held


def _read(shelf: _Shelf, archive: ZipFile, place: int, member: ZipInfo) -> list[Reading]:
    """Give a member, or what an archive in an archive holds; what is wrong with it costs nothing else."""
    inner = f"{shelf.inner}/{member_name(member)}"
    at = replace(shelf, inner=inner, members=(*shelf.members, place))
    found = _found(at, member)
    refusal = refusal_of_member(member) or (not _is_archive(inner) and found.refusal)
    if refusal:
        return [Reading(replace(found, refusal=refusal))]
    try:
        if _is_archive(inner):
            return _inside(at, archive, member)
        return [Reading(found, _digest(archive, member, shelf.room))]
    except _TooMuchError:
        raise
    except DeliveryError as error:
        return [Reading(replace(found, refusal=str(error)))]


def _is_archive(name: str) -> bool:
    return extension_of(name) == ".zip"


def _inside(shelf: _Shelf, archive: ZipFile, member: ZipInfo) -> list[Reading]:
    if len(shelf.members) == _DEEPEST:
        raise DeliveryError(_TOO_DEEP)
    copy = _copy_of_archive(shelf.file, shelf.members, shelf.scratch)
    shelf.room.take(size=member.file_size)
    return _on(shelf, _unpack(archive, member, copy))


def _found(shelf: _Shelf, member: ZipInfo) -> Found:
    folders = shelf.inner.split("/")[1:-1]
    file = shelf.file
    source = file.source or next((folder for folder in folders if folder in sources()), "")
    return Found(
        source=source,
        source_file=file.source_file + shelf.inner,
        path=file.path,
        size=member.file_size,
        modified_ns=file.modified_ns,
        refusal=refusal_of_place(source) or refusal_of_kind(shelf.inner),
        packed=Packed(file.source_file, file.size, shelf.members),
    )


def _digest(archive: ZipFile, member: ZipInfo, room: _Room) -> str:
    digest = sha256()
    for piece in unpacked(archive, member):
        room.take(size=len(piece))
        digest.update(piece)
    return digest.hexdigest()


def _copy_of_archive(file: Found, members: tuple[int, ...], scratch: Path) -> Path:
    """Say where the copy of an archive in an archive lies, for all processes that read from it."""
    told = f"{file.path}|{file.size_on_disk}|{file.modified_ns}|{members}"
    return scratch / f"{sha256(os.fsencode(told)).hexdigest()[:24]}.zip"


def _unpack(archive: ZipFile, member: ZipInfo, target: Path) -> Path:
    """Unpack a member under a name that shows only once it is whole, unless it is there."""
    if not target.exists():
        with TemporaryDirectory(dir=target.parent) as folder:
            unfinished = Path(folder, target.name)
            with unfinished.open("wb") as stream:
                stream.writelines(unpacked(archive, member))
            unfinished.replace(target)
    return target


def _told_apart(held: list[Reading]) -> list[Reading]:
    """Refuse members of one name: nobody could say which of them a row is from."""
    named = Counter(reading.file.source_file for reading in held)
    kept = [reading for reading in held if named[reading.file.source_file] == 1]
    alike = {
        reading.file.source_file: Reading(replace(reading.file, refusal=_ALIKE))
        for reading in held
        if named[reading.file.source_file] > 1
    }
    return [*kept, *alike.values()]
