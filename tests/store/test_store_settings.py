"""qingji.toml: what is left out has its default, what is wrong is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.settings import Settings, load_settings, render_settings


def written(folder: Path, text: str) -> Path:
    (folder / "qingji.toml").write_text(text, encoding="utf-8")
    return folder


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_the_file_that_init_writes_reads_back_as_the_defaults(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, render_settings())) == Settings()


def test_every_setting_is_in_the_file_under_its_help() -> None:
    lines = render_settings().splitlines()
    for section in (Settings, *(type(getattr(Settings(), name)) for name in ("run", "policy"))):
        for name, field in section.model_fields.items():
            if field.description:
                help_at = lines.index(f"# {field.description}")
                assert lines[help_at + 1].removeprefix("# ").startswith(f"{name} = ")


def test_what_is_set_counts(tmp_path: Path) -> None:
    text = '[run]\nas_of = "2024-04-15"\nthreads = 1\n[policy]\nstands_in = {"9901" = "1409"}\n'
    settings = load_settings(written(tmp_path, text))
    assert settings.run.as_of == date(2024, 4, 15)
    assert settings.run.threads == 1
    assert settings.policy.stands_in == {"9901": "1409"}
    assert settings.cases == Settings().cases


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 1", "colour"),
        ("[run]\nthread = 1", "run.thread"),
        ("[run]\nthreads = 0", "run.threads"),
        ('[run]\nas_of = "2023-02-30"', "run.as_of"),
        ('[run]\nmemory_limit = "much"', "run.memory_limit"),
        ('language = "fr"', "language"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(UsageError, match=rf"qingji\.toml, {named}"):
        load_settings(written(tmp_path, text))


@pytest.mark.parametrize("content", [b"[run\n", "语言 = 中文".encode("gb18030")])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "qingji.toml").write_bytes(content)
    with pytest.raises(UsageError, match=r"qingji\.toml: not readable as TOML"):
        load_settings(tmp_path)
