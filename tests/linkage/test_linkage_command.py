"""Every command of the engine's README works on the README's model; and what else the commands promise."""

from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet
import pytest
from student_lists import README, commands, lay_lists, name_of, number_of
from typer.testing import CliRunner, Result

from detectors.identity.linkage.model import load_model
from pipeline.cli import app
from pipeline.errors import UsageError

TWO = ("schools.csv", "colleges.csv")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands of the README have been given, one after the other."""
    home = tmp_path_factory.mktemp("linked")
    lay_lists(home)
    with pytest.MonkeyPatch.context() as inside:
        inside.chdir(home)
        for command in commands():
            done = qingji(*command.split())
            assert done.exit_code == 0, (command, done.exception)
            assert done.output
    return home


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    return folder


def qingji(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_the_commands_of_the_readme_leave_what_they_promise(folder: Path) -> None:
    pairs = pa_csv.read_csv(folder / "pairs.csv")
    documented = ["record_a", "record_b", "is_linked", "weight", "probability", "reason"]
    assert pairs.column_names[:6] == documented
    assert all(f"`{name}`" in README.read_text("utf-8") for name in documented)
    assert pairs["is_linked"].to_pylist().count(True) == 81
    persons = pa_csv.read_csv(folder / "persons.csv")
    assert len(set(persons["person_id"].to_pylist())) == 240
    assert load_model(folder / "trained.json").is_trained
    assert not load_model(folder / "students.json").is_trained
    for page in ("why.html", "right.html"):
        told = (folder / page).read_text("utf-8")
        assert told.count("<svg") == 1
        assert "http" not in told.replace("http-equiv", "")


def test_a_second_run_keeps_the_person_ids(here: Path) -> None:
    before = pa_parquet.read_table(here / "state/persons.parquet")
    done = qingji("identity", "score", *TWO, "--model", "trained.json", "--state", "state")
    assert done.output.splitlines()[-1] == "run 2 in state: no change"
    assert pa_parquet.read_table(here / "state/persons.parquet") == before


def test_a_reviewed_pair_stays_as_decided_and_the_split_is_told(here: Path) -> None:
    score = ("identity", "score", *TWO, "--model", "trained.json", "--state", "reviewed")
    assert qingji(*score).output.endswith("run 1 in reviewed: 240 new\n")
    (here / "reviewed/reviews.csv").write_text("record_a,record_b,is_match\ns100,c100,0\n", "utf-8")
    assert qingji(*score).output.endswith("run 2 in reviewed: 1 split\n")


def test_one_file_is_searched_for_people_it_lists_twice(here: Path) -> None:
    both = (here / "schools.csv").read_text("utf-8")
    more = (here / "colleges.csv").read_text("utf-8").split("\n", 1)[1]
    (here / "all.csv").write_text(both + more, "utf-8")
    model = (here / "students.json").read_text("utf-8").replace("link_only", "dedupe_only")
    (here / "one.json").write_text(model, "utf-8")
    done = qingji("identity", "score", "all.csv", "--model", "one.json")
    assert "240 persons, 81 compared pairs linked" in done.output
    assert "one.json has no shares yet; trained on these rows for this run only" in done.output


def test_labelled_pairs_measure_only_themselves(here: Path) -> None:
    (here / "labels.csv").write_text(
        "record_a,record_b,is_match\ns100,c100,1\nc101,s101,true\ns100,c101,0\ns1,c239,1\n", "utf-8"
    )
    done = qingji("identity", "evaluate", *TWO, "--model", "trained.json", "--truth", "labels.csv")
    joined = next(line for line in done.output.splitlines() if line.startswith("joined"))
    assert joined.split()[3:5] == ["2", "3"]
    assert "1 true pairs were found by no key" in done.output


def test_a_label_that_says_neither_yes_nor_no_is_refused(here: Path) -> None:
    (here / "unclear.csv").write_text("record_a,record_b,is_match\ns100,c100,待核\n", "utf-8")
    done = qingji("identity", "evaluate", *TWO, "--model", "trained.json", "--truth", "unclear.csv")
    assert isinstance(done.exception, UsageError)
    assert "row 2, is_match" in str(done.exception)
    assert "待核" not in str(done.exception)


def test_explaining_shows_values_only_when_asked(here: Path) -> None:
    asked = ("identity", "explain", *TWO, "--model", "trained.json", "--pair", "s100", "c100")
    private, shown = qingji(*asked).output, qingji(*asked, "--values").output
    for value in (name_of(100), number_of(100)):
        assert value not in private
        assert value in shown
    assert "number: same valid" in private


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("score", "schools.csv"), "two files"),
        (("score", *TWO, "--clusters", "x.csv"), "--model"),
        (("train", *TWO), "one WORKSPACE"),
        (("evaluate", "schools.csv"), "TRUTH.csv"),
        (("score", "none.csv", "--model", "trained.json"), "no such file"),
        (("score", *TWO, "--model", "trained.json", "--out", "pairs.txt"), ".csv or .parquet"),
        (("explain", *TWO, "--model", "trained.json", "--pair", "s100", "s100"), "twice"),
        (("explain", *TWO, "--model", "trained.json", "--pair", "s100", "zz"), "no row"),
        (("evaluate", *TWO, "--model", "trained.json"), "true_person"),
        (("evaluate", *TWO, "--model", "trained.json", "--by", "shoe"), "no such field"),
    ],
)
def test_a_command_that_cannot_be_done_says_what_to_do(
    here: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = qingji("identity", *arguments)
    assert isinstance(done.exception, UsageError)
    assert told in str(done.exception)


def test_a_night_by_its_changes_tells_what_a_full_run_tells(here: Path) -> None:
    score = ("identity", "score", *TWO, "--model", "trained.json")
    assert "run 1 in nights: 240 new" in qingji(*score, "--state", "nights").output
    schools = here / "schools.csv"
    before = schools.read_text("utf-8")
    left, changed = (f"s{at},{name_of(at)},{number_of(at)}" for at in (90, 120))
    lines = [line for line in before.splitlines() if not line.startswith(left)]
    tonight = "\n".join(line.replace(changed, f"s120,{name_of(7)},") for line in lines)
    try:
        schools.write_text(f"{tonight}\ns900,{name_of(200)},{number_of(200)},,\n", "utf-8")
        out = ("--out", "{}_pairs.parquet", "--clusters", "{}_persons.parquet", "--state", "{}")
        told = [
            qingji(*score, *(part.format(run) for part in out)).output for run in ("nights", "full")
        ]
    finally:
        schools.write_text(before, "utf-8")
    assert "321 rows, 321 looked at anew" in told[1]
    assert "run 2 in nights" in told[0]
    assert int(told[0].split(" rows, ")[1].split()[0]) < 100
    pairs, whole = (
        pa_parquet.read_table(here / f"{run}_pairs.parquet") for run in ("nights", "full")
    )
    known = pa_parquet.read_table(here / "nights_persons.parquet")
    fresh = pa_parquet.read_table(here / "full_persons.parquet")
    assert known.drop(["person_id"]) == fresh.drop(["person_id"])
    assert _together(known) == _together(fresh)
    # the rarity of values is that of the first night
    weighed = ["weight", "probability"]
    assert pairs.drop(weighed).to_pylist() == whole.drop(weighed).to_pylist()
    apart = zip(pairs["probability"].to_pylist(), whole["probability"].to_pylist(), strict=True)
    assert all(abs(one - other) < 0.02 for one, other in apart)


def _together(persons: pa.Table) -> list[int]:
    """Name each row's person by its first row."""
    ids = persons["person_id"].to_pylist()
    return [ids.index(one) for one in ids]


def test_a_folder_of_persons_needs_a_trained_model(here: Path) -> None:
    done = qingji("identity", "score", *TWO, "--model", "students.json", "--state", "untrained")
    assert isinstance(done.exception, UsageError)
    assert "train it first" in str(done.exception)
    assert not (here / "untrained").exists()
