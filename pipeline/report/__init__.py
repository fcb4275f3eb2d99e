"""What people read: case files, notices, the report for leaders."""

from pipeline.report.edition import write_edition
from pipeline.report.quality import measure

__all__ = ["measure", "write_edition"]
