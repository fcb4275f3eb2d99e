"""All bad deliveries, by chapter."""

from __future__ import annotations

from collections.abc import Mapping

import corpus_accounting
import corpus_archives
import corpus_cells
import corpus_delimiters
import corpus_encodings
import corpus_headings
import corpus_layout
import corpus_numbers
import corpus_places
import corpus_tables
import corpus_workbooks
from bad_delivery import BadDelivery

CHAPTERS: Mapping[str, tuple[BadDelivery, ...]] = {
    "Places": corpus_places.CORPUS,
    "Workbooks": corpus_workbooks.CORPUS,
    "Tables": corpus_tables.CORPUS,
    "Archives": corpus_archives.CORPUS,
    "Encodings": corpus_encodings.CORPUS,
    "Separators and quotation marks": corpus_delimiters.CORPUS,
    "Headings": corpus_headings.CORPUS,
    "Layout": corpus_layout.CORPUS,
    "Numbers": corpus_numbers.CORPUS,
    "Cells": corpus_cells.CORPUS,
    "Accounting": corpus_accounting.CORPUS,
}
CORPUS = tuple(entry for chapter in CHAPTERS.values() for entry in chapter)
