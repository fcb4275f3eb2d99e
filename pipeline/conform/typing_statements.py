"""The statements that type rows: texts read by macros, and rows loaded."""

from collections.abc import Sequence

from schemas.ddl import PROVENANCE, literal, quoted
from schemas.model import Source


def read(macros: Sequence[str]) -> str:
    """Read the columns cells_0, cells_1 … of the relation `cells` by a macro each, in the order of `place`.

    A second {} of a macro stands for arguments_0 and so on.
    """
    listed = ", ".join(
        f"{macro.format(f'cells_{number}', f'arguments_{number}')} as values_{number}"
        for number, macro in enumerate(macros)
    )
    return f"select {listed} from cells order by place"  # noqa: S608 - our own macros


def load(source: Source) -> str:
    """Insert the rows of the relation `typed` into the table of a source."""
    columns = (column.name for column in source.columns)
    names = ", ".join(map(quoted, (*columns, "extra", *PROVENANCE)))
    return f"""
    insert into main.{quoted(source.name)} (record_id, {names})
    select record_id({literal(source.name)}, {", ".join(PROVENANCE)}), {names} from typed
    """  # noqa: S608 - names from our own contracts
