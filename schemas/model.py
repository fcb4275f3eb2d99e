"""The shapes of contracts: sources with columns, clean tables with promises, code lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

ColumnType = Literal["text", "date", "month", "int", "money", "bool", "id", "code"]
SqlType = Literal[
    "VARCHAR",
    "VARCHAR[]",
    "BOOLEAN",
    "INTEGER",
    "BIGINT",
    "DOUBLE",
    "DECIMAL(14,2)",
    "DATE",
    "TIMESTAMP",
]
Personal = Literal["name", "id", "phone", "account", "student_no", "address", "birth", "secret"]
Group = Literal["registries", "events", "money", "reference"]
Example = str | bool | int | float | date | None

SQL_TYPES: Mapping[ColumnType, SqlType] = MappingProxyType(
    {
        "text": "VARCHAR",
        "date": "DATE",
        "month": "INTEGER",
        "int": "BIGINT",
        "money": "DECIMAL(14,2)",
        "bool": "BOOLEAN",
        "id": "VARCHAR",
        "code": "VARCHAR",
    }
)


class SchemaError(Exception):
    """A contract, code list or policy pack is not as it must be; the message names file and key."""


class _Frozen(BaseModel):
    """Nothing changes after reading, and no key is taken that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Frozen):
    """A column of a delivery: its heading, what it may hold, and whom it could expose."""

    name: str
    header: str
    type: ColumnType
    code_list: str | None = None
    required: bool = False
    personal: Personal | None = None
    aliases: tuple[str, ...] = ()
    comment: str
    comment_en: str
    example: Example

    @property
    def sql_type(self) -> SqlType:
        """The DuckDB type of the typed column."""
        return SQL_TYPES[self.type]

    @property
    def stand_in(self) -> Example:
        """What a casebook row holds where it does not say: the example if required, else nothing.

        An example leaving date in every row of every example would end every enrolment.
        """
        return self.example if self.required else None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if (self.type == "code") != (self.code_list is not None):
            raise ValueError("code_list belongs to type code, and only to it")
        if not example_fits(self.type, self.example):
            raise ValueError(f"example is no {self.type}")
        return self


class Source(_Frozen):
    """One kind of delivery: an export, list or report that the pipeline loads."""

    name: str
    title: str
    title_en: str
    group: Group
    comment: str
    comment_en: str
    columns: tuple[Column, ...]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def column(self, name: str) -> Column:
        """Give the column called `name`; raise SchemaError if there is none."""
        if name not in self._by_name:
            raise SchemaError(f"{self.name}.yml: no column {name}")
        return self._by_name[name]

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns without which a row is rejected."""
        return tuple(column for column in self.columns if column.required)


class TableColumn(_Frozen):
    """A column of a clean table."""

    name: str
    type: SqlType
    key: bool = False
    nullable: bool = False
    personal: Personal | None = None
    example: Example
    comment: str

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.key and self.nullable:
            raise ValueError("a key column cannot be nullable")
        if self.example is None and not self.nullable:
            raise ValueError("a column that is always filled needs an example")
        return self


class Promise(_Frozen):
    """What a table guarantees beyond its keys: a sentence, and what a row breaking it is like."""

    name: str
    says: str
    broken_where: str


class Table(_Frozen):
    """A clean table: what a row is, its columns, its promises."""

    schema_name: str
    name: str
    title: str
    grain: str
    comment: str
    columns: tuple[TableColumn, ...]
    promises: tuple[Promise, ...] = ()

    @property
    def full_name(self) -> str:
        """Schema and name, as a query writes them: core.enrolment."""
        return f"{self.schema_name}.{self.name}"

    @property
    def key(self) -> tuple[TableColumn, ...]:
        """The columns that together name one row."""
        return tuple(column for column in self.columns if column.key)

    def column(self, name: str) -> TableColumn:
        """Give the table's column called `name`; raise SchemaError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise SchemaError(f"{self.name}.yml: no column {name}")


class CodeValue(_Frozen):
    """A value of a code list: what we store, what a clerk reads, what else is written for it."""

    value: str
    label: str
    variants: tuple[str, ...] = ()


class CodeList(_Frozen):
    """The values that a coded column may take."""

    name: str
    title: str
    comment: str
    values: tuple[CodeValue, ...] = Field(min_length=1)

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """Every accepted spelling (value, label, variants) with the value it stands for."""
        return MappingProxyType(
            {
                spelling: code.value
                for code in self.values
                for spelling in (code.value, code.label, *code.variants)
            }
        )

    def label(self, value: str) -> str:
        """Give the Chinese label of a stored value; raise SchemaError if it is none of the list."""
        for code in self.values:
            if code.value == value:
                return code.label
        raise SchemaError(f"{self.name}.yml: no value {value}")


def example_fits(type_: ColumnType, example: Example) -> bool:
    """Tell whether an example is a value of the column type, as it stands after typing."""
    if type_ == "bool" or isinstance(example, bool):
        return type_ == "bool" and isinstance(example, bool)
    if type_ == "month":
        return isinstance(example, int) and example > 0 and 1 <= example % 100 <= 12
    if type_ == "money":
        return isinstance(example, int | float)
    wanted = {"date": date, "int": int}.get(type_, str)
    return isinstance(example, wanted)
