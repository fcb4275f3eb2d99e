"""The data dictionary in the repository is the one that the contracts give."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas import dictionary
from schemas.catalog import code_lists, sources, tables


def test_the_dictionary_is_current() -> None:
    assert dictionary.main(["--check"]) == 0, "run python -m schemas.dictionary"


def test_every_contract_and_column_is_in_it() -> None:
    page = dictionary.render()
    for one in sources().values():
        assert f"#### {one.name}\n" in page
        assert all(f"| `{column.name}` | {column.header} |" in page for column in one.columns)
    for full_name in tables():
        assert f"### {full_name}\n" in page
    for name in code_lists():
        assert f"### {name}\n" in page


def test_a_stale_dictionary_is_told_by_the_exit_code_and_mended_by_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "README.md"
    page.write_text("# old\n", encoding="utf-8")
    monkeypatch.setattr(dictionary, "PAGE", page)
    assert dictionary.main(["--check"]) == 1
    assert "python -m schemas.dictionary" in capsys.readouterr().err
    assert dictionary.main([]) == 0
    assert dictionary.main(["--check"]) == 0
