"""From files to typed rows: whatever container, encoding and heading a delivery came with."""

from importlib import import_module
from typing import Any

_HOMES = {
    "Collected": "collection",
    "Readers": "pool",
    "collect": "collection",
    "create_ledger": "ledger",
    "read_all_again": "ledger",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: a reader's process needs none of the warehouse's half."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
