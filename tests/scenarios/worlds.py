"""The worlds that stories happen in: a day, what is delivered, and one real night over all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
from teller import Exports, Teller

from pipeline.night import run_plain
from pipeline.progress import LineReporter
from pipeline.settings import load_settings
from pipeline.workspace import Workspace

EMPTY_LISTS = {
    "status_changes": "系统,学籍号,异动类别,异动日期",
    "school_events": "日期,类型,原标识码,新标识码",
    "joint_programs": "学校标识码,合作机构代码,合作机构类别",
    "integrated_classes": "学年,中职学校标识码,普通高中标识码,学籍所在系统",
    "articulation_agreements": "中职学校标识码,中职专业代码,高校代码,培养方式,起始年级",
    "flexible_filings": "学校标识码,年度,形式,备案日期",
    "filed_majors": "年度,学校标识码,专业代码",
    "graduates": "系统,证书编号,姓名,身份证号,学校代码,毕业日期",
    "teaching_sites": "学校标识码,教学点名称",
}

Night = Callable[[str], dict[str, frozenset[str]]]


@dataclass(frozen=True)
class World:
    """One night about one day; `withheld` sources, and yearly lists after `last_list`, were never delivered."""

    as_of: date
    withheld: frozenset[str] = frozenset()
    last_list: int = 2024


WORLDS = {
    "april 2024": World(date(2024, 4, 15)),
    "november 2023": World(date(2023, 11, 15)),
    "march 2024": World(date(2024, 3, 12), last_list=2022),
    "registries alone": World(
        date(2024, 4, 15), frozenset({*EMPTY_LISTS, "school_qualifications"})
    ),
}


@dataclass(frozen=True)
class Story:
    """What happened, and what the night may say of its schools."""

    name: str
    world: str
    finds: frozenset[str]
    tell: Callable[[Teller], None]


STORIES: list[Story] = []


def story(
    world: str, *finds: str
) -> Callable[[Callable[[Teller], None]], Callable[[Teller], None]]:
    """Enter a story with the whole of its findings: "DE101 A" suspected, "DE101 A?" needs evidence."""

    def enter(tell: Callable[[Teller], None]) -> Callable[[Teller], None]:
        STORIES.append(Story(tell.__name__, world, frozenset(finds), tell))
        return tell

    return enter


def run_night(workspace: Workspace, as_of: date) -> None:
    """Run the real night, without Prefect."""
    run_plain(workspace, load_settings(workspace.root), as_of, LineReporter(), full=False)


def lay_empty_lists(folder: Path, withheld: frozenset[str]) -> None:
    """Deliver every reference list of the world, at least empty."""
    for source, headings in EMPTY_LISTS.items():
        if source not in withheld:
            path = folder / source / "empty.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(headings + "\n", encoding="utf-8")


def new_workspace(root: Path) -> Workspace:
    """Make a bureau in the invented city, bound by the packs of Xinzhou."""
    root.mkdir(parents=True)
    (root / "qingji.toml").write_text('[policy]\nstands_in = {"9901" = "1409"}\n', encoding="utf-8")
    return Workspace(root)


def told(name: str, root: Path) -> dict[str, frozenset[str]]:
    """Run one night over all stories of a world; give what it found, by story."""
    world = WORLDS[name]
    workspace = new_workspace(root)
    exports = Exports()
    schools: dict[str, str] = {}
    stories = [one for one in STORIES if one.world == name]
    for number, one in enumerate(stories, start=1):
        teller = Teller(exports, number, world.last_list)
        one.tell(teller)
        schools |= {school.code: one.name for school in teller.schools}
    exports.write(workspace.exports, world.withheld)
    lay_empty_lists(workspace.exports, world.withheld)
    run_night(workspace, world.as_of)
    return _found(workspace, schools, [one.name for one in stories])


def _found(
    workspace: Workspace, schools: dict[str, str], stories: list[str]
) -> dict[str, frozenset[str]]:
    con = duckdb.connect(str(workspace.warehouse), read_only=True)
    rows = con.execute(
        "select detector_id, severity, verdict, school_code from main.cases where status <> 'gone'"
    ).fetchall()
    con.close()
    found: dict[str, set[str]] = {one: set() for one in stories}
    for detector_id, severity, verdict, school_code in rows:
        mark = "" if verdict == "suspected" else "?"
        found[schools[school_code]].add(f"{detector_id} {severity}{mark}")
    return {one: frozenset(said) for one, said in found.items()}
