"""Which tables the published database holds, and from which tables of the warehouse each comes."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.cases.settle import case_table
from pipeline.privacy.masking import masked
from schemas.catalog import sources, tables
from schemas.model import Column, Source, Table, TableColumn

_CLEAN = MappingProxyType(
    {
        "enrolments": "core.enrolment",
        "persons": "core.person",
        "aid_lines": "core.aid",
        "changes": "core.change",
        "certificates": "core.certificate",
        "school_directory": "core.school",
        "school_lineage": "core.school_lineage",
        "roll_history": "core.roll_history",
    }
)
"""Published name of each clean table."""

LEDGER = (
    "deliveries",
    "rejected_rows",
    "column_issues",
    "runs",
    "detector_runs",
    "school_profiles",
    "data_quality",
    "review_issues",
)
"""Tables without personal values: copied as they are, comments included."""

_MASKED_TWIN = "_masked"


@dataclass(frozen=True)
class PublishedTable:
    """A table of the published database: its contract, and the masked query that fills it."""

    contract: Table | Source
    name: str
    columns: tuple[str, ...]
    query: str


def published_tables() -> Iterator[PublishedTable]:
    """Give every table that a schema describes, its personal columns masked by the schema's marks."""
    for source in sources().values():
        yield _of_source(source)
    for name, clean in _CLEAN.items():
        yield _of_table(
            tables()[clean].model_copy(update={"schema_name": "main", "name": name}), clean
        )
    yield _person_records()
    yield _of_table(case_table("cases"), "main.cases")
    yield _of_table(case_table("case_records"), "main.case_records")


def _of_source(source: Source) -> PublishedTable:
    """Publish a delivery without its `extra`: nobody can mark what no contract knows."""
    provenance = ("record_id", "source_file", "sheet", "source_row")
    names = (*(column.name for column in source.columns), *provenance)
    listed = ", ".join((*_masked(source.columns), *provenance))
    query = f"select {listed} from {{warehouse}}.main.{source.name}"  # noqa: S608 - names from our own contracts
    return PublishedTable(source, source.name, names, query)


def _of_table(table: Table, origin: str) -> PublishedTable:
    """Publish a table; where a column has a masked twin, the twin is published in its place."""
    twins = {column.name for column in table.columns if column.name.endswith(_MASKED_TWIN)}
    kept = tuple(column for column in table.columns if column.name not in twins)
    listed = ", ".join(
        f"scrub({column.name}{_MASKED_TWIN}) as {column.name}"
        if f"{column.name}{_MASKED_TWIN}" in twins
        else f"{masked(column, column.name)} as {column.name}"
        for column in kept
    )
    order = ", ".join(column.name for column in kept if column.key) or "all"
    query = f"select {listed} from {{warehouse}}.{origin} order by {order}"  # noqa: S608 - names from our own contracts
    names = tuple(column.name for column in kept)
    return PublishedTable(table.model_copy(update={"columns": kept}), table.name, names, query)


def _person_records() -> PublishedTable:
    """Publish which person each delivered row was taken for, with the row's place."""
    link, record = tables()["core.person_link"], tables()["core.person_record"]
    columns = (*link.columns, *(one for one in record.columns if one.name != "record_id"))
    contract = record.model_copy(
        update={"schema_name": "main", "name": "person_records", "columns": columns}
    )
    listed = ", ".join(
        (
            *(f"person_link.{column.name}" for column in link.columns),
            *_masked(columns[len(link.columns) :]),
        )
    )
    query = (
        f"select {listed} from {{warehouse}}.core.person_link as person_link "  # noqa: S608 - names from our own contracts
        "inner join {warehouse}.core.person_record as person_record "
        "on person_link.record_id = person_record.record_id"
    )
    return PublishedTable(contract, "person_records", tuple(one.name for one in columns), query)


def _masked(columns: tuple[Column, ...] | tuple[TableColumn, ...]) -> Iterator[str]:
    for column in columns:
        yield f"{masked(column, column.name)} as {column.name}"
