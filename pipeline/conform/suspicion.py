"""Whether a column can hold damage at all, found at once over its text: most columns are not asked about in SQL."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.conform.plain_numbers import plain_numbers

Mask = npt.NDArray[np.bool_]

# Fewer cells than this are never said to be damage of the column.
_CELLS_OF_A_COLUMN = 5
_ROUNDED = r"^([0-9]{15}0+|[0-9]([.][0-9]+)?[Ee][+][0-9]+)$"
_LOST = r"[?\x{ff1f}\x{fffd}]"


def suspects(query: str, delivered: pa.Table) -> pa.Table | None:
    """Give the filled cells that a statement of `damage_sql` is to be asked about, or None if it would find nothing.

    `delivered` has the cells as `written`. Identity numbers come with `is_plain`: whether they are valid as they stand.
    """
    filled = delivered
    if delivered["written"].null_count:
        filled = delivered.filter(pc.field("written").is_valid())
    if query == "identity_cells":
        is_plain = plain_numbers(filled["written"])
        return None if is_plain.all() else filled.append_column("is_plain", pa.array(is_plain))
    return filled if _SUSPICIONS[query](filled) >= _CELLS_OF_A_COLUMN else None


def _rounded(filled: pa.Table) -> int:
    return _count(pc.match_substring_regex(filled["written"], _ROUNDED))


def _lost(filled: pa.Table) -> int:
    return _count(pc.match_substring_regex(filled["written"], _LOST))


def _other_days(filled: pa.Table) -> int:
    """Count the days that are not those of the number beside them."""
    day = pc.replace_substring(pc.utf8_slice_codeunits(filled["written"], 0, 10), "-", "")
    return _count(pc.not_equal(day, pc.utf8_slice_codeunits(filled["id_number"], 6, 14)))


def _count(told: pa.ChunkedArray) -> int:
    return int(pc.sum(told).as_py() or 0)


_SUSPICIONS: Mapping[str, Callable[[pa.Table], int]] = MappingProxyType(
    {"long_numbers": _rounded, "names": _lost, "shifted_days": _other_days}
)
