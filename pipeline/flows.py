"""The night as a Prefect flow: the list of `pipeline.night`, a task a step. The only import of Prefect.

`pipeline.prefect_home.prepare` must have run before this module is imported.
"""

from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import (
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
    StateType,
)
from prefect.schedules import Cron, Schedule
from prefect.states import Crashed

from pipeline.calendar import today
from pipeline.errors import UsageError
from pipeline.night import Night, Step, begin, finish, plan, take
from pipeline.progress import reporter
from pipeline.settings import load_settings
from pipeline.store.lock import held
from pipeline.workspace import Workspace

_RETRY_AFTER_SECONDS = 30


def _may_help(_task: object, _run: object, state: Any) -> bool:
    """Retry what the disk refused (a file still being copied), not what the deliveries say."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError) or isinstance(getattr(error, "__cause__", None), OSError)


def _as_task(step: Step) -> Any:
    made = task(
        name=step.title,
        retries=step.retries,
        retry_delay_seconds=_RETRY_AFTER_SECONDS,
        retry_condition_fn=_may_help,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    return made(take)


@flow(
    name="qingji night",
    flow_run_name="night of {as_of}",
    validate_parameters=False,
    persist_result=False,
)
def nightly(workspace: str, as_of: str = "", full: bool = False) -> None:  # noqa: FBT001, FBT002 - a Prefect parameter
    """One night of a workspace; `as_of` (ISO) defaults to today in the schedule's time zone."""
    place = Workspace(Path(workspace))
    settings = load_settings(place.root)
    day = (
        date.fromisoformat(as_of)
        if as_of
        else settings.run.as_of or today(settings.schedule.timezone)
    )
    report = reporter()
    with held(place.root):
        night: Night = begin(place, settings, day, full=full)
        for step in plan():
            with report.step(step.name, step.title) as says:
                says.sentence = _as_task(step)(step, night)
        finish(night)


def schedule_of(cron: str, timezone: str) -> Schedule:
    """Read a schedule; raise UsageError where it is none."""
    try:
        return Cron(cron, timezone=timezone)
    except ValueError as error:
        raise UsageError(
            f"{cron}: no schedule; write minute hour day month weekday, like 0 2 * * *"
        ) from error


def serve(workspace: Workspace, *, cron: str, timezone: str) -> None:
    """Schedule the night and wait; a night that is due while one runs is cancelled, never queued."""
    schedule = schedule_of(cron, timezone)
    _bury_the_dead()
    nightly.serve(
        name=workspace.root.name,
        parameters={"workspace": str(workspace.root)},
        schedule=schedule,
        limit=1,
        global_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
    )


def _bury_the_dead() -> None:
    """Mark runs that a power cut left running as crashed; the workspace lock proves that none lives."""
    unfinished = FlowRunFilter(
        state=FlowRunFilterState(
            type=FlowRunFilterStateType(
                any_=[StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
            )
        )
    )
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(flow_run_filter=unfinished):
            client.set_flow_run_state(
                run.id, Crashed(message="left behind by a restart"), force=True
            )
