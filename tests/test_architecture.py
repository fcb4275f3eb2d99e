"""The shape of the code: names, sizes, arrows, and the smells that have an alarm."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("schemas", "detectors", "pipeline")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TOP_LEVEL = {
    "pyproject.toml",
    "pipeline",
    "detectors",
    "schemas",
    "sample_data",
    "tests",
    "README.md",
    "Makefile",
    "LICENSE",
    "requirements.lock",
}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked() -> list[str]:
    listed = subprocess.run(
        [
            "git",
            "-c",
            "core.quotePath=false",
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.splitlines()


def test_only_what_belongs_there_lies_at_the_top() -> None:
    top = {line.split("/")[0] for line in tracked()}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL


def test_no_module_is_longer_than_350_lines_and_half_are_under_125() -> None:
    lines = {named(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: count for name, count in lines.items() if count > 350} == {}
    assert median(lines.values()) < 125


@pytest.mark.parametrize("name", ["utils", "util", "helpers", "helper", "common", "misc"])
def test_no_module_has_a_name_that_attracts_everything(name: str) -> None:
    assert [named(path) for path in MODULES if path.stem == name] == []


def test_no_function_is_longer_than_forty_lines() -> None:
    too_long = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
                length = node.end_lineno - node.lineno + 1
                if length > 40:
                    too_long[f"{named(path)}:{node.name}"] = length
    assert too_long == {}


def test_no_two_public_functions_share_a_docstring() -> None:
    seen: dict[str, str] = {}
    shared = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                said = ast.get_docstring(node) or ""
                here = f"{named(path)}:{node.name}"
                # Every command module registers its commands, every part of a report draws itself.
                if len(said) > 40 and said in seen and node.name != "register":
                    shared.append((here, seen[said]))
                seen.setdefault(said, here)
    assert shared == []


@pytest.mark.parametrize("smell", ["iterrows", "itertuples", ".apply(", "ignore_errors"])
def test_no_row_loops_and_no_silent_skips(smell: str) -> None:
    assert [named(path) for path in MODULES if smell in path.read_text("utf-8")] == []


def test_only_flows_imports_prefect() -> None:
    importing = [
        named(path)
        for path in MODULES
        if re.search(r"^\s*(from|import) prefect\b", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert importing == ["pipeline/flows.py"]


def test_detectors_read_no_clock_and_no_files() -> None:
    clock = re.compile(r"\b(current_date|now\(\)|today\(\)|datetime\.now|read_csv|read_parquet)\b")
    queries = sorted((ROOT / "detectors").rglob("*.sql"))
    rules = [path for path in queries if re.match(r"[A-Z]{2}\d{3}_", path.name)]
    assert [named(path) for path in rules if clock.search(path.read_text("utf-8"))] == []


def test_only_the_day_and_the_run_ledger_read_the_clock() -> None:
    clock = re.compile(r"\b(datetime\.now|date\.today|time\.time)\(")
    reading = {named(path) for path in MODULES if clock.search(path.read_text("utf-8"))}
    assert reading <= {"pipeline/calendar.py"}


def test_the_packages_are_those_of_this_repository() -> None:
    for package in PACKAGES:
        module = __import__(package)
        assert Path(str(module.__file__)).parent == ROOT / package


def test_importing_the_command_loads_neither_prefect_nor_sklearn() -> None:
    probe = "import sys, pipeline.cli; print(sorted({'prefect', 'sklearn'} & set(sys.modules)))"
    printed = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert printed.stdout.strip() == "[]"
