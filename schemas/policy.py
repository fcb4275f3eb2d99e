"""The law as data: read the policy packs, cite their clauses, look a value up for a place and a day.

Each file of schemas/policies is a pack: one document, its clauses, and the values each clause sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from schemas.model import SchemaError
from schemas.policy_model import Citation, Clause, Document, Parameter, Policy, Registry, kind_of
from schemas.policy_setting import NO_STAND_INS, Setting, best, settings_of, write_settings
from schemas.reading import as_mapping, build, read_mapping

PACKS = Path(__file__).parent / "policies"


@cache
def packs() -> dict[str, Policy]:
    """Give every policy pack by name, sorted."""
    read = {path.stem: read_pack(path) for path in sorted(PACKS.glob("*.yml"))}
    _refuse_mixed_kinds(read)
    return read


def cite(reference: str) -> Citation:
    """Give what a case file says of a clause named pack:clause; raise SchemaError if there is none."""
    pack, _, name = reference.partition(":")
    if pack not in packs():
        raise SchemaError(f"schemas/policies/{pack}.yml: there is no such policy pack")
    clause = packs()[pack].clauses.get(name)
    if clause is None:
        raise SchemaError(f"schemas/policies/{pack}.yml: no clause {name}")
    return Citation(
        pack=pack,
        clause=name,
        document=clause.document.cited_as,
        section=clause.section,
        says=clause.says,
        says_en=clause.says_en,
        basis=clause.basis,
    )


def settings_rows(stands_in: Mapping[str, str] = NO_STAND_INS) -> list[Setting]:
    """Give the rows of core.policy_setting.

    `stands_in` lets an invented place be bound as a real one: {"9901": "1409"} gives 9901 every value
    of Xinzhou and of its province, as specific as it is there.
    """
    return [setting for pack in packs().values() for setting in settings_of(pack, stands_in)]


def load(con: duckdb.DuckDBPyConnection, stands_in: Mapping[str, str] = NO_STAND_INS) -> int:
    """Fill core.policy_setting and create its macros in a transaction of its own; count the rows."""
    return write_settings(con, settings_rows(stands_in))


def setting(
    key: str,
    *,
    registry: str | None,
    place: str | None,
    day: date,
    stands_in: Mapping[str, str] = NO_STAND_INS,
) -> Setting | None:
    """Give the setting that answers for a registry, a place and a day, as the SQL macros would.

    `place` None asks for the nation; a place without a pack of its own falls back to it, and the
    setting's `pack` says so.
    """
    rows = (row for row in settings_rows(stands_in) if row.key == key)
    return best(row for row in rows if row.answers(registry, place, day))


def resolve(
    key: str,
    *,
    registry: str | None,
    place: str | None,
    day: date,
    stands_in: Mapping[str, str] = NO_STAND_INS,
) -> float | str | date | None:
    """Give the value for a registry, a place and a day; None where no clause sets one."""
    found = setting(key, registry=registry, place=place, day=day, stands_in=stands_in)
    return found.value if found else None


def read_pack(path: Path) -> Policy:
    """Read one policy pack; the file is named after it."""
    content = read_mapping(path)
    if content.pop("pack", None) != path.stem:
        raise SchemaError(f"{path.name}: key pack must be {path.stem}")
    documents = _documents(content, path.name)
    clauses: dict[str, Clause] = {}
    parameters: list[Parameter] = []
    for name, said in as_mapping(content.pop("clauses", None), f"{path.name}, clauses").items():
        where = f"{path.name}, clauses, {name}"
        told = as_mapping(said, where)
        sets = told.pop("sets", [])
        told["document"] = _document(documents, told.pop("document", path.stem), where)
        clauses[name] = build(Clause, told, where)
        inherited = {"clause": name, "basis": clauses[name].basis, "place": content.get("place")}
        parameters += _parameters(sets, inherited, where)
    content |= {"name": path.stem, "clauses": clauses, "parameters": tuple(parameters)}
    return build(Policy, content, path.name)


def _documents(content: dict[str, Any], where: str) -> dict[str, Document]:
    """Give the documents a pack cites by name; a pack that is one document cites itself."""
    own = {name: content.get(name) for name in Document.model_fields}
    listed = as_mapping(content.pop("documents", {}), f"{where}, documents")
    return {
        where.removesuffix(".yml"): build(Document, own, where),
        **{
            name: build(Document, as_mapping(told, f"{where}, {name}"), f"{where}, {name}")
            for name, told in listed.items()
        },
    }


def _document(documents: dict[str, Document], name: object, where: str) -> Document:
    if not isinstance(name, str) or name not in documents:
        raise SchemaError(f"{where}: document {name} is not among the pack's documents")
    return documents[name]


def _parameters(sets: object, inherited: Mapping[str, Any], where: str) -> Iterator[Parameter]:
    """Give the parameters that a clause sets, one for each registry that a value names."""
    if not isinstance(sets, list):
        raise SchemaError(f"{where}, sets: a list of values was expected")
    for number, said in enumerate(sets, start=1):
        told = as_mapping(said, f"{where}, sets, {number}")
        place = f"{where}, {told.get('key', number)}"
        named = told.get("registry")
        registries: list[Registry | None] = named if isinstance(named, list) else [named]
        for registry in registries:
            yield build(Parameter, {**inherited, **told, "registry": registry}, place)


def _refuse_mixed_kinds(read: Mapping[str, Policy]) -> None:
    """A key answers in one column: a text here and a number there would hide each other."""
    first: dict[str, tuple[str, str]] = {}
    for name, pack in read.items():
        for parameter in pack.parameters:
            for key, value in parameter.settings():
                kind, where = first.setdefault(key, (kind_of(value), name))
                if kind != kind_of(value):
                    raise SchemaError(f"{name}.yml: {key} is no {kind}, as {where}.yml has it")
