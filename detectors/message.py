"""The sentence that a finding becomes for an inspector."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter


def columns_named(template: str) -> tuple[str, ...]:
    """List the columns that a message names, in order."""
    return tuple(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def render_message(template: str, row: Mapping[str, object]) -> str:
    """Fill a message from a finding; what the finding does not know shows as a dash."""
    return template.format_map({name: _shown(row[name]) for name in columns_named(template)})


def _shown(value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.2f}"
    if isinstance(value, float):
        return str(int(value))
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    return str(value)
