"""The schedule of `qingji serve` really plans nights: the packages that Prefect stands on fit together."""

import subprocess
import sys
from pathlib import Path

from pipeline.prefect_home import prepare
from pipeline.workspace import Workspace

# What Prefect's scheduler does every few seconds, without the minutes that its server takes to come up.
PLAN = """
import asyncio, datetime
from pathlib import Path
from pipeline.prefect_home import prepare
from pipeline.workspace import Workspace
prepare(Workspace(Path({root!r})))
from prefect.server import models, schemas
from prefect.server.database import provide_database_interface
from prefect.server.schemas.schedules import CronSchedule

async def plan() -> int:
    db = provide_database_interface()
    await db.create_db()
    async with db.session_context(begin_transaction=True) as session:
        flow = await models.flows.create_flow(session, schemas.core.Flow(name="night"))
        planned = schemas.core.DeploymentSchedule(schedule=CronSchedule(cron="0 2 * * *"), active=True)
        served = await models.deployments.create_deployment(
            session, schemas.core.Deployment(name="bureau", flow_id=flow.id, schedules=[planned])
        )
        runs = await models.deployments.schedule_runs(session, served.id, min_runs=3)
    return len(runs)

print(asyncio.run(plan()))
"""


def test_prefect_plans_the_nights_of_a_schedule(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", PLAN.format(root=str(tmp_path))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[-1]) >= 3


def test_what_prefect_remembers_is_its_owners_alone(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", f"import {prepare.__module__} as home, pathlib, pipeline.workspace as w; "
         f"home.prepare(w.Workspace(pathlib.Path({str(tmp_path)!r})))"],
        check=True,
    )  # fmt: skip
    database = Workspace(tmp_path).private / "prefect" / "prefect.db"
    assert database.stat().st_mode & 0o077 == 0
