"""Every command of the README is executed, and every path in it exists."""

import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.night import plan
from pipeline.sample import lay_night

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [
    line.split("   #")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]
QINGJI = [line for line in COMMANDS if line.startswith(".venv/bin/qingji ")]
# A bureau always has something to complain about; that is what the command is for.
LAWFUL_EXITS = {"doctor": {0, 1}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder like the user's: the night of `make night`, and a bureau with deliveries in it."""
    home = tmp_path_factory.mktemp("user")
    lay_night(ROOT / "sample_data", "first_night", home / "build" / "night")
    assert qingji(home, "run", "build/night", "--plain").returncode == 0
    assert qingji(home, "init", "bureau").returncode == 0
    shutil.copytree(home / "build/night/exports", home / "bureau/exports", dirs_exist_ok=True)
    return home


def qingji(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", [line for line in QINGJI if " serve " not in line])
def test_a_command_of_the_readme_works(folder: Path, command: str) -> None:
    arguments = shlex.split(command)[1:]
    done = qingji(folder, *arguments)
    assert done.returncode in LAWFUL_EXITS.get(arguments[0], {0}), done.stderr
    assert done.stdout


def test_the_schedule_of_the_readme_waits_for_its_hour(folder: Path) -> None:
    (command,) = [line for line in QINGJI if " serve " in line]
    serving = subprocess.Popen(
        [sys.executable, "-m", "pipeline", *shlex.split(command)[1:]],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert serving.stdout is not None
    said = ""
    try:
        for line in serving.stdout:
            said += line
            if "polling for scheduled runs" in said:
                break
    finally:
        serving.send_signal(signal.SIGINT)
        serving.wait(timeout=60)
    assert "polling for scheduled runs" in said


def test_make_knows_every_target_of_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = [line.split()[1] for line in COMMANDS if line.startswith("make ")]
    assert targets
    assert [name for name in targets if f"\n{name}:" not in makefile] == []


def test_the_steps_of_a_night_are_those_of_the_architecture_page() -> None:
    page = (ROOT / "pipeline/README.md").read_text("utf-8")
    told = re.findall(r"^\| (\w+) \| `", page, re.MULTILINE)
    assert told == [step.name for step in plan()]


def test_every_link_of_the_documents_leads_somewhere() -> None:
    dead = [
        (str(page.relative_to(ROOT)), target)
        for page in (
            ROOT / "README.md",
            ROOT / "pipeline/README.md",
            ROOT / "sample_data/README.md",
        )
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert dead == []


def test_every_command_says_what_it_does() -> None:
    listed = qingji(ROOT, "--help").stdout.split("Commands:")[1]
    told = dict(re.findall(r"^  (\w+)(.*)$", listed, re.MULTILINE))
    assert {"run", "check", "sql"} <= set(told)
    assert [name for name, sentence in told.items() if not sentence.strip()] == []
    assert [name for name in told if qingji(ROOT, name, "--help").returncode] == []
