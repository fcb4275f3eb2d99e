"""Who each delivered row says it is about: one query over every source that names people.

Which columns of a source feed `core.person_record` follows from the names in its contract; a source takes part
as soon as it has a column `name`.
"""

from collections.abc import Iterator

from schemas.catalog import sources, tables
from schemas.model import Source

# person_record column -> the names it goes by in the contracts, the first one present wins
_TAKEN_FROM = {
    "registry": ("registry",),
    "name": ("name",),
    "former_name": ("former_name",),
    "sex": ("sex",),
    "born_on": ("birth_date",),
    "id_number": ("id_number",),
    "id_type": ("id_type",),
    "student_no": ("student_no",),
    "exam_no": ("exam_no",),
    "phone": ("phone",),
    "guardian_name": ("guardian_name",),
    "guardian_phone": ("guardian_phone",),
    "guardian_id": ("guardian_id",),
    "address": ("address",),
    "account_no": ("account_no", "aid_card"),
    "school_code": ("school_code",),
    "origin_school": ("origin_school",),
    "hukou_code": ("hukou_code",),
}
_REGISTRY_OF = {
    "vocational_students": "vocational",
    "technical_students": "technical",
    "k12_students": "k12",
    "higher_students": "higher",
}


def person_record_statement() -> str:
    """Insert every delivered row that names a person into core.person_record."""
    parts = "\nunion all\n".join(_select(source) for source in _naming_people())
    columns = ", ".join(column.name for column in tables()["core.person_record"].columns)
    return f"""
    insert into core.person_record ({columns})
    select {columns} from (
    {parts}
    )
    where name is not null or id_number is not null
    order by source, source_file, sheet, source_row
    """  # noqa: S608 - names from our own contracts


def _naming_people() -> Iterator[Source]:
    for source in sources().values():
        if any(column.name == "name" for column in source.columns):
            yield source


def _select(source: Source) -> str:
    delivered = {column.name for column in source.columns}
    taken = ", ".join(
        f"{_expression(source, column, delivered)} as {column}" for column in _TAKEN_FROM
    )
    return (
        f"select record_id, '{source.name}' as source, source_file, sheet, source_row, {taken} "  # noqa: S608
        f"from main.{source.name}"
    )


def _expression(source: Source, column: str, delivered: set[str]) -> str:
    if column == "registry" and source.name in _REGISTRY_OF:
        return f"'{_REGISTRY_OF[source.name]}'"
    present = next((name for name in _TAKEN_FROM[column] if name in delivered), None)
    if present is None:
        return f"null::{'date' if column == 'born_on' else 'varchar'}"
    return present
