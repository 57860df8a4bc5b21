"""The write-ahead log of SQLite is emptied while the service runs, so that no deleted key stays in it for long."""

from __future__ import annotations

import logging
from threading import Event

from screening.logs.failure import failure_of
from screening.storage.database.connections import Database, DatabaseUnavailableError
from screening.storage.database.tidying import cut_log

log = logging.getLogger(__name__)
EVERY = 600.0
"""Seconds between two times. SECURITY.md promises an hour: five tries may fail."""
AGAIN = 5.0
"""Seconds after which it is tried again where somebody was in the way."""


def cut_log_regularly(database: Database, stop: Event) -> None:
    """Empty the log until told to stop; every process does, which costs nothing where it is empty already."""
    while database.is_sqlite and not stop.wait(EVERY if _try(database) else AGAIN):
        pass


def _try(database: Database) -> bool:
    """Whether the log is empty; whatever goes wrong with it, the thread goes on and tries again."""
    try:
        return cut_log(database)
    except DatabaseUnavailableError as error:
        log.warning("the write-ahead log waits to be emptied: %s", error)
    except Exception as error:
        log.error("the write-ahead log waits to be emptied: %s", failure_of(error))  # noqa: TRY400 - a trace with no words in it
    return False
