"""Cells that are merged downwards: what the first of them says holds for all their rows.

Lists made by hand merge a school's name over all its pupils. A row in which nothing else is filled stays empty:
it belongs to a note or a signature, not to the table.
"""

from collections.abc import Iterable, Iterator, Sequence

Range = tuple[tuple[int, int], tuple[int, int]]
Rows = tuple[int, Sequence[list[object]]]


def repeat_merged(
    blocks: Iterable[Rows], ranges: Sequence[Range], first_column: int
) -> Iterator[Rows]:
    """Give blocks of rows (with the number of their first) in which merged cells repeat what they say.

    Rows and columns of `ranges` count from 0; `first_column` is the one that rows begin with.
    """
    downwards = [merged for merged in ranges if merged[1][0] > merged[0][0]]
    if not downwards:
        yield from blocks
        return
    pending = sorted(downwards, reverse=True)
    # By place in a row: the last row that is covered, and what it says.
    covers: dict[int, tuple[int, object]] = {}
    for number, rows in blocks:
        for row_number, row in enumerate(rows, number):
            if covers:
                _repeat(row, row_number, covers)
            while pending and pending[-1][0][0] < row_number:
                (top, left), (bottom, _) = pending.pop()
                place = left - first_column
                if top == row_number - 1 and 0 <= place < len(row) and row[place] != "":
                    covers[place] = (bottom + 1, row[place])
        yield number, rows


def _repeat(row: list[object], number: int, covers: dict[int, tuple[int, object]]) -> None:
    for place in [place for place, (last, _) in covers.items() if last < number]:
        del covers[place]
    if any(cell != "" for place, cell in enumerate(row) if place not in covers):
        for place, (_, said) in covers.items():
            if row[place] == "":
                row[place] = said
