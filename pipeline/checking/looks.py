"""How the cells of a marked workbook look: all text, a colour for each fault."""

from dataclasses import dataclass
from typing import Literal

import xlsxwriter
from xlsxwriter.format import Format

Look = Literal[
    "plain", "heading", "furniture", "rejected_row", "rejected", "emptied", "column", "damaged"
]
# Red is what keeps a row out, yellow a cell that is left empty, orange a number that lost digits.
_COLOURS: dict[Look, str] = {
    "heading": "#DDEBF7",
    "furniture": "#E7E6E6",
    "rejected_row": "#FDE9E7",
    "rejected": "#FF7C80",
    "emptied": "#FFE699",
    "column": "#ED7D31",
    "damaged": "#F8CBAD",
}


@dataclass(frozen=True)
class Looks:
    """The formats of one workbook."""

    cells: dict[Look, Format]
    title: Format
    head: Format
    text: Format
    wrapped: Format
    link: Format

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> "Looks":
        """Make the formats."""
        plain = {"num_format": "@", "font_size": 10}
        cells: dict[Look, Format] = {"plain": book.add_format(plain)}
        for look, colour in _COLOURS.items():
            cells[look] = book.add_format({**plain, "bg_color": colour, "bold": look == "heading"})
        wrapped = {**plain, "valign": "top", "text_wrap": True}
        return cls(
            cells=cells,
            title=book.add_format({"bold": True, "font_size": 14}),
            head=book.add_format(
                {**plain, "bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF"}
            ),
            text=book.add_format({**plain, "valign": "top"}),
            wrapped=book.add_format(wrapped),
            link=book.add_format(
                {**plain, "valign": "top", "font_color": "#0563C1", "underline": 1}
            ),
        )
