"""The settings of a workspace: qingji.toml, each with its default and one line of help."""

import os
import tomllib
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import UsageError


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RunSettings(_Section):
    """How a night runs."""

    as_of: date | Literal[""] = Field("", description="day the night is about; empty: today")
    threads: int = Field(
        default_factory=lambda: os.cpu_count() or 2,
        ge=1,
        description="processor cores to use; left out: all",
    )
    memory_limit: str = Field(
        "2GB",
        pattern=r"^\d+(\.\d+)? ?([KMGT]i?B|%)$",
        description="memory that the database may use; the rest spills to disk",
    )


class PolicySettings(_Section):
    """Which policy packs bind the deliveries."""

    place: str = Field(
        "", description="division code of this bureau, e.g. 140900; where a school names none"
    )
    stands_in: dict[str, str] = Field(
        default_factory=dict,
        description='places that stand in for another in the policy packs, e.g. {"9901" = "1409"}',
    )


class ScheduleSettings(_Section):
    """When `qingji serve` runs."""

    cron: str = Field("0 2 * * *", description="minute hour day month weekday")
    timezone: str = Field("Asia/Shanghai", description="time zone of the schedule")


class CaseSettings(_Section):
    """How cases are handed over."""

    due_days_a: int = Field(10, ge=1, description="days to report back on a case of severity A")
    due_days_b: int = Field(15, ge=1, description="… of severity B")
    due_days_c: int = Field(30, ge=1, description="… of severity C")
    due_days_d: int = Field(60, ge=1, description="… of severity D")


class Settings(_Section):
    """All settings of a workspace."""

    language: Literal["zh", "en"] = Field(
        "zh", description='headers and sentences of the case files: "zh" or "en"'
    )
    run: RunSettings = RunSettings()
    policy: PolicySettings = PolicySettings()
    schedule: ScheduleSettings = ScheduleSettings()
    cases: CaseSettings = CaseSettings()


def load_settings(workspace: Path) -> Settings:
    """Read qingji.toml (all defaults if there is none); raise UsageError that names the setting."""
    path = workspace / "qingji.toml"
    if not path.exists():
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not readable as TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"{path}, {key}: {first['msg']}; `qingji init` writes every setting with its help"
        ) from error


def render_settings() -> str:
    """Write qingji.toml with every setting at its default, each under a line of help."""
    lines = ["# Settings of this workspace. What is left out keeps the value shown here.", ""]
    lines += _render(Settings, skip_sections=True)
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, _Section):
            lines += ["", f"[{name}]", *_render(section)]
    return "\n".join(lines) + "\n"


def _render(section: type[BaseModel], *, skip_sections: bool = False) -> list[str]:
    lines = []
    for name, field in section.model_fields.items():
        kind = field.annotation
        if skip_sections and isinstance(kind, type) and issubclass(kind, _Section):
            continue
        lines.append(f"# {field.description}")
        if field.default_factory is not None:
            # Depends on the machine or is empty: shown, not fixed.
            lines.append(f"# {name} = {'{}' if kind is not int else 2}")
        else:
            lines.append(f"{name} = {_toml(field.default)}")
    return lines


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
