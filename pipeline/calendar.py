"""The only reading of the clock: the day a night is about where nobody names one, and when it ran."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.errors import UsageError


def today(timezone: str) -> date:
    """Give today's date in a time zone; raise UsageError for a zone that does not exist."""
    try:
        return datetime.now(ZoneInfo(timezone)).date()
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UsageError(f"{timezone}: no such time zone; write it like Asia/Shanghai") from error


def instant() -> datetime:
    """Give this instant, for the ledger of runs and the audit log; no case depends on it."""
    return datetime.now(UTC)
