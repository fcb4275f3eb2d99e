"""From files to typed rows: whatever container, encoding and heading a delivery came with."""

from pipeline.intake.collection import Collected, collect
from pipeline.intake.ledger import create_ledger, read_all_again
from pipeline.intake.pool import Readers

__all__ = ["Collected", "Readers", "collect", "create_ledger", "read_all_again"]
