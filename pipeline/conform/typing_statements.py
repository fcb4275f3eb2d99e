"""The statements that type one source, made from its contract: read the cells, load the rows, keep the account."""

from collections.abc import Callable
from importlib.resources import files

from schemas.ddl import literal
from schemas.model import Column, Source

# Text that identifies: inner blanks and Excel guards are no part of it.
_CODE_ENDINGS = ("_code", "_no", "_id", "phone", "aid_card")
_READERS = {
    "date": "read_date",
    "month": "read_month",
    "int": "read_int",
    "money": "read_money",
    "bool": "read_bool",
    "id": "read_code",
}
_EXPECTED = {
    "date": "not a date in any known style",
    "month": "not a month (YYYYMM) in any known style",
    "int": "not a whole number",
    "money": "not an amount in yuan",
    "bool": "neither 是 nor 否",
    "text": "holds nothing but quotation marks",
    "id": "holds nothing but quotation marks",
}
_PLACE = "source_file, sheet, source_row"


def read(source: Source) -> str:
    """Give each raw row its typed cells, its problems (they reject it) and its issues (they do not)."""
    typed = ",\n    ".join(f"{_typed(column)} as typed_{column.name}" for column in source.columns)
    lookups = "\n".join(
        f"left join work.code_variant as list_{column.name}\n"
        f"    on list_{column.name}.list = {literal(str(column.code_list))}\n"
        f"    and list_{column.name}.variant = read_variant(delivered.{column.name})"
        for column in source.columns
        if column.type == "code"
    )
    problems = ", ".join(_problem(column) for column in source.columns if column.required)
    issues = ", ".join(_issue(column) for column in source.columns if not column.required)
    return f"""
    create or replace temp table typing_row as
    with read_row as (
        select delivered.*,
        {typed}
        from raw.{source.name} as delivered
        {lookups}
    )
    select *,
        list_filter([{problems}]::varchar[], lambda problem: problem is not null) as problems,
        list_filter([{issues}]::varchar[], lambda issue: issue is not null) as issues
    from read_row
    """  # noqa: S608 - names from our own contracts


def load(source: Source) -> str:
    """Insert the rows without problems into the typed table."""
    names = ", ".join(column.name for column in source.columns)
    values = ", ".join(f"typed_{column.name}" for column in source.columns)
    return f"""
    insert into main.{source.name} (record_id, {names}, extra, {_PLACE})
    select record_id({literal(source.name)}, {_PLACE}), {values}, extra, {_PLACE}
    from typing_row where len(problems) = 0
    order by {_PLACE}
    """  # noqa: S608 - names from our own contracts


def account(source: Source) -> tuple[str, ...]:
    """Enter what was rejected or left empty, each under its heading and with the remedy, then count the sheets."""
    headers = _map(source, lambda column: column.header)
    unread = _map(source, _unread)
    return (
        "delete from rejected_rows where source = $source and stage = 'type'",
        "delete from cell_issues where source = $source",
        f"""
        insert into rejected_rows (source, {_PLACE}, column_name, reason, stage)
        select $source, {_PLACE}, failed,
            {headers}[failed]
            || case when is_empty then ': required but empty; fill it in the exporting system'
               else ': ' || {unread}[failed] end
            || case when others > 0 then ' (and ' || others || ' more columns)' else '' end,
            'type'
        from (
            select {_PLACE}, split_part(problems[1], '|', 1) as failed, problems[1] like '%|empty' as is_empty,
                len(problems) - 1 as others
            from typing_row where len(problems) > 0
        )
        order by {_PLACE}
        """,  # noqa: S608 - names from our own contracts
        f"""
        insert into cell_issues (source, {_PLACE}, column_name, issue)
        select $source, {_PLACE}, failed, {headers}[failed] || ': ' || {unread}[failed] || '; left empty'
        from (select {_PLACE}, unnest(issues) as failed from typing_row where len(problems) = 0)
        order by {_PLACE}, failed
        """,  # noqa: S608 - names from our own contracts
        *(
            files(__package__).joinpath(name).read_text("utf-8")
            for name in ("sheet_account.sql", "account.sql")
        ),
    )


def _typed(column: Column) -> str:
    cell = f"delivered.{column.name}"
    if column.type == "code":
        return f"list_{column.name}.value"
    if column.type == "text":
        reader = "read_code" if column.name.endswith(_CODE_ENDINGS) else "read_text"
        return f"{reader}({cell})"
    return f"{_READERS[column.type]}({cell})"


def _problem(column: Column) -> str:
    return (
        f"case when nullif(trim({column.name}), '') is null then '{column.name}|empty' "
        f"when typed_{column.name} is null then '{column.name}|unreadable' end"
    )


def _issue(column: Column) -> str:
    return (
        f"case when nullif(trim({column.name}), '') is not null and typed_{column.name} is null "
        f"then '{column.name}' end"
    )


def _unread(column: Column) -> str:
    wanted = _EXPECTED.get(column.type, f"not in the code list {column.code_list}")
    return f"{wanted}; correct the export, or add the style to schemas"


def _map(source: Source, said: Callable[[Column], str]) -> str:
    """Write what is said of each column as a map by the column's name."""
    entries = ", ".join(
        f"{literal(column.name)}: {literal(said(column))}" for column in source.columns
    )
    return f"map {{{entries}}}"
