"""From files to raw tables: whatever container, encoding and heading a delivery came with."""

from pipeline.intake.collection import Collected, collect
from pipeline.intake.ledger import create_ledger

__all__ = ["Collected", "collect", "create_ledger"]
