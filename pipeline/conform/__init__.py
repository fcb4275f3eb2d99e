"""From text as delivered to typed source tables and the clean core."""

from pipeline.conform.core import build_core, build_person_records

__all__ = ["build_core", "build_person_records"]
