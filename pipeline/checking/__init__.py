"""`qingji check`: what deliveries would come to, told to those who can put them right; nothing is changed."""

from pipeline.checking.check import Checked, check_deliveries
from pipeline.checking.findings import Finding, SheetCheck
from pipeline.checking.wording import told

__all__ = ["Checked", "Finding", "SheetCheck", "check_deliveries", "told"]
