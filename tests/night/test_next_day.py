"""A night about another day judges anew, though nothing was delivered since."""

from datetime import date
from pathlib import Path

from sample_nights import registry
from small_night import DAY, deliver, night, pupil, roll

from pipeline.workspace import Workspace
from schemas.catalog import source


def test_a_day_that_comes_ends_an_enrolment_though_no_list_changed(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "bureau")
    heading, row = roll(pupil(9)).decode().splitlines()
    left_on = source("vocational_students").column("left_on").header
    content = f"{heading},{left_on}\n{row},2024-04-20\n".encode()
    deliver(workspace, "vocational_students/a.csv", content)
    standings = []
    for day in (DAY, date(2024, 4, 21)):
        night(workspace, day)
        with registry(workspace) as con:
            standings += con.execute("select standing from enrolments").fetchall()
    assert standings == [("active",), ("ended",)]
