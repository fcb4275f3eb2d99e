"""On which day a list was exported, as its name or the lines around it say; and what it is called without that."""

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import PurePosixPath

from pipeline.intake.sheet import Block, Line
from pipeline.intake.titles import lines_at

# 20241115, with a time or not; a school year (20242025) has no such month.
_DIGITS = r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d)"
# 2024-11-15, 2024.11.15, 2024年11月15日; a term (2023-2024-1) has no such month.
_PARTS = r"(?<!\d)(20\d\d)\s*[-/._年]\s*(1[0-2]|0?[1-9])\s*[-/._月]\s*(3[01]|[12]\d|0?[1-9])(?!\d)"
_DAY = re.compile(f"{_DIGITS}|{_PARTS}")
_DAY_AND_TIME = re.compile(f"(?:{_DIGITS}|{_PARTS})日?(?:[\\s_t-]?\\d{{4}}(?:\\d\\d)?(?!\\d))?")
_LABEL = "导出|制表|打印|生成|下载|统计|上报|填报|填表|查询"
_SAID = re.compile(
    rf"(?:(?:{_LABEL})(?:(?:时间|日期|日)\s*[:为]?|\s*:)|截[至止](?:时间|日期|日)?\s*[:为到]?)\s*"
    f"(?:{_DIGITS}|{_PARTS})"
)
# Signatures stand in the last rows, on the last page.
_LAST_ROWS = 5
# Words and numbers that tell a corrected list from the list.
_AGAIN = re.compile(
    r"更正|修正|补正|修订|订正|更新|最新|最终|终稿|定稿|重报|重新上报|新版?|副本|复制|copy|final|new"
    r"|第[一二三四五六七八九十\d]+[次版]|\((?:\d{1,2})\)|v\d+(?:\.\d+)*|版本?"
)


def day_named(source_file: str) -> date | None:
    """Give the day that the name of a file says, or else the name of the folder or archive it lies in."""
    for part in reversed(PurePosixPath(source_file).parts):
        if days := list(_days(_DAY, part)):
            return max(days)
    return None


def export_day(lines: Iterable[Sequence[str]]) -> date | None:
    """Give the latest day that rows of cells around a table name as that of the export (导出时间：2024-11-15)."""
    told = (" ".join(filter(None, cells)) for cells in lines)
    return max((day for line in told for day in _days(_SAID, line)), default=None)


def noting_day(blocks: Iterable[Block], days: list[date]) -> Iterator[Block]:
    """Pass blocks on; at their end, add to `days` the day that the last rows name as that of the export."""
    last: deque[Line] = deque(maxlen=_LAST_ROWS)
    for block in blocks:
        rows = len(block.rows)
        last.extend(lines_at(block, range(max(0, rows - _LAST_ROWS), rows)))
        yield block
    if day := export_day(line.cells for line in last):
        days.append(day)


def list_name(source_file: str) -> str:
    """Give what a file is called, without its days and the words that tell a correction from the list."""
    stem = unicodedata.normalize("NFKC", PurePosixPath(source_file).stem).casefold()
    return "".join(filter(str.isalnum, _AGAIN.sub("", _DAY_AND_TIME.sub("", stem))))


def _days(pattern: re.Pattern[str], text: str) -> Iterator[date]:
    for match in pattern.finditer(unicodedata.normalize("NFKC", text)):
        year, month, day = (int(group) for group in match.groups() if group)
        try:
            yield date(year, month, day)
        except ValueError:
            continue
