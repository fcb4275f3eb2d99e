"""Small valid files of every container, and what chance or malice may do to their bytes."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable, Mapping

from bad_delivery import LIST, PLAIN, rows_of, workbook
from made_containers import (
    archive,
    dbf_of,
    old_workbook,
    parquet_of,
    shared_workbook,
    spreadsheet_ml,
    web_page,
)

CONTAINERS: Mapping[str, tuple[str, bytes]] = {
    "workbook": (".xlsx", workbook(名单=LIST)),
    "workbook of Excel": (".xlsx", shared_workbook(*LIST)),
    "old workbook": (".xls", old_workbook(名单=LIST)),
    "web page": (".xls", web_page(LIST).encode("gbk")),
    "XML spreadsheet": (".xls", spreadsheet_ml(LIST)),
    "text": (".csv", PLAIN.encode()),
    "text in GBK": (".txt", rows_of(*LIST, separator="|").encode("gbk")),
    "text in UTF-16": (".txt", rows_of(*LIST, separator="\t").encode("utf-16")),
    "dBASE table": (".dbf", dbf_of(LIST, (20, 20, 18, 10, 30))),
    "Parquet file": (".parquet", parquet_of(LIST)),
    "archive": (".zip", archive({"a.csv": PLAIN.encode(), "b.xlsx": workbook(名单=LIST)})),
}
# Where readers trust what they read: sizes, counts, offsets.
_EXTREMES = tuple(
    struct.pack(layout, value)
    for layout, value in (
        ("<I", 0xFFFFFFFF),
        ("<I", 0x7FFFFFFF),
        ("<I", 0),
        ("<H", 0xFFFF),
        ("<H", 0),
        ("<Q", 1 << 40),
    )
)
_WORDS = tuple(
    word.encode()
    for word in (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>',
        "&a;",
        "&#0;",
        "&#x110000;",
        "<![CDATA[",
        "<table><tr><td>",
        '" colspan="99999999',
        '" ss:Index="999999999',
        '" r="XFD1048576',
        '"',
        "\0",
        ",,,,",
        "\r",
        "合计",
    )
)

Change = Callable[[bytearray, random.Random], None]


def _flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        content[chance.randrange(len(content))] = chance.randrange(256)


def _cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def _remove(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content))
    del content[start : start + chance.choice((1, 2, 7, 100))]


def _double(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content))
    content[start:start] = content[start : start + chance.choice((1, 16, 512, 5000))]


def _insert(content: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(content))
    content[place:place] = chance.choice(_WORDS)


def _blank(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content))
    length = min(chance.choice((1, 4, 64, 512)), len(content) - start)
    content[start : start + length] = bytes([chance.choice((0, 255, 32))]) * length


def _exaggerate(content: bytearray, chance: random.Random) -> None:
    """Set a field to an extreme; those at the beginning and at the end are the most telling."""
    reach = chance.choice((64, 600, len(content)))
    place = chance.randrange(min(reach, len(content)))
    if chance.random() < 0.3:
        place = len(content) - 1 - place
    extreme = chance.choice(_EXTREMES)
    content[place : place + len(extreme)] = extreme


def _enlarge_a_number(content: bytearray, chance: random.Random) -> None:
    """Make a number that is written in digits absurdly large."""
    digits = [at for at, byte in enumerate(content) if 0x30 <= byte <= 0x39]
    if digits:
        place = chance.choice(digits)
        content[place:place] = chance.choice((b"9" * 9, b"9" * 30, b"-", b"e308", b"0." * 9))


_CHANGES: tuple[Change, ...] = (
    _flip,
    _cut,
    _remove,
    _double,
    _insert,
    _blank,
    _exaggerate,
    _enlarge_a_number,
)


def mutant(container: str, seed: int) -> tuple[str, bytes]:
    """Give the extension and the bytes of a file of that container, changed as the seed says.

    Half of the changes of a zipped container go into a member, which is then zipped anew: otherwise nothing but the
    unzipping would be tried.
    """
    chance = random.Random(f"{container} {seed}")  # noqa: S311 - no secrets
    extension, content = CONTAINERS[container]
    if extension in {".xlsx", ".zip"} and chance.random() < 0.6:
        return extension, _with_changed_member(content, chance)
    return extension, _changed(content, chance)


def _changed(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        if changed:
            chance.choice(_CHANGES)(changed, chance)
    return bytes(changed)


def _with_changed_member(content: bytes, chance: random.Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            member = old.read(name)
            new.writestr(name, _changed(member, chance) if name == chosen else member)
    return stream.getvalue()
