"""Findings become cases: lasting ids, states across nights, inspectors' decisions, priority."""

from pipeline.cases.reviews import ReviewIntake, take_in
from pipeline.cases.rules import CaseRules, Deadlines
from pipeline.cases.settle import CaseCounts, settle

__all__ = ["CaseCounts", "CaseRules", "Deadlines", "ReviewIntake", "settle", "take_in"]
