"""Keyed encodings of identity fields, so that two ministries can match rows without exchanging numbers or names.

Both sides normalise alike, then take HMAC (RFC 2104) with SM3 (GB/T 32905-2016) under a key that both hold; where the
other side's software has no SM3, both choose SHA-256. An encoding begins with the name of its digest, so that the two
are never compared by mistake. Whoever holds the key can try all numbers: the key is as secret as the list.
"""

import csv
import hashlib
import hmac
import io
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

import duckdb
import pyarrow as pa

from detectors.identity.written import install
from pipeline.errors import UsageError
from schemas.catalog import sources
from schemas.headings import columns_by_heading, fold_heading
from schemas.model import Column, Personal

Digest = Literal["sm3", "sha256"]

_MARKED_FOR_MATCHING = frozenset({"id", "name", "birth", "phone"})
_SHORTEST_KEY = 32


@dataclass(frozen=True)
class _IdentityColumn:
    """An identity column of the file: where it stands, what we call it, how it is marked."""

    position: int
    name: str
    personal: Personal


@dataclass(frozen=True)
class Encoded:
    """What was encoded, and by which digest."""

    rows: int
    columns: tuple[str, ...]
    blank: int
    digest: Digest

    def __str__(self) -> str:
        """Tell it in one sentence."""
        return (
            f"{self.rows:,} rows, {', '.join(self.columns)} encoded by HMAC-{self.digest.upper()}; "
            f"{self.blank:,} cells empty or without content"
        )


def encode_file(source: Path, target: Path, key_file: Path, digest: Digest = "sm3") -> Encoded:
    """Write a CSV with `row` and one encoding for each identity column of `source`; nothing else is copied.

    UsageError where the key is weak or open to others, no column is known, or SM3 is missing here.
    """
    key = read_key(key_file)
    _must_have(digest)
    header, *rows = _read(source)
    columns = _identity_columns(header, source)
    values = _normalised(rows, columns)
    with _private(target) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["row", *(f"{column.name}_code" for column in columns)])
        for number, cells in enumerate(zip(*values, strict=True), start=2):
            codes = (
                encoded(key, column.name, cell, digest)
                for column, cell in zip(columns, cells, strict=True)
            )
            writer.writerow([number, *codes])
    names = tuple(column.name for column in columns)
    return Encoded(len(rows), names, sum(cells.count("") for cells in values), digest)


def encoded(key: bytes, column: str, value: str, digest: Digest) -> str:
    """Encode one normalised value; the column is part of it, so that no two columns can be compared."""
    if not value:
        return ""
    said = f"{column}\x1f{value}".encode()
    return f"{digest}:{hmac.new(key, said, digest).hexdigest()}"


def _normalised(
    rows: Sequence[Sequence[str]], columns: Sequence[_IdentityColumn]
) -> list[list[str]]:
    """Fold the values of each column as the matcher folds them, so that both sides write them alike."""
    con = duckdb.connect()
    try:
        install(con)
        con.execute(files(__package__).joinpath("read_day.sql").read_text("utf-8")).fetchall()
        query = files(__package__).joinpath("encode.sql").read_text("utf-8")
        folded = []
        for column in columns:
            cells = [row[column.position] if column.position < len(row) else None for row in rows]
            written = {"row_no": range(len(cells)), "cell": pa.array(cells, pa.string())}
            con.register("written", pa.table(written))
            found = con.execute(query, {"personal": column.personal}).fetchall()
            folded.append([str(value) for (value,) in found])
        return folded
    finally:
        con.close()


def read_key(key_file: Path) -> bytes:
    """Read the shared key; UsageError where others may read the file or it is too short to protect anything."""
    try:
        mode = stat.S_IMODE(key_file.stat().st_mode)
        content = key_file.read_bytes().strip()
    except OSError as error:
        raise UsageError(f"{key_file}: the key cannot be read: {error.strerror}") from error
    if mode & 0o077:
        raise UsageError(
            f"{key_file}: mode {mode:04o} lets others read the key; run: chmod 600 {key_file}"
        )
    if len(content) < _SHORTEST_KEY:
        raise UsageError(
            f"{key_file}: the key is shorter than {_SHORTEST_KEY} bytes; make one with: openssl rand -hex 32"
        )
    return content


def _must_have(digest: Digest) -> None:
    if digest not in hashlib.algorithms_available:
        raise UsageError(
            f"{digest} is missing from this Python's OpenSSL; agree on sha256 with the other side"
        )


def _read(source: Path) -> list[list[str]]:
    content = source.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(content.decode(encoding)))) or [[]]
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{source.name}: neither UTF-8 nor GB18030; save it again as CSV")


def _identity_columns(header: Iterable[str], source: Path) -> list[_IdentityColumn]:
    """Find the identity columns by their headings, as any delivery would name them."""
    known = _known_headings()
    found: dict[str, _IdentityColumn] = {}
    for position, heading in enumerate(header):
        column = known.get(fold_heading(heading))
        if column is not None and column.personal is not None:
            found.setdefault(column.name, _IdentityColumn(position, column.name, column.personal))
    if not found:
        raise UsageError(
            f"{source.name}: no identity column; name them as in the contracts, e.g. 身份证件号, 姓名"
        )
    return list(found.values())


def _known_headings() -> dict[str, Column]:
    known: dict[str, Column] = {}
    for source in sources().values():
        for heading, name in columns_by_heading(source).items():
            if source.column(name).personal in _MARKED_FOR_MATCHING:
                known.setdefault(heading, source.column(name))
    return known


def _private(target: Path) -> io.TextIOWrapper:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return io.TextIOWrapper(os.fdopen(handle, "wb"), encoding="utf-8", newline="")
