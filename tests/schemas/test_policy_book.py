"""The book of policy packs in the repository is the one that the packs give."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas import policy, policy_book


def test_the_book_is_current() -> None:
    assert policy_book.main(["--check"]) == 0, "run python -m schemas.policy_book"


def test_every_clause_and_every_value_is_in_it() -> None:
    book = policy_book.render()
    for name, pack in policy.packs().items():
        assert f"## {name}\n" in book
        for clause, told in pack.clauses.items():
            assert f"`{name}:{clause}`" in book
            assert told.says in book
        for parameter in pack.parameters:
            assert all(f"| `{key}` |" in book for key, _ in parameter.settings())


def test_a_stale_book_is_told_by_the_exit_code_and_mended_by_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(policy_book, "BOOK", tmp_path / "README.md")
    assert policy_book.main(["--check"]) == 1
    assert policy_book.COMMAND in capsys.readouterr().err
    assert policy_book.main([]) == 0
    assert policy_book.main(["--check"]) == 0
