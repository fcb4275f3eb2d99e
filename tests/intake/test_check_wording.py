"""A school reads Chinese: whatever intake and typing say of a delivery has a Chinese wording."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.checking.wording import told, wording

ROOT = Path(__file__).parents[2]
# A remedy follows its complaint after a semicolon; what is raised may have none.
_IS_SAID = re.compile(r"[a-z]{2,} [a-z]{2,}.*; [a-z]{2,} ", re.DOTALL)
_IS_SQL = re.compile(r"\b(?:select|insert|update|drop|create)\b")
# What stays as it is in Chinese: names of programs, formats, folders and options.
_STAYS = re.compile(
    r"Excel|WPS|FoxPro|CSV|XML|UTF-\d+|Parquet|Access|Word|OpenDocument|GB|YYYYMM|X|E\+\d+|exports/(?:<[^>]*>)?|--\w+"
    r"|\.\w+|gzip|xz"
)


def templates(node: ast.AST) -> Iterator[str]:
    """Give texts within a piece of code, each value put in as 〇."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(
            part.value if isinstance(part, ast.Constant) else "〇" for part in node.values
        )
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    else:
        for child in ast.iter_child_nodes(node):
            yield from templates(child)


def is_raised(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Name) and called.id in ("DeliveryError", "Reject")


def sayings() -> list[str]:
    said: set[str] = set()
    for path in sorted((ROOT / "pipeline" / "intake").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        docstrings = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        }
        said |= {
            text
            for text in templates(tree)
            if text not in docstrings and _IS_SAID.search(text) and not _IS_SQL.search(text)
        }
        said |= {
            text
            for node in ast.walk(tree)
            if is_raised(node)
            for text in templates(node)
            if re.search(r"[a-z]{2,} [a-z]{2,}", text)
        }
    return sorted(said)


@pytest.mark.parametrize("said", sayings())
def test_what_intake_says_is_told_in_chinese(said: str) -> None:
    chinese = told(said, "zh")
    assert not re.search(r"[A-Za-z]{2,}", _STAYS.sub("", chinese)), chinese


@pytest.mark.parametrize("reason", wording().reasons)
def test_no_wording_is_shadowed_by_a_vaguer_one(reason: str) -> None:
    example = reason.replace("{what}", "a PDF")
    chinese = wording().reasons[reason].replace("{what}", "PDF")
    example, chinese = (re.sub(r"\{\w+\}", "〇", text) for text in (example, chinese))
    assert told(example, "zh") == chinese


def test_several_reasons_in_one_message_are_each_told_in_chinese() -> None:
    said = told("hidden sheet, read all the same; no cell is filled", "zh")
    assert said == "隐藏的工作表，照样读取；没有填写任何单元格"


def test_a_reason_without_a_chinese_wording_is_told_in_english() -> None:
    assert told("is out of this world", "zh") == "is out of this world"


def test_what_is_said_of_a_column_in_both_languages_is_parted() -> None:
    said = (
        "按数字保存；请重新导出 (a number; export again)；X 结尾的号码完好 (those in X are intact)"
    )
    assert told(said, "zh") == "按数字保存；请重新导出；X 结尾的号码完好"
    assert told(said, "en") == "a number; export again; those in X are intact"
