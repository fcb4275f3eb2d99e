"""Take in what inspectors decided: reviewed case files become main.reviews, and what is wrong with them is listed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.cases import review_cells as cells
from pipeline.cases.columns import case_columns
from pipeline.cases.review_cells import Cell, CellError
from pipeline.cases.review_files import ReviewRow, UnreadableReviewError, files_in, read
from pipeline.cases.settle import prepare
from pipeline.store.database import transaction


@dataclass(frozen=True)
class Review:
    """A row of a reviewed file that says something about a case."""

    case_id: str
    batch_on: date | None
    findings: str | None
    decision: str | None
    reason_kind: str | None
    evidence: str | None
    measures: str | None
    refund_due: Decimal | None
    refund_done: Decimal | None
    inspector: str | None
    second_inspector: str | None
    decided_on: date | None
    closed: bool | None
    remarks: str | None
    valid_until: date | None
    source_file: str
    sheet: str
    source_row: int


@dataclass(frozen=True)
class ReviewIssue:
    """Something in a reviewed file that could not be used, with the remedy; never a value from the file."""

    source_file: str
    sheet: str
    source_row: int | None
    case_id: str | None
    issue: str
    message: str


@dataclass(frozen=True)
class ReviewIntake:
    """What the reviewed files held."""

    reviews: tuple[Review, ...]
    issues: tuple[ReviewIssue, ...]

    def __str__(self) -> str:
        """Tell the counts in one sentence."""
        decided = sum(review.decision is not None for review in self.reviews)
        told = f"{decided} decisions in {len({one.source_file for one in self.reviews})} reviewed files"
        return f"{told}; {len(self.issues)} problems" if self.issues else told


_READERS: dict[str, Callable[[Cell], object]] = {
    "findings": cells.text,
    "decision": cells.conclusion,
    "reason_kind": cells.reason_kind,
    "evidence": cells.text,
    "measures": cells.text,
    "refund_due": cells.money,
    "refund_done": cells.money,
    "inspector": cells.text,
    "second_inspector": cells.text,
    "decided_on": cells.day,
    "closed": cells.closed,
    "remarks": cells.text,
    "valid_until": cells.day,
}


def take_in(con: duckdb.DuckDBPyConnection, folder: Path) -> ReviewIntake:
    """Replace main.reviews and main.review_issues by what lies in the folder now."""
    intake = read_reviews((path, path.relative_to(folder).as_posix()) for path in files_in(folder))
    with transaction(con):
        prepare(con)
        _replace(con, "reviews", Review, intake.reviews)
        _replace(con, "review_issues", ReviewIssue, intake.issues)
    return intake


def read_reviews(files: Iterable[tuple[Path, str]]) -> ReviewIntake:
    """Read reviewed files, each with the name it is reported by; what cannot be read becomes an issue."""
    reviews: list[Review] = []
    issues: list[ReviewIssue] = []
    for path, name in files:
        for one in _read_file(path, name):
            if isinstance(one, Review):
                reviews.append(one)
            else:
                issues.append(one)
    return ReviewIntake(tuple(reviews), tuple(issues))


def _read_file(path: Path, name: str) -> Iterator[Review | ReviewIssue]:
    try:
        sheets = read(path, name)
    except UnreadableReviewError as error:
        yield ReviewIssue(name, "", None, None, "unreadable_file", str(error))
        return
    if not any(sheet.has_case_ids for sheet in sheets):
        remedy = "no header row with 线索编号; keep the header of the case file"
        yield ReviewIssue(name, "", None, None, "no_case_column", remedy)
    for sheet in sheets:
        for row in sheet.rows:
            yield from _read_row(row)


def _read_row(row: ReviewRow) -> Iterator[Review | ReviewIssue]:
    """Read one row; a row in which the inspector wrote nothing yields nothing."""
    answers: dict[str, object] = {}
    issues: list[tuple[str, str]] = []
    for name, reader in _READERS.items():
        try:
            answers[name] = reader(row.cells.get(name))
        except CellError as error:
            answers[name] = None
            issues.append(
                (
                    "invalid_decision" if name == "decision" else "bad_value",
                    f"{_heading(name)}: {error}",
                )
            )
    if not issues and all(answer is None for answer in answers.values()):
        return
    case_id, batch_on = None, None
    try:
        case_id, batch_on = (
            cells.case_id(row.cells.get("case_id")),
            cells.day(row.cells.get("as_of")),
        )
    except CellError as error:
        issues.append(("bad_case_id" if case_id is None else "bad_value", str(error)))
    if case_id is not None:
        answers["decided_on"] = answers["decided_on"] or batch_on
        issues += _lacking(answers, already_told={issue for issue, _ in issues})
        yield Review(
            case_id=case_id,
            batch_on=batch_on,
            source_file=row.source_file,
            sheet=row.sheet,
            source_row=row.source_row,
            **answers,  # type: ignore[arg-type]  # each reader gives its field's type
        )
    elif not issues:
        issues.append(("bad_case_id", "线索编号 is empty; copy it from the case file"))
    for issue, message in issues:
        yield ReviewIssue(row.source_file, row.sheet, row.source_row, case_id, issue, message)


def _heading(name: str) -> str:
    """Give the heading under which an inspector finds the cell."""
    return next((column.zh for column in case_columns() if column.name == name), "有效期至")


def _lacking(answers: dict[str, object], already_told: set[str]) -> Iterator[tuple[str, str]]:
    if answers["decision"] is None and "invalid_decision" not in already_told:
        yield "no_decision", "核查结论 is empty; the case stays open"
    if answers["decision"] is not None and answers["decided_on"] is None:
        yield (
            "no_date",
            "反馈日期 and 批次日期 are empty; without a day the decision does not count",
        )


def _replace(
    con: duckdb.DuckDBPyConnection,
    table: str,
    row_type: type[Review] | type[ReviewIssue],
    rows: Iterable[Review | ReviewIssue],
) -> None:
    con.execute(f"delete from main.{table}").fetchall()  # noqa: S608 - one of our two tables
    columns = [field.name for field in fields(row_type)]
    listed = [asdict(row) for row in rows]
    if listed:
        con.register(
            "taken_in", pa.Table.from_pylist(listed, schema=_arrow_schema(con, table, columns))
        )
        con.execute(f"insert into main.{table} by name select * from taken_in").fetchall()  # noqa: S608 - one of our two tables
        con.unregister("taken_in")


def _arrow_schema(con: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> pa.Schema:
    schema = con.table(f"main.{table}").to_arrow_table().schema
    return pa.schema([schema.field(name) for name in columns])
