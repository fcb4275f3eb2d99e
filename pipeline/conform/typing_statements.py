"""The statements that type one source, made from its contract: read the cells, load the rows, keep the account."""

from collections.abc import Callable

from schemas.ddl import literal
from schemas.model import Column, Source

# Text that identifies: inner blanks and Excel guards are no part of it.
_CODE_ENDINGS = ("_code", "_no", "_id", "phone", "aid_card")
# How a cell is made ready, and how it is read then. The two are apart because DuckDB writes a macro's argument out
# wherever the macro names it: nested, they made a query of megabytes out of forty columns.
_READINGS = {
    "date": ("half_width({})", "plausible_day(day_written({}))"),
    "month": ("month_text(half_width({}))", "month_written({})"),
    "int": ("int_text(half_width({}))", "int_written({})"),
    "money": ("money_text(half_width({}))", "money_written({})"),
    "bool": ("upper(half_width({}))", "bool_written({})"),
    "id": ("read_code({})", "{}"),
    "code": ("read_variant({})", "list_{}.value"),
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


def read(source: Source) -> tuple[str, ...]:
    """Give each raw row its typed cells, its problems (they reject it) and its issues (they do not)."""
    return (
        _ready(source),
        _read(source),
        _judge(source),
        "drop table ready_row; drop table read_row",
    )


def _ready(source: Source) -> str:
    ready = ", ".join(
        f"{_reading(column)[0].format(column.name)} as ready_{column.name}"
        for column in source.columns
    )
    empty = ", ".join(
        f"nullif(trim({column.name}), '') is null as no_{column.name}" for column in source.columns
    )
    return f"""
    create or replace temp table ready_row as
    select {_PLACE}, extra, {ready}, {empty} from arriving
    """  # noqa: S608 - names from our own contracts


def _read(source: Source) -> str:
    typed = ", ".join(
        f"{_typed(column)} as typed_{column.name}, no_{column.name}" for column in source.columns
    )
    lookups = "\n".join(
        f"left join work.code_variant as list_{column.name} "
        f"on list_{column.name}.list = {literal(str(column.code_list))} "
        f"and list_{column.name}.variant = ready_{column.name}"
        for column in source.columns
        if column.type == "code"
    )
    return f"""
    create or replace temp table read_row as
    select {_PLACE}, extra, {typed} from ready_row {lookups}
    """  # noqa: S608 - names from our own contracts


def _judge(source: Source) -> str:
    problems = ", ".join(_problem(column) for column in source.columns if column.required)
    issues = ", ".join(_issue(column) for column in source.columns if not column.required)
    return f"""
    create or replace temp table typing_row as
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
    """Enter what was rejected or left empty, each under its heading and with the remedy."""
    headers = _map(source, lambda column: column.header)
    unread = _map(source, _unread)
    return (
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
    )


def _reading(column: Column) -> tuple[str, str]:
    if column.type == "text":
        reader = "read_code" if column.name.endswith(_CODE_ENDINGS) else "read_text"
        return f"{reader}({{}})", "{}"
    return _READINGS[column.type]


def _typed(column: Column) -> str:
    reading = _reading(column)[1]
    return reading.format(column.name if column.type == "code" else f"ready_{column.name}")


def _problem(column: Column) -> str:
    return (
        f"case when no_{column.name} then '{column.name}|empty' "
        f"when typed_{column.name} is null then '{column.name}|unreadable' end"
    )


def _issue(column: Column) -> str:
    return (
        f"case when not no_{column.name} and typed_{column.name} is null then '{column.name}' end"
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
