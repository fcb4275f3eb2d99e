"""A compound file (the container of .xls, .doc and of encrypted workbooks): what it holds, and whether it is whole.

Its sectors are chained like those of a disk ([MS-CFB]). A chain that bites its tail makes calamine fill the memory,
so every chain that it would follow is followed here first.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from pipeline.errors import DeliveryError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES = 512
_SECTORS_IN_HEADER = 109
_ENTRY_BYTES = 128
_NO_MORE = 0xFFFFFFFA
# A stream shorter than this lies in short sectors of 64 bytes, within the stream of the root.
_SHORT_STREAM, _SHORT_SECTOR = 4096, 64
_INCOMPLETE = "is incomplete or damaged; copy or export it again"


@dataclass(frozen=True)
class Entry:
    """An entry of the directory: its name, its neighbours, where its content begins and how long it is."""

    name: str
    neighbours: tuple[int, int]
    child: int
    first: int
    size: int


@dataclass(frozen=True)
class Compound:
    """A compound file whose sectors are looked up, not loaded; every look-up may raise DeliveryError."""

    path: Path
    header: bytes

    @cached_property
    def streams(self) -> dict[str, Entry]:
        """Give the entries that lie in no folder of the file by name; embedded objects lie in folders."""
        found: dict[str, Entry] = {}
        seen: set[int] = set()
        wanted = [self._entries[0].child] if self._entries else []
        while wanted:
            number = wanted.pop()
            if number < len(self._entries) and number not in seen:
                seen.add(number)
                found[self._entries[number].name] = self._entries[number]
                wanted += self._entries[number].neighbours
        return found

    def read(self, name: str, most: int | None = None) -> bytes:
        """Give a stream, or `most` bytes of it, having made sure that all of it is there."""
        entry = self.streams[name]
        if entry.size >= _SHORT_STREAM:
            chain = self._chain(entry.first)
            if len(chain) * self._sector < entry.size:
                raise DeliveryError(_INCOMPLETE)
            wanted = entry.size if most is None else min(most, entry.size)
            return self._content(chain[: -(-wanted // self._sector)])[:wanted]
        container = self._content(self._chain(self._entries[0].first))
        chain = _followed(entry.first, self._short_links)
        places = (number * _SHORT_SECTOR for number in chain)
        return b"".join(container[at : at + _SHORT_SECTOR] for at in places)[: entry.size]

    @cached_property
    def _entries(self) -> list[Entry]:
        content = self._content(self._chain(self._word(48)))
        return [
            _entry(content[at : at + _ENTRY_BYTES]) for at in range(0, len(content), _ENTRY_BYTES)
        ]

    @cached_property
    def _links(self) -> list[int]:
        """Give the sector that follows each sector."""
        places = list(struct.unpack_from(f"<{_SECTORS_IN_HEADER}I", self.header, 76))
        following, seen = self._word(68), set[int]()
        while following < _NO_MORE:
            if following in seen:
                raise DeliveryError(_INCOMPLETE)
            seen.add(following)
            *more, following = self._table([following])
            places += more
        tables = self._word(44)
        if tables > len(places) or len(set(places[:tables])) < tables:
            raise DeliveryError(_INCOMPLETE)
        return self._table(places[:tables])

    @cached_property
    def _short_links(self) -> list[int]:
        return self._table(self._chain(self._word(60)))

    def _chain(self, first: int) -> list[int]:
        chain = _followed(first, self._links)
        if chain and (max(chain) + 1) * self._sector >= self._bytes:
            raise DeliveryError(_INCOMPLETE)
        return chain

    def _table(self, sectors: Sequence[int]) -> list[int]:
        table: list[int] = np.frombuffer(self._content(sectors), "<u4").tolist()
        return table

    def _content(self, sectors: Sequence[int]) -> bytes:
        with self.path.open("rb") as file:
            pieces = []
            for first, many in _runs(sectors):
                file.seek((first + 1) * self._sector)
                # The last sector of a file need not be written out in full.
                pieces.append(file.read(many * self._sector).ljust(many * self._sector, b"\0"))
        return b"".join(pieces)

    @cached_property
    def _bytes(self) -> int:
        return self.path.stat().st_size

    @property
    def _sector(self) -> int:
        return 1 << self.header[30]

    def _word(self, at: int) -> int:
        return int(struct.unpack_from("<I", self.header, at)[0])


def open_compound(path: Path) -> Compound:
    """Open a compound file; raise DeliveryError if its header makes no sense."""
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or header[30] not in (9, 12) or header[32] != 6:
        raise DeliveryError(_INCOMPLETE)
    return Compound(path, header)


def _runs(sectors: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the sectors that lie side by side as one: the first, and how many."""
    places = np.asarray(sectors, np.int64)
    starts = np.flatnonzero(np.diff(places, prepend=-2) != 1)
    lengths = np.diff(starts, append=len(places))
    yield from zip(places[starts].tolist(), lengths.tolist(), strict=True)


def _followed(first: int, links: Sequence[int]) -> list[int]:
    """Follow a chain to its end; one longer than there are sectors bites its tail."""
    chain: list[int] = []
    while first < _NO_MORE:
        if first >= len(links) or len(chain) >= len(links):
            raise DeliveryError(_INCOMPLETE)
        chain.append(first)
        first = links[first]
    return chain


def _entry(entry: bytes) -> Entry:
    length = min(struct.unpack_from("<H", entry, 64)[0], 64)
    name = entry[: max(length - 2, 0)].decode("utf-16-le", errors="replace")
    left, right, child = struct.unpack_from("<III", entry, 68)
    first, size = struct.unpack_from("<II", entry, 116)
    return Entry(name, (left, right), child, first, size)
