"""Tell the matcher what inspectors found: that the two rows of a case are two people, or one."""

from dataclasses import dataclass
from datetime import date

import duckdb

from detectors.identity import decisions
from pipeline.cases.settle import prepare
from pipeline.cases.statements import run
from pipeline.store.database import transaction


@dataclass(frozen=True)
class Told:
    """How many cases say that their rows are one person, or two."""

    one: int
    two: int

    def __str__(self) -> str:
        """Tell the counts in one sentence."""
        return f"{self.one} cases confirmed as one person, {self.two} found to be two people"


def tell_matcher(con: duckdb.DuckDBPyConnection, as_of: date) -> Told:
    """Replace what main.reviews says of identity in the matcher's tables; what others asked of it stays.

    A case that was not confirmed because of twins, namesakes or two people holds its rows apart from the next
    matching on; a confirmed case of dual enrolment holds them together. A row is known by what it said on the
    night that the inspector saw, wherever later deliveries put it.
    """
    with transaction(con):
        prepare(con)
        decisions.prepare(con)
        run(con, "agreed", as_of=as_of)
        ((one, two),) = run(con, "same_person")
    return Told(int(str(one)), int(str(two)))


def digest(con: duckdb.DuckDBPyConnection) -> str:
    """Digest what the matcher was told, in this and other ways: persons depend on it."""
    decisions.prepare(con)
    rows = con.execute(
        """
        select md5(string_agg(told, chr(10) order by told))
        from (
            select concat_ws('|', 'one', record_id_a, record_id_b) as told from identity.must_link
            union all
            select concat_ws('|', 'two', record_id_a, record_id_b) as told from identity.must_not_link
            union all
            select concat_ws('|', record_id, said_key) as told from identity.decided_row
            where starts_with(record_id, 'case ')
        )
        """
    ).fetchall()
    return str(rows[0][0])
