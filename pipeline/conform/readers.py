"""How the cells of each column are read: nearly all as plain text by Arrow, the others by a macro of reader_sql.

A new reader is a macro and a line here. A macro takes the text of a cell and gives a value of the column's SQL type,
or null for what it cannot read. It is asked for each distinct text once, and only for texts that are not plain:
before it reads its first cell, DuckDB compiles every pattern in it, which takes up to 60 ms. Plain is what the macro
would read the same way; where in doubt, a cell is not plain.

Must be there: read_text, read_code, read_id, read_name, read_grade, read_date, read_month, read_int, read_money and
read_bool of a cell, read_listed of a cell and the name of a code list; is_program_null and says_nothing of a cell.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from schemas.catalog import code_lists
from schemas.model import Column, ColumnType, SqlType

Test = Callable[[pa.Array], pa.Array]
Cast = Callable[[pa.Array], pa.Array]

# Text that identifies: inner blanks and Excel guards are no part of it.
_CODE_ENDINGS = ("_code", "_no", "_id", "phone", "aid_card")
# From 1910 on, and before the end of 2099 that programs write where there is none.
_DAY = (
    r"^((19[1-9]\d|20\d\d)-((0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|10)-31)"
    r"|(19[1-9]\d|20([0-8]\d|9[0-8]))-12-31|(19(1[26]|[2468][048]|[3579][26])|20([02468][048]|[13579][26]))-02-29)$"
)
_MONTH = r"^(19[1-9]\d|20\d\d)(0[1-9]|1[0-2])$"
_INT = r"^-?\d{1,15}$"
_MONEY = r"^-?\d{1,11}([.]\d{1,2})?$"
_NO_NAMES = ("暂无", "没有", "空白", "未知", "不详", "不明", "待补")
_UNREADABLE_TEXT = "holds nothing but quotation marks"

ARROW_TYPES: Mapping[SqlType, pa.DataType] = MappingProxyType(
    {
        "VARCHAR": pa.string(),
        "DATE": pa.date32(),
        "INTEGER": pa.int32(),
        "BIGINT": pa.int64(),
        "DECIMAL(14,2)": pa.decimal128(14, 2),
        "BOOLEAN": pa.bool_(),
    }
)
"""What a typed column is in Arrow."""


@dataclass(frozen=True)
class Reader:
    """How the cells of a column become values.

    `macro` is the SQL that reads a cell: {} is its text, a second {} `argument`. `expected` says what a cell that it
    cannot read is not, unless `silent`, SQL as well, finds that it means to be empty. `is_plain` finds the cells that
    need no macro: `cast` gives their values; without it they are copied.
    """

    macro: str
    expected: str
    is_plain: Test
    cast: Cast | None = None
    argument: str = ""
    silent: str = "says_nothing({})"


def reader_of(column: Column) -> Reader:
    """Give the reader of a column: by its type, and that of text by what the text names."""
    if column.type == "code":
        return _listed(str(column.code_list))
    if column.type != "text":
        return _BY_TYPE[column.type]
    if column.personal == "name":
        return _NAME
    return _CODE if column.name.endswith(_CODE_ENDINGS) else _BY_NAME.get(column.name, _TEXT)


def _like(pattern: str) -> Test:
    return lambda cells: pc.match_substring_regex(cells, pattern)


def _one_of(words: Iterable[str]) -> Test:
    known = pa.array(words, pa.string())
    return lambda cells: pc.is_in(cells, value_set=known)


def _as(type_: pa.DataType) -> Cast:
    return lambda cells: pc.cast(cells, type_)


def _has_digits(cells: pa.Array) -> pa.Array:
    """Find what is letters and digits: no word for nothing, as NULL is, nothing to take off."""
    return pc.and_(pc.ascii_is_alnum(cells), pc.invert(pc.ascii_is_alpha(cells)))


def _is_no_null(cells: pa.Array) -> pa.Array:
    """Find text that no program writes for null: all of that is ASCII."""
    return pc.or_(pc.invert(pc.string_is_ascii(cells)), _has_digits(cells))


def _is_han(cells: pa.Array) -> pa.Array:
    nothing = pc.is_in(cells, value_set=pa.array(_NO_NAMES))
    return pc.and_(pc.match_substring_regex(cells, "^[一-龥]{2,4}$"), pc.invert(nothing))


@cache
def _listed(code_list: str) -> Reader:
    """Give the reader of a code list, to which the spellings of the list are plain."""
    spellings = code_lists()[code_list].spellings
    known, values = pa.array(spellings.keys()), pa.array(spellings.values())
    return Reader(
        "read_listed({}, {})",
        f"not in the code list {code_list}",
        _one_of(spellings),
        lambda cells: values.take(pc.index_in(cells, value_set=known)),
        argument=code_list,
    )


_TEXT = Reader("read_text({})", _UNREADABLE_TEXT, _is_no_null, silent="is_program_null({})")
_CODE = Reader("read_code({})", _UNREADABLE_TEXT, _has_digits)
_NAME = Reader("read_name({})", _UNREADABLE_TEXT, _is_han)
_BY_NAME: Mapping[str, Reader] = MappingProxyType(
    {"grade": Reader("read_grade({})", _UNREADABLE_TEXT, _has_digits)}
)
_BY_TYPE: Mapping[ColumnType, Reader] = MappingProxyType(
    {
        "id": Reader("read_id({})", _UNREADABLE_TEXT, _like("^[0-9]{17}[0-9X]$")),
        "date": Reader(
            "read_date({})", "not a date in any known style", _like(_DAY), _as(pa.date32())
        ),
        "month": Reader(
            "read_month({})",
            "not a month (YYYYMM) in any known style",
            _like(_MONTH),
            _as(pa.int32()),
        ),
        "int": Reader("read_int({})", "not a whole number", _like(_INT), _as(pa.int64())),
        "money": Reader(
            "read_money({})", "not an amount in yuan", _like(_MONEY), _as(pa.decimal128(14, 2))
        ),
        "bool": Reader(
            "read_bool({})",
            "neither 是 nor 否",
            _one_of("是否"),
            lambda cells: pc.equal(cells, "是"),
        ),
    }
)
