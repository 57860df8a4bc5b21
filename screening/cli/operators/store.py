"""What commands that work on the store share: the settings and the store itself, or the end with what is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from screening.cli.input import fail
from screening.config.reading import read_settings
from screening.config.settings import Settings, SettingsError
from screening.crypto.keys import KeyFileError
from screening.storage.database.connections import Database
from screening.storage.database.deletion_list import DeletionsError
from screening.storage.opening import open_store
from screening.storage.store import NOT_USABLE, Store
from screening.storage.upkeep.backup_file import BackupError
from screening.storage.upkeep.key_rotation import RotationError
from screening.storage.upkeep.purging import TooManyError

REASONS = (*NOT_USABLE, TooManyError, KeyFileError, RotationError, DeletionsError, BackupError)
"""What keeps a command from its work; each says in its message what to do."""


def required_settings() -> Settings:
    """The settings in the environment, or the end of the command with every mistake in them printed."""
    try:
        return read_settings(os.environ)
    except SettingsError as error:
        fail("\n".join(error.problems))


@contextmanager
def readable_failures() -> Iterator[None]:
    """End the command with one line where the store, its keys or its files cannot be used."""
    try:
        yield
    except REASONS as error:
        fail(str(error))


@contextmanager
def opened_store(settings: Settings | None = None, *, may_be_new: bool = False) -> Iterator[Store]:
    """The store of this deployment. It must be there: a command makes no new one because a setting was forgotten.

    `may_be_new`: but for the one by which a deployment may begin.
    """
    settings = settings or required_settings()
    with readable_failures():
        database = Database(settings.database)
        if may_be_new:
            settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
        elif database.is_sqlite and not database.file.exists():
            fail(f"{database.file} does not exist; name with SCREENING_INSTANCE or DATABASE_URL where submissions are")
        store = open_store(
            settings.database, settings.master_key_file, settings.deletions_file, settings.notifications.plan
        )
        try:
            yield store
        finally:
            store.database.engine.dispose()
