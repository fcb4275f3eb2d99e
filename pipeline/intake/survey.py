"""What tonight's files are against those of the account: digests, copies, and which of them are to be read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from pipeline.errors import DeliveryError
from pipeline.intake import inbox
from pipeline.intake.archive import contents
from pipeline.intake.entrusted import Reading
from pipeline.intake.export_day import day_named
from pipeline.intake.inbox import Found
from pipeline.intake.ledger import Known, contract_digest

_EMPTY = sha256().hexdigest()


def survey(found: Iterable[Found], known: Mapping[str, Known], scratch: Path) -> list[Reading]:
    """Give every delivery with its digest, members of archives among them, copies marked, by path.

    What is `known` and has its size and date of then is not opened. Archives in archives are unpacked to `scratch`.
    """
    members = defaultdict(list)
    for before in known.values():
        if before.packed:
            members[before.packed.archive].append(before)
    readings: list[Reading] = []
    for file in found:
        one = known.get(file.source_file)
        if file.extension == ".zip" and not file.refusal:
            held = [*members[file.source_file], *([one] if one else [])]
            readings += _standing(file, held) or contents(file, scratch)
        else:
            readings.append(_reading(file, one))
    readings.sort(key=lambda reading: reading.file.source_file)
    return _copies_marked(readings)


def is_as_before(reading: Reading, before: Known | None) -> bool:
    """Whether what the account says of a file still holds."""
    if before is None or before.contract != contract_digest():
        return False
    if reading.digest is None:
        return before.digest is None and before.refusal == reading.file.refusal
    return (reading.digest, reading.copy_of) == (before.digest, before.copy_of)


def is_in_place(file: Found, before: Known) -> bool:
    """Whether a file has the size, the date and the place in an archive that the account has."""
    now = (file.size, file.modified_ns, file.packed)
    return now == (before.size, before.modified_ns, before.packed)


def _standing(file: Found, held: Sequence[Known]) -> list[Reading]:
    """Give what the account has of an archive that is as it was, without opening it; nothing if it changed."""
    for before in held:
        size = before.packed.size if before.packed else before.size
        if (size, before.modified_ns) != (file.size, file.modified_ns):
            return []
        if before.contract != contract_digest():
            return []
    return [Reading(_found_again(file, before), before.digest) for before in held]


def _found_again(file: Found, before: Known) -> Found:
    return replace(
        file,
        source=before.source,
        source_file=before.source_file,
        size=before.size,
        packed=before.packed,
        refusal=before.refusal,
    )


def _reading(file: Found, before: Known | None) -> Reading:
    """Fingerprint a file; size and date as before vouch for the content as before."""
    if file.refusal:
        return Reading(file)
    if before and before.digest and is_in_place(file, before):
        return Reading(file, before.digest)
    try:
        return Reading(file, inbox.fingerprint(file.path))
    except DeliveryError as error:
        return Reading(replace(file, refusal=str(error)))


def _copies_marked(readings: Sequence[Reading]) -> list[Reading]:
    """Mark files of equal content in one source: counted twice, every payment would be a double one.

    The latest day in a name counts: a list that is as it was in January replaces that of April. Else the shortest
    name outside archives does, whatever came first: a.xlsx, not a (1).xlsx.
    """
    counted: dict[tuple[str, str], str] = {}
    for reading in sorted(readings, key=_rank):
        if _has_content(reading):
            counted.setdefault(_content(reading), reading.file.source_file)
    marked = []
    for reading in readings:
        original = counted.get(_content(reading), reading.file.source_file)
        is_copy = original != reading.file.source_file and _has_content(reading)
        marked.append(replace(reading, copy_of=original) if is_copy else reading)
    return marked


def _rank(reading: Reading) -> tuple[int, int, int, str]:
    file = reading.file
    day = day_named(file.source_file)
    depth = len(file.packed.members) if file.packed else 0
    return -day.toordinal() if day else 0, depth, len(file.source_file), file.source_file


def _has_content(reading: Reading) -> bool:
    return reading.digest not in (None, _EMPTY)


def _content(reading: Reading) -> tuple[str, str]:
    return reading.file.source, reading.digest or ""
