"""Nights over stories, each world run once and looked at by many tests."""

import pytest
from worlds import Night, told


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    run: dict[str, dict[str, frozenset[str]]] = {}

    def of(world: str) -> dict[str, frozenset[str]]:
        if world not in run:
            run[world] = told(world, tmp_path_factory.mktemp("world") / "bureau")
        return run[world]

    return of
