"""Every test of the store runs on a real SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from screening.storage.store import Store
from tests.support.postgres import Cluster, running_cluster
from tests.support.stores import ON_EACH, Place, close, place_for


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL for all tests of this process."""
    with running_cluster() as running:
        yield running


@pytest.fixture(params=ON_EACH)
def kind(request: pytest.FixtureRequest) -> str:
    """Which kind of database."""
    return str(request.param)


@pytest.fixture
def place(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Where a new store can be opened, by several processes if a test wants that."""
    running = request.getfixturevalue("cluster") if kind == "postgresql" else None
    with place_for(kind, tmp_path / "store", running) as found:
        yield found


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """A new store."""
    opened = place.open()
    yield opened
    close(opened)
