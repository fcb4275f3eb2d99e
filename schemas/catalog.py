"""The catalogue of contracts: the YAML beside this module, read once and held to its word."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from schemas.model import (
    CodeList,
    CodeValue,
    Column,
    Promise,
    SchemaError,
    Source,
    Table,
    TableColumn,
)
from schemas.reading import AnyModel, as_mapping, build, read_mapping

HERE = Path(__file__).parent


@cache
def sources() -> dict[str, Source]:
    """Give every delivery contract by name, sorted."""
    found = {}
    for path in sorted((HERE / "sources").glob("*.yml")):
        found[path.stem] = read_source(path)
    for one in found.values():
        _refuse_unknown_codes(one)
    return found


def source(name: str) -> Source:
    """Give the contract of one source; raise SchemaError if there is none."""
    if name not in sources():
        raise SchemaError(f"schemas/sources/{name}.yml: there is no such source")
    return sources()[name]


@cache
def tables() -> dict[str, Table]:
    """Give every clean table by its full name (core.enrolment), sorted."""
    read = (read_table(path) for path in sorted((HERE / "core").glob("*.yml")))
    return {table.full_name: table for table in read}


@cache
def code_lists() -> dict[str, CodeList]:
    """Give every code list by name, sorted."""
    read = (read_code_list(path) for path in sorted((HERE / "codes").glob("*.yml")))
    return {codes.name: codes for codes in read}


def read_source(path: Path) -> Source:
    """Read one delivery contract; the file is named after its source."""
    content = read_mapping(path)
    content["name"] = _own_name(content, "source", path)
    content["columns"] = _named(Column, content.get("columns"), f"{path.name}, columns", "name")
    return build(Source, content, path.name)


def read_table(path: Path) -> Table:
    """Read one clean table; the file is named after it, without its schema."""
    content = read_mapping(path)
    schema_name, _, name = str(content.pop("table", "")).partition(".")
    if name != path.stem:
        raise SchemaError(f"{path.name}: key table must be a schema and {path.stem}")
    content |= {"schema_name": schema_name, "name": name}
    content["columns"] = _named(
        TableColumn, content.get("columns"), f"{path.name}, columns", "name"
    )
    if "promises" in content:
        content["promises"] = _named(Promise, content["promises"], f"{path.name}, promises", "name")
    return build(Table, content, path.name)


def read_code_list(path: Path) -> CodeList:
    """Read one code list; no spelling may stand for two values."""
    content = read_mapping(path)
    content["name"] = _own_name(content, "list", path)
    content["values"] = _named(CodeValue, content.get("values"), f"{path.name}, values", "value")
    codes = build(CodeList, content, path.name)
    for code in codes.values:
        for spelling in (code.value, code.label, *code.variants):
            if codes.spellings[spelling] != code.value:
                raise SchemaError(
                    f"{path.name}, values: {spelling} stands for both {code.value}"
                    f" and {codes.spellings[spelling]}"
                )
    return codes


def _own_name(content: dict[str, Any], key: str, path: Path) -> str:
    """Take the name that a file gives itself, and hold it against the name it is filed under."""
    if content.pop(key, None) != path.stem:
        raise SchemaError(f"{path.name}: key {key} must be {path.stem}, the name of the file")
    return path.stem


def _named(model: type[AnyModel], content: object, where: str, key: str) -> tuple[AnyModel, ...]:
    """Make one model of each entry of a mapping, the entry's name being its `key`."""
    return tuple(
        build(model, {key: name, **as_mapping(entry, f"{where}, {name}")}, f"{where}, {name}")
        for name, entry in as_mapping(content, where).items()
    )


def _refuse_unknown_codes(one: Source) -> None:
    for column in one.columns:
        if column.code_list is None:
            continue
        where = f"{one.name}.yml, columns, {column.name}"
        if column.code_list not in code_lists():
            raise SchemaError(f"{where}: there is no code list {column.code_list}")
        if column.example not in {code.value for code in code_lists()[column.code_list].values}:
            raise SchemaError(f"{where}: the example is no value of {column.code_list}")
