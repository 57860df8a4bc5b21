"""Opening the store: is this the database that belongs to these keys, are tables and keys up to date, is it sealed."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect

from screening.config.notifications import NOBODY, NoticePlan
from screening.storage.accounts.first_seal import sign_accounts_once
from screening.storage.accounts.staff import note_locked_accounts
from screening.storage.audit.head import read_head
from screening.storage.audit.log import is_here
from screening.storage.database.connections import Database, DatabaseUnavailableError
from screening.storage.keys.audit_mark import HighestEntry, raise_mark, read_mark
from screening.storage.keys.key_store import KeyStore
from screening.storage.store import Store


def open_store(url: str, master_keys: Path, deletions: Path | None = None, notices: NoticePlan = NOBODY) -> Store:
    """The store at this address of a database, ready to be used; `notices`: who is told of what happens to submissions.

    `DatabaseUnavailableError` where it is empty, or older than what the mark beside the keys says: it is not a new one.
    """
    store = Store(Database(url), KeyStore(master_keys, deletions), notices)
    try:
        check_belongs(store)
        store.database.migrate()
        store.database.write(store.keys.prepare)
        store.write(sign_accounts_once)
        store.write(note_locked_accounts)
        _mark(store)
        store.note_deletions()
    except BaseException:
        store.database.engine.dispose()
        raise
    return store


def check_belongs(store: Store) -> None:
    """Raise `DatabaseUnavailableError` where the database lacks the entry that is marked beside the keys."""
    mark = read_mark(store.keys.mark)
    if mark is None or mark.number == 0:
        return
    database = store.database
    where = str(database.file) if database.is_sqlite else "the database of DATABASE_URL"
    if database.is_sqlite and (not database.file.exists() or database.file.stat().st_size == 0):
        raise DatabaseUnavailableError(_advice(f"{where} is empty", store, mark))
    with store.reading() as transaction:
        if not _has_tables(transaction.connection):
            raise DatabaseUnavailableError(_advice(f"{where} is empty", store, mark))
        if not is_here(transaction, mark):
            raise DatabaseUnavailableError(
                _advice(f"{where} is older than that, or another, or was changed", store, mark)
            )


def _has_tables(connection: Connection) -> bool:
    return {"audit", "key_state"} <= set(inspect(connection).get_table_names())


def _advice(what: str, store: Store, mark: HighestEntry) -> str:
    return (
        f"{store.keys.mark} says that entry {mark.number} of the audit was written, but {what}. Nothing was changed. "
        "Put the right database back, or name it with SCREENING_INSTANCE or DATABASE_URL; or restore the newest backup "
        "with `screening restore FILE --replace`. Only where all that was there may be lost and a new one shall begin, "
        "move the whole folder of the keys away."
    )


def _mark(store: Store) -> None:
    """Note the end of an audit that is the service's own: it may be from before there were marks, or another host's."""
    mark = read_mark(store.keys.mark)
    with store.reading() as transaction:
        head = read_head(transaction, mark)
    if head:
        raise_mark(store.keys.mark, HighestEntry(head.number, head.chained))
