"""What the cells of a typed Arrow column say, as text: the spelling that a workbook would give them."""

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.intake.cells import EXACT, column_text
from pipeline.intake.tidying import tidy_column


def arrow_text(column: pa.Array) -> pa.StringArray:
    """Give a typed Arrow column (of a Parquet file) as tidy text; raise ArrowInvalid where it is nested."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return arrow_text(column.dictionary_decode())
    if pa.types.is_boolean(kind):
        return pc.if_else(column, "是", "否")
    if pa.types.is_floating(kind):
        return _float_text(column.cast(pa.float64()))
    if pa.types.is_timestamp(kind) or pa.types.is_time(kind) or pa.types.is_date64(kind):
        return column_text(column.to_pylist())
    return tidy_column(column.cast(pa.string()))


def _float_text(column: pa.DoubleArray) -> pa.StringArray:
    whole = pc.and_(pc.equal(pc.floor(column), column), pc.less(pc.abs(column), EXACT))
    if pc.all(whole).as_py() and not pc.any(pc.is_nan(column)).as_py():
        return column.cast(pa.int64()).cast(pa.string())
    return column_text(column.to_pylist())
