"""What a person reads at the end of a night: what was found, and where it lies."""

import duckdb
from rich.table import Table

from pipeline.progress import wide_console
from pipeline.workspace import Workspace


def print_summary(workspace: Workspace) -> None:
    """Print the published night as a small table, cases by detector and severity."""
    con = duckdb.connect(str(workspace.registry), read_only=True)
    try:
        rows = con.execute(
            """
            select detector_id, severity, count(*) filter (where verdict = 'suspected') as suspected,
                count(*) filter (where verdict = 'needs_evidence') as needs_evidence,
                count(*) filter (where status = 'new') as new_cases,
                any_value(title) as title
            from cases where status <> 'gone' group by detector_id, severity order by detector_id, severity
            """
        ).fetchall()
        gone = con.execute("select count(*) from cases where status = 'gone'").fetchall()[0][0]
        unread = con.execute(
            "select source_file, message from deliveries where status = 'refused' order by 1"
        ).fetchall()
    finally:
        con.close()
    console = wide_console()
    table = Table("detector", "severity", "suspected", "needs evidence", "new", "wrong", box=None)
    for detector, severity, suspected, needs_evidence, new, title in rows:
        table.add_row(detector, severity, str(suspected), str(needs_evidence), str(new), title)
    console.print(table)
    console.print(f"{gone} cases of former nights are gone")
    for file, message in unread:
        console.print(f"not read: {file}: {message}", soft_wrap=True)
    console.print(f"case files: {workspace.published / 'cases' / 'latest'}", soft_wrap=True)
