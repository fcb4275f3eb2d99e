"""Nights on which things go wrong: the exit code says what, the published files stay, the next night is whole."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sample_nights import case_files, registry
from small_night import DAY, a_bureau, deliver, night, pupil, roll

from detectors.run import DetectorRun, run_all
from pipeline.cli import main
from pipeline.review import take_in
from pipeline.settings import Settings
from pipeline.store.lock import held
from pipeline.workspace import Workspace
from schemas.promises import BrokenPromise

Patch = pytest.MonkeyPatch


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = a_bureau(tmp_path_factory.mktemp("bad_nights") / "bureau")
    deliver(workspace, "vocational_students/c.csv", roll(pupil(4), pupil(5, 学籍状态="未知")))
    night(workspace)
    return workspace


@pytest.fixture
def bureau(made: Workspace, tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path / "bureau")
    shutil.copytree(made.root, workspace.root, symlinks=True)
    return workspace


def run(workspace: Workspace, *options: str) -> int:
    sys.argv = [
        "qingji",
        "run",
        str(workspace.root),
        "--plain",
        "--as-of",
        DAY.isoformat(),
        *options,
    ]
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def promise_broken(patch: Patch, _: Workspace) -> None:
    broken = [BrokenPromise("core.aid", "amount is not negative", 3)]
    patch.setattr("pipeline.conform.core.broken_promises", lambda *_: broken)


def disk_full(patch: Patch, _: Workspace) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    patch.setattr("pipeline.store.generations._make_durable", refuse)


def nothing_delivered(_: Patch, workspace: Workspace) -> None:
    shutil.rmtree(workspace.exports)
    workspace.exports.mkdir()


def settings_misspelt(_: Patch, workspace: Workspace) -> None:
    (workspace.root / "qingji.toml").write_text("langauge = 'en'\n", "utf-8")


@pytest.mark.parametrize(
    ("trouble", "code"),
    [(settings_misspelt, 2), (nothing_delivered, 10), (promise_broken, 11), (disk_full, 13)],
)
def test_a_night_that_cannot_publish_says_why_and_leaves_what_was_published(
    made: Workspace,
    bureau: Workspace,
    trouble: Callable[[Patch, Workspace], None],
    code: int,
    monkeypatch: Patch,
) -> None:
    before = case_files(bureau, DAY)
    with monkeypatch.context() as patch:
        trouble(patch, bureau)
        assert run(bureau, *(["--full"] if code == 11 else [])) == code
    assert case_files(bureau, DAY) == before
    (bureau.root / "qingji.toml").unlink(missing_ok=True)
    shutil.copytree(made.exports, bureau.exports, dirs_exist_ok=True)
    night(bureau)
    assert case_files(bureau, DAY) == before


def test_a_detector_that_failed_ends_the_night_with_its_own_code_after_publishing(
    bureau: Workspace, monkeypatch: Patch
) -> None:
    def one_fails(*given: Any, **options: Any) -> list[DetectorRun]:
        done = run_all(*given, **options)
        return [
            replace(one, status="failed", reason="broken") if one.detector_id == "DE106" else one
            for one in done
        ]

    monkeypatch.setattr("pipeline.night.run_all", one_fails)
    assert run(bureau, "--full") == 12
    with registry(bureau) as con:
        assert con.execute(
            "select detector_id from detector_runs where status = 'failed'"
        ).fetchall() == [("DE106",)]
        # Its silence vouches for nothing: the case of the night before is not gone.
        assert con.execute("from cases select count(*) where status = 'gone'").fetchall() == [(0,)]


def test_a_lost_row_stops_the_night_until_all_files_are_read_again(bureau: Workspace) -> None:
    before = case_files(bureau, DAY)
    with duckdb.connect(str(bureau.warehouse)) as con:
        con.execute("update deliveries set rows_read = rows_read + 1 where rows_loaded > 0")
    assert run(bureau) == 11
    assert case_files(bureau, DAY) == before
    assert run(bureau, "--full") == 0
    assert case_files(bureau, DAY) == before


def test_a_second_run_beside_the_first_is_refused(bureau: Workspace) -> None:
    with held(bureau.root):
        assert run(bureau) == 14


def test_a_day_that_is_none_is_a_matter_of_usage(bureau: Workspace) -> None:
    assert run(bureau, "--as-of", "2024-02-30") == 2


def test_rows_rejected_before_an_outage_are_rejected_after_it(bureau: Workspace) -> None:
    """A network drive that was away for a night must not turn rejected rows into loaded ones."""

    def account() -> list[tuple[object, ...]]:
        with registry(bureau) as con:
            return (
                con.execute(
                    "select source_file, rows_read, rows_loaded, rows_rejected from deliveries order by 1"
                ).fetchall()
                + con.execute("select source_row, reason from rejected_rows").fetchall()
            )

    before = account()
    away = bureau.exports.rename(bureau.root / "away")
    bureau.exports.mkdir()
    assert run(bureau) == 10
    bureau.exports.rmdir()
    away.rename(bureau.exports)
    night(bureau)
    assert account() == before


def test_an_error_that_nobody_foresaw_is_told_without_the_values_it_quotes(
    bureau: Workspace, monkeypatch: Patch, capfd: pytest.CaptureFixture[str]
) -> None:
    def choke(_: object) -> None:
        raise ValueError("invalid literal: '990102200705080010'")

    monkeypatch.setattr("pipeline.conform.build_core", choke)
    assert run(bureau, "--full") == 1
    told = "".join(capfd.readouterr())
    assert "990102200705080010" not in told
    assert "pipeline/night.py" in told


def test_a_night_that_is_killed_while_it_forgets_leaves_nothing_that_counts_as_done(
    bureau: Workspace, monkeypatch: Patch
) -> None:
    before = case_files(bureau, DAY)

    def killed() -> dict[str, object]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.night.sources", killed)
        with pytest.raises(KeyboardInterrupt):
            night(bureau, full=True)
    night(bureau)
    assert case_files(bureau, DAY) == before


def test_reviews_are_not_settled_on_half_a_night(bureau: Workspace, monkeypatch: Patch) -> None:
    case = next(iter(_cases(bureau)))
    reviewed = bureau.root / "reviewed.csv"
    reviewed.write_text(f"线索编号,核查结论,反馈日期\n{case},属实,{DAY}\n", "utf-8")
    with monkeypatch.context() as patch:
        promise_broken(patch, bureau)
        assert run(bureau, "--full") == 11
    with pytest.raises(Exception, match="did not come to its end"):
        take_in(bureau, Settings(), [reviewed])
    night(bureau)
    assert _cases(bureau)[case] == "decided"


def test_two_schools_may_send_reviewed_files_of_one_name(bureau: Workspace) -> None:
    deliver(
        bureau, "vocational_students/d.csv", roll(pupil(3, 学籍号="2", 学校标识码="3699000004"))
    )
    night(bureau)
    one, other = sorted(_cases(bureau))[:2]
    for school, case in (("a", one), ("b", other)):
        folder = bureau.root / school
        folder.mkdir()
        answers = f"线索编号,核查结论,反馈日期\n{case},属实,{DAY}\n"
        (folder / "cases.csv").write_text(answers, "utf-8")
        take_in(bureau, Settings(), [folder / "cases.csv"])
    assert {_cases(bureau)[case] for case in (one, other)} == {"decided"}
    # A correction of the second takes its place.
    (bureau.root / "b" / "cases.csv").write_text(answers.replace("属实", "待核"), "utf-8")
    told = take_in(bureau, Settings(), [bureau.root / "b" / "cases.csv"])
    assert len(list(bureau.reviews.iterdir())) == 2, told
    assert _cases(bureau)[other] != "decided"


def test_taking_in_reviews_does_not_lengthen_the_night(bureau: Workspace) -> None:
    def line() -> list[tuple[object, ...]]:
        with registry(bureau) as con:
            return con.execute("select finished_at, seconds from runs").fetchall()

    before = line()
    case = next(iter(_cases(bureau)))
    reviewed = bureau.root / "reviewed.txt"
    reviewed.write_text(f"线索编号\t核查结论\t反馈日期\n{case}\t属实\t{DAY}\n", "utf-16")
    take_in(bureau, Settings(), [reviewed])
    assert line() == before
    assert _cases(bureau)[case] == "decided"


def _cases(workspace: Workspace) -> dict[str, str]:
    with registry(workspace) as con:
        return dict(con.execute("select case_id, status from cases order by case_id").fetchall())
