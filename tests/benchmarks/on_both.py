"""An application of its own on each kind of database, and the database as one that has been running for a while."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from screening.app import create_app
from screening.config.reading import read_settings
from screening.runtime import EXTENSION
from screening.storage.store import Store
from tests.support.postgres import running_cluster
from tests.support.stores import KINDS, close, place_for
from tests.support.web_fixtures import settings_of


def apps_on_both() -> Iterator[tuple[str, Flask, Store]]:
    """The kind of database, and an empty application on it with its store; gone when the next one is asked for."""
    with running_cluster() as cluster:
        for kind in KINDS:
            with tempfile.TemporaryDirectory() as folder, place_for(kind, Path(folder) / "store", cluster) as place:
                settings = settings_of(Path(folder) / "instance") | {"DATABASE_URL": place.url}
                app = create_app(read_settings(settings))
                store: Store = app.extensions[EXTENSION].store
                yield kind, app, store
                close(store)


def settle(kind: str, store: Store) -> None:
    """Do what autovacuum does of itself after some time."""
    with store.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if kind == "postgresql" else "ANALYZE"))
