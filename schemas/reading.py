"""Read the YAML beside the code strictly: no key twice or unknown, errors name file and key."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from schemas.model import SchemaError

AnyModel = TypeVar("AnyModel", bound=BaseModel)


class _StrictLoader(yaml.CSafeLoader):
    """PyYAML keeps the last of two equal keys without a word: a contract could lose a column so."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                mark = key_node.start_mark
                raise SchemaError(
                    f"{Path(mark.name).name}, line {mark.line + 1}: key {key} is there twice"
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_mapping(path: Path) -> dict[str, Any]:
    """Give the mapping that a YAML file holds; raise SchemaError if it holds anything else."""
    with path.open(encoding="utf-8") as stream:
        loader = _StrictLoader(stream)
        try:
            content = loader.get_single_data()
        except yaml.YAMLError as error:
            raise SchemaError(f"{path.name}: not readable as YAML: {error}") from error
        finally:
            loader.dispose()
    return as_mapping(content, path.name)


def as_mapping(content: object, where: str) -> dict[str, Any]:
    """Give `content` as a mapping with text keys; `where` names file and key in the error."""
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise SchemaError(f"{where}: a mapping of names to values was expected")
    return content


def build(model: type[AnyModel], content: Mapping[str, Any], where: str) -> AnyModel:
    """Make a model of what a file says; `where` names the file and the key above, if any."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        said = "; ".join(_complaint(problem) for problem in error.errors())
        raise SchemaError(f"{where}: {said}") from error


def _complaint(problem: Mapping[str, Any]) -> str:
    """Word one complaint of Pydantic without repeating the value."""
    key = ".".join(str(step) for step in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"unknown key {key}"
    if problem["type"] == "missing":
        return f"key {key} is missing"
    return f"{key}: {problem['msg']}" if key else str(problem["msg"]).removeprefix("Value error, ")
