"""What a night hands out: case files, notices and the report, each in the folder of the night."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from detectors.run import DetectorRun
from pipeline.cases.rules import Language
from pipeline.report.case_files import write_case_files
from pipeline.report.figures import read_figures
from pipeline.report.leaders import render
from pipeline.report.quality import write_notices

_FOLDER_MODE, _FILE_MODE = 0o750, 0o640


def write_edition(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    runs: Sequence[DetectorRun],
    *,
    as_of: date,
    language: Language = "zh",
) -> int:
    """Fill cases/<as-of>/ and report/<as-of>/ below a folder; give the number of cases that were handed out.

    `quality.measure` must have run. The same night gives the same bytes.
    """
    cases, report = (folder / kind / as_of.isoformat() for kind in ("cases", "report"))
    for target in (cases, report):
        target.mkdir(parents=True)
    handed_out = write_case_files(con, cases, as_of=as_of, language=language)
    page = render(read_figures(con, runs, as_of))
    (report / "report.html").write_text(page, "utf-8")
    write_notices(con, report, language)
    for target in (cases, report):
        target.chmod(_FOLDER_MODE)
        for path in target.rglob("*"):
            path.chmod(_FOLDER_MODE if path.is_dir() else _FILE_MODE)
    return handed_out
