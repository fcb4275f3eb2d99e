"""Judge the night's patterns of agreement and hand each pair its verdict."""

import duckdb
import pyarrow as pa

from detectors.identity.judgement import judge
from detectors.identity.model import Model
from detectors.identity.pattern import FIELDS, Pattern
from detectors.identity.statements import run

VERDICT = pa.schema(
    [
        ("pattern_no", pa.int64()),
        ("finding", pa.string()),
        ("weight", pa.float64()),
        ("probability", pa.float64()),
        ("reason", pa.string()),
    ]
)


def patterns(con: duckdb.DuckDBPyConnection) -> tuple[tuple[int, Pattern, int], ...]:
    """Read the compared patterns: number, pattern, pairs."""
    columns = con.sql("select * from identity.pattern order by pattern_no").to_arrow_table()
    levels = zip(*(columns[field].to_pylist() for field in FIELDS), strict=True)
    return tuple(
        (number, Pattern(*one), pairs)
        for number, one, pairs in zip(
            columns["pattern_no"].to_pylist(), levels, columns["pairs"].to_pylist(), strict=True
        )
    )


def weigh(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Write `identity.judged`: every compared pair with weight, probability, finding and reason."""
    verdicts = [
        (number, str(verdict.finding), verdict.weight, verdict.probability, verdict.reason)
        for number, pattern, _ in patterns(con)
        for verdict in (judge(pattern, model),)
    ]
    columns = list(zip(*verdicts, strict=True)) or [()] * len(VERDICT)
    con.register("verdict", pa.table([list(column) for column in columns], schema=VERDICT))
    run(con, "judged")
    con.unregister("verdict")
