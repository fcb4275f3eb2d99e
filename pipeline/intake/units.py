"""In which unit a table counts its money: a column that is not in yuan must never be read as yuan.

The unit stands in the heading, in a row of units below it, or once for all money above the table: 单位:万元.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from pipeline.intake.sheet import Line

_FOREIGN = r"(?:[十百千]?[万亿]元?|[百千]元|角|分|[美港欧日]元)"
_IS_FOREIGN = re.compile(rf"^[(]?(?:单位)?[:：]?(?:人民币)?{_FOREIGN}(?:/.{{1,4}})?[)]?$")
_IN_A_HEADING = re.compile(
    rf"(?:[(/,:](?:单位)?:?(?:人民币)?{_FOREIGN}(?:/.{{1,4}})?[)]?|[十百千]?[万亿]元\)?|[百千]元)$"
)
_FOR_ALL = re.compile(
    r"(?:金额|货币|计量|计价)?单位(?:[:是为]|均)*(?:人民币)?(?:[人个名户]+[、,/;和])?"
    r"(?:[十百千]?[万亿]元|[百千]元|[美港欧日]元|(?:[万亿角分])(?![\u4e00-\u9fff]))"
)
_YUAN = re.compile(r"[(/,:](?:单位)?:?(?:人民币)?元(?:/.{1,4})?\)?$")
_IS_UNIT = re.compile(
    rf"^\(?(?:单位:?)?(?:人民币)?(?:元|{_FOREIGN}|元/.{{1,4}}|[人个名户生年月日天次节%岁]"
    r"|课时|学时|学分|平方米|年/月(?:/日)?|年月日?)\)?$"
)


def is_unit(cell: str) -> bool:
    """Whether a cell of a heading holds a unit and nothing else."""
    return bool(_IS_UNIT.match(_plain(cell)))


def is_in_yuan(heading: str) -> bool:
    """Whether a heading says by itself that it is in yuan."""
    return bool(_YUAN.search(_plain(heading)))


def foreign_unit(heading: str) -> str:
    """Give the end of a heading that says another unit than yuan: (万元); nothing if it says none."""
    found = _IN_A_HEADING.search(_plain(heading))
    return found[0].strip("(),:/").removeprefix("单位:") if found else ""


def unit_for_all(lines: Iterable[Line]) -> str:
    """Give what lines around a table say of the unit of its money, if it is not yuan: 单位:万元."""
    return next((said for line in lines if (said := unit_said(line.cells))), "")


def unit_said(cells: Sequence[str]) -> str:
    """Give the remark of a row that money is in another unit than yuan, or nothing."""
    found = _FOR_ALL.search(_plain("".join(cells)))
    return found[0] if found else ""


def units_below(heading: Line, lines: Iterable[Line]) -> Line | None:
    """Give the row of units right below a heading, if there is one."""
    below = next((line for line in lines if line.row > heading.row and any(line.cells)), None)
    if below is None or not all(is_unit(cell) for cell in below.cells if cell):
        return None
    return below


def is_foreign(cell: str) -> bool:
    """Whether a cell of a row of units names another unit of money than yuan."""
    return bool(_IS_FOREIGN.match(_plain(cell)))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
