"""The sheet of the ledger that tells inspectors what the columns mean and how to fill them in."""

from pathlib import Path

from pipeline.cases.rules import Language
from schemas.reading import as_mapping, read_mapping

_NOTES = Path(__file__).parent / "ledger_notes.yml"


def notes(language: Language) -> list[tuple[str, str]]:
    """Give term and meaning, line by line."""
    told = as_mapping(read_mapping(_NOTES)[language], f"{_NOTES.name}, {language}")
    return [(term, str(meaning)) for term, meaning in told.items()]
