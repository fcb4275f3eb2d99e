"""What the cells of a typed Arrow column say, as text: the spelling that a workbook would give them."""

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.intake.cells import EXACT, column_text, number_text
from pipeline.intake.tidying import null_if_empty, tidy_column

# An instant is a day in China: Spark writes midnight there as 16:00 of the day before.
_ZONE = "Asia/Shanghai"
_MIDNIGHT = " 00:00:00"
_FRACTION_OF_ZEROS = r"\.0+$|(\.\d*[1-9])0+$"


def arrow_text(column: pa.Array) -> pa.StringArray:
    """Give a typed Arrow column (of a Parquet file) as tidy text.

    Raises ArrowInvalid where it is nested, and UnicodeDecodeError where text holds bytes that are not UTF-8.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        return arrow_text(column.dictionary).take(column.indices)
    for is_of_kind, write in _WRITERS:
        if is_of_kind(kind):
            return write(column)
    return tidy_column(column.cast(pa.string()))


def _checked_text(column: pa.Array) -> pa.StringArray:
    try:
        column.validate(full=True)
    except pa.ArrowInvalid as error:
        raise UnicodeDecodeError("utf-8", b"", 0, 0, "in a column of text") from error
    return tidy_column(column.cast(pa.string()))


def _yes_no(column: pa.BooleanArray) -> pa.StringArray:
    return pc.if_else(column, "是", "否")


def _float_text(column: pa.FloatingPointArray) -> pa.StringArray:
    # A short float is taken by its own digits: 0.1 is not 0.100000001490116.
    exact = column if pa.types.is_float64(column.type) else column.cast(pa.string())
    numbers = exact.cast(pa.float64())
    whole = pc.and_(pc.equal(pc.floor(numbers), numbers), pc.less(pc.abs(numbers), EXACT))
    if pc.all(whole).as_py() and not pc.any(pc.is_nan(numbers)).as_py():
        return numbers.cast(pa.int64()).cast(pa.string())
    encoded = numbers.dictionary_encode()
    written = pa.array(map(number_text, encoded.dictionary.to_pylist()), pa.string())
    return null_if_empty(written).take(encoded.indices)


def _instant_text(column: pa.Array) -> pa.StringArray:
    """Write days and instants to the second, midnight as the day alone."""
    stamps = column.cast(pa.timestamp("ms")) if pa.types.is_date64(column.type) else column
    if stamps.type.tz:
        stamps = pc.local_timestamp(stamps.cast(pa.timestamp(stamps.type.unit, tz=_ZONE)))
    # Excel counts days and is therefore off by parts of a second.
    milliseconds = stamps.cast(pa.timestamp("ms"), safe=False).cast(pa.int64())
    seconds = pc.floor(pc.divide(pc.cast(pc.add(milliseconds, 500), pa.float64()), 1000.0))
    texts = seconds.cast(pa.int64()).cast(pa.timestamp("s")).cast(pa.string())
    return pc.if_else(
        pc.ends_with(texts, _MIDNIGHT), pc.utf8_slice_codeunits(texts, 0, -len(_MIDNIGHT)), texts
    )


def _decimal_text(column: pa.Array) -> pa.StringArray:
    kind = column.type
    if kind.scale < 0:
        column = column.cast(pa.decimal256(min(kind.precision - kind.scale, 76), 0))
    texts = column.cast(pa.string())
    if kind.scale <= 0:
        return texts
    return pc.replace_substring_regex(texts, _FRACTION_OF_ZEROS, r"\1")


def _one_by_one(column: pa.Array) -> pa.StringArray:
    return column_text(column.to_pylist())


_WRITERS = (
    (pa.types.is_boolean, _yes_no),
    (pa.types.is_floating, _float_text),
    (pa.types.is_timestamp, _instant_text),
    (pa.types.is_date64, _instant_text),
    (pa.types.is_time, _one_by_one),
    (pa.types.is_duration, _one_by_one),
    (pa.types.is_decimal, _decimal_text),
    (pa.types.is_string, _checked_text),
    (pa.types.is_large_string, _checked_text),
    (pa.types.is_string_view, _checked_text),
)
