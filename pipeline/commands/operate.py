"""What a data officer does: make a workspace, run a night, schedule it, ask what is wrong with it."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipeline.calendar import today
from pipeline.commands.arguments import WorkspaceArgument, existing_workspace, parse_day
from pipeline.errors import DetectorFailure
from pipeline.settings import Settings, load_settings, render_settings
from pipeline.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("init")(init)
    app.command("run")(run)
    app.command("serve")(serve)
    app.command("doctor")(doctor)


def init(workspace: WorkspaceArgument) -> None:
    """Make an empty workspace: a folder and a template for every source, settings with their help."""
    from pipeline.store.scaffold import make_workspace

    made = make_workspace(Workspace(workspace.resolve()), render_settings())
    typer.echo(
        f"{workspace}: {made} sources, each with a template; put exports beside it, then `qingji check {workspace}`"
    )


def run(
    workspace: WorkspaceArgument,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="YYYY-MM-DD", help="day the night is about")
    ] = "",
    full: Annotated[bool, typer.Option("--full", help="work everything out anew")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="the same steps without Prefect")] = False,
) -> None:
    """Run one night and publish it."""
    place = existing_workspace(workspace)
    settings = load_settings(place.root)
    day = (
        parse_day(as_of, "--as-of")
        if as_of
        else settings.run.as_of or today(settings.schedule.timezone)
    )
    from pipeline.commands.summary import print_summary

    try:
        _run_night(place, settings, day, full=full, plain=plain)
    except DetectorFailure:
        # The rest was published: it is shown, and the command ends with the exit code all the same.
        print_summary(place)
        raise
    print_summary(place)


def _run_night(place: Workspace, settings: Settings, day: date, *, full: bool, plain: bool) -> None:
    if plain:
        from pipeline.night import run_plain
        from pipeline.progress import reporter

        run_plain(place, settings, day, reporter(), full=full)
        return
    from pipeline import prefect_home

    prefect_home.prepare(place)
    from pipeline.flows import nightly

    nightly(workspace=str(place.root), as_of=day.isoformat(), full=full)


def serve(
    workspace: WorkspaceArgument,
    cron: Annotated[str, typer.Option("--cron", help="minute hour day month weekday")] = "",
    timezone: Annotated[str, typer.Option("--timezone", help="e.g. Asia/Shanghai")] = "",
) -> None:
    """Schedule the night with Prefect; two runs never overlap."""
    from pipeline.schedule import serve as keep_serving

    place = existing_workspace(workspace)
    settings = load_settings(place.root)
    zone = timezone or settings.schedule.timezone
    today(zone)
    keep_serving(place, cron=cron or settings.schedule.cron, timezone=zone)


def doctor(workspace: WorkspaceArgument) -> None:
    """Say what is missing, unreadable, misconfigured or too open, and what to do about each."""
    from pipeline.store.doctor import examine

    complaints = examine(existing_workspace(Path(workspace)))
    for complaint in complaints:
        typer.echo(f"- {complaint}")
    if complaints:
        raise typer.Exit(1)
    typer.echo("nothing to complain about")
