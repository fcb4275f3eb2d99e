"""Unpack members of .zip archives as streams, within limits: what a header says of sizes is never relied on."""

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pipeline.errors import DeliveryError
from pipeline.intake.names import leads_outside

MOST_MEMBERS = 20_000
_MOST_BYTES = 4 << 30
# Lists of text shrink to a twentieth, seldom to a hundredth.
_MOST_GROWTH, _GROWTH_COUNTS_FROM = 200, 50 << 20
_PIECE = 1 << 20

_DAMAGED = "is damaged; pack or copy the archive again"
_CUT_OFF = "is no complete archive (cut off, or one part of several); pack or copy it again"
TOO_MANY = f"holds more than {MOST_MEMBERS:,} files; pack it in several archives"
_ENCRYPTED = 0x1 | 0x40

# Folders and litter are listed as well; a directory beyond that is made to fill the memory.
_MOST_LISTED, _DIRECTORY_BYTES = 3 * MOST_MEMBERS, 10 << 20
_DISK, _MEMBERS, _DIRECTORY = 1, 4, 5


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """Open an archive; raise DeliveryError if it is none, is not whole, or its directory would fill the memory."""
    try:
        with path.open("rb") as stream:
            _check_directory(stream)
            stream.seek(0)
            with ZipFile(stream) as archive:
                _check_members(archive, path.stat().st_size)
                yield archive
    except DeliveryError:
        raise
    except OSError as error:
        raise DeliveryError(f"cannot be opened ({error.strerror or 'read error'})") from error
    except BadZipFile as error:
        raise DeliveryError(_CUT_OFF) from error
    except Exception as error:  # a directory made to break its reader costs its archive only
        raise DeliveryError(f"{_DAMAGED} ({type(error).__name__})") from error


def refusal_of_member(member: ZipInfo) -> str:
    """Say why a member must not be unpacked, or nothing."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if leads_outside(member):
        return "names a place outside its archive; pack the folder again"
    if kind not in (0, stat.S_IFREG):
        return "is a link or no file at all; pack the file itself"
    if member.flag_bits & _ENCRYPTED:
        return "is protected by a password; pack it again without one"
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "is packed in a way that is not read; pack it again as an ordinary .zip"
    return _refusal_of_size(member.file_size, member)


def unpacked(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    """Give the content of a member piece by piece; raise DeliveryError where it is damaged or outgrows its limits."""
    size = 0
    for piece in _pieces(archive, member):
        size += len(piece)
        if refusal := _refusal_of_size(size, member):
            raise DeliveryError(refusal)
        yield piece
    if size != member.file_size:
        raise DeliveryError(_DAMAGED)


def _pieces(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(member) as stream:
            while piece := stream.read(_PIECE):
                yield piece
    except Exception as error:  # zlib, zipfile and the disk have many words for it
        raise DeliveryError(_DAMAGED) from error


def _refusal_of_size(size: int, member: ZipInfo) -> str:
    if size > _MOST_BYTES:
        return f"unpacks to more than {_MOST_BYTES >> 30} GB; deliver it in several files"
    if size > max(_GROWTH_COUNTS_FROM, _MOST_GROWTH * member.compress_size):
        return "unpacks to far more than a list can; deliver the file itself"
    return ""


def _check_members(archive: ZipFile, size: int) -> None:
    """Look whether the members can be what they say: not one in the other, and no document of an office."""
    names = {member.filename for member in archive.infolist()}
    if "[Content_Types].xml" in names:
        kind = ".xlsx" if any(name.startswith("xl/") for name in names) else ".docx"
        raise DeliveryError(f"is named .zip but is a {kind} file; rename it to {kind}")
    if sum(member.compress_size for member in archive.infolist()) > size:
        raise DeliveryError(_DAMAGED)


def _check_directory(stream: BinaryIO) -> None:
    """Look at how large the directory says it is, before it is read whole."""
    start = stream.read(2)
    if not start:
        raise DeliveryError("is empty; pack or copy it again")
    if start != b"PK":
        raise DeliveryError("is named .zip but is no such archive; pack the files as .zip")
    # The very reading of the record that ZipFile relies on; another might be led to another record.
    end = zipfile._EndRecData(stream)  # type: ignore[attr-defined]
    if not end or end[_DISK] not in (0, None):
        raise DeliveryError(_CUT_OFF)
    if end[_MEMBERS] > _MOST_LISTED or end[_DIRECTORY] > _DIRECTORY_BYTES:
        raise DeliveryError(TOO_MANY)
