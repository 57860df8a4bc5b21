"""Backups: the whole database at one moment as one file, and back into an empty database of either kind.

What was deleted since is deleted again when a backup is restored. The master keys are in no backup.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from screening.crypto.box import SealError
from screening.storage.accounts.first_seal import sign_accounts_once
from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.database.clock import TOLERANCE, now
from screening.storage.database.connections import Database, raise_unavailable
from screening.storage.database.deletion_list import Deletion, read_list
from screening.storage.database.rows import AuditHeadRow, KeyStateRow, fetch_only
from screening.storage.database.schema import audit_head, key_state, metadata, submission
from screening.storage.keys.audit_mark import HighestEntry, replace_mark
from screening.storage.keys.key_store import DELETIONS, LOOKUP_PLACE, KeyMissingError, KeyStore
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.record.records import State
from screening.storage.upkeep.backup_file import BackupError, Header, backup_writer, keyed_digest, read_whole, rows_of
from screening.storage.upkeep.deleting_again import must_go
from screening.storage.upkeep.purging import RetentionPeriods

_NAME = re.compile(r"screening-(\d{8}T\d{6}Z)\.backup")
_STAMP = "%Y%m%dT%H%M%SZ"
_PRECIOUS_TABLES = ("submission", "staff", "audit")
"""A database in which none of these tables has a row holds nothing that could be lost."""


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What a restore did."""

    rows: int
    made_at: str
    deleted_again: int
    odd_lines: tuple[str, ...]
    """Lines of the lists of deletions that name an id and not what became of it; it was deleted all the same."""


def back_up(store: Store, folder: Path) -> Path:
    """Write a backup and the list of deletions into a folder; the new file."""
    moment = now()
    path = folder / f"screening-{moment.strftime(_STAMP)}.backup"
    store.note_deletions()
    with _at_one_moment(store.database) as connection, backup_writer(path) as writer:
        state = fetch_only(connection, KeyStateRow, select(key_state))
        stale = submission.c.data_key_wrapped.is_not(None) & (submission.c.master_key_id != state.master_key_id)
        if connection.execute(select(submission.c.id).where(stale).limit(1)).first():
            raise BackupError("the master key is being changed; end that first with: screening keys rotate")
        revision = str(MigrationContext.configure(connection).get_current_revision())
        writer.header(
            Header(revision, moment.isoformat(), state.master_key_id.hex(), state.lookup_key_wrapped.hex()),
        )
        for table in metadata.sorted_tables:
            writer.table(table.name, table.c.keys())
            with connection.execute(select(table).execution_options(yield_per=500)) as rows:
                for row in rows:
                    writer.row(tuple(row))
        writer.end(store.keys.lookup_key(connection))
    if store.keys.deletions.exists():
        shutil.copyfile(store.keys.deletions, folder / DELETIONS)
        (folder / DELETIONS).chmod(0o600)
    return path


def date_anew(folder: Path) -> list[tuple[Path, str]]:
    """Name the backups that a clock which had leapt dated in the future after the present, or none would ever be old.

    Which they were, each with its new name.
    """
    moment, renamed = now(), list[tuple[Path, str]]()
    for path in sorted(folder.iterdir()):
        if (made := _made_at(path)) and made > moment + TOLERANCE:
            free = moment
            while (other := path.with_name(f"screening-{free.strftime(_STAMP)}.backup")).exists():
                free -= timedelta(seconds=1)
            renamed.append((path, other.name))
            path.rename(other)
    return renamed


def remove_old(folder: Path, days: int) -> list[Path]:
    """Remove the backups in a folder that are older than so many days, by their names; which they were."""
    before = now() - timedelta(days=days)
    removed = []
    for path in sorted(folder.iterdir()):
        made = _made_at(path)
        if made and made < before:
            path.unlink()
            removed.append(path)
    return removed


def _made_at(path: Path) -> datetime | None:
    """When a backup was made, by its name; None where that is not one of a backup."""
    match = _NAME.fullmatch(path.name)
    try:
        return datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC) if match else None
    except ValueError:  # so many digits, and no day
        return None


def restore(
    database: Database,
    keys: KeyStore,
    path: Path,
    retention: RetentionPeriods,
    *,
    replace: bool = False,
    skip_lines: Collection[int] = (),
) -> RestoreReport:
    """Put a backup into a database that holds nothing yet, or in the place of all that is there.

    `retention`: how long what was deleted by its age would have been kept.
    `keys`: one that was not used before, since it remembers keys of another database. `skip_lines`: lines of the lists
    of deletions that name no id, and are to be left out.
    """
    header, end = read_whole(path)
    if keyed_digest(_lookup_key(keys, header, path), end.sha256) != end.keyed:
        raise BackupError(f"{path} was altered by somebody who does not have the master key")
    deletions, odd_lines = _all_deletions((path.with_name(DELETIONS), keys.deletions), skip_lines)
    unmarked = KeyStore(keys.path, keys.deletions, marks=False)  # the mark is of the state that is replaced

    def work(connection: Connection) -> tuple[int, HighestEntry]:
        transaction = StoreTransaction(connection, unmarked)
        _empty(connection, replace=replace)
        database.upgrade(connection, header.revision)
        was_sealed = "accounts" in {column["name"] for column in inspect(connection).get_columns(audit_head.name)}
        _fill(connection, path)
        database.upgrade(connection, "head")
        if not was_sealed:
            sign_accounts_once(transaction)
        again = _delete_again(transaction, deletions, retention)
        add_entry(transaction, SERVICE, "restored", header.made_at)
        last = fetch_only(connection, AuditHeadRow, select(audit_head))
        return again, HighestEntry(last.number, last.chained)

    deleted_again, last = database.write_rebuilding(work)
    if keys.mark:
        replace_mark(keys.mark, last)
    return RestoreReport(end.rows, header.made_at, deleted_again, odd_lines)


def _all_deletions(lists: Iterable[Path], skip_lines: Collection[int]) -> tuple[list[Deletion], tuple[str, ...]]:
    """What any of the lists says was deleted, and the lines that do not say all of it.

    `BackupError` where a line names no id: something that was deleted might come back.
    """
    deletions, odd_lines = dict[str, Deletion](), []
    for path in lists:
        content = read_list(path)
        for number in content.unreadable:
            if number not in skip_lines:
                raise BackupError(
                    f"{path}, line {number}: no id of a submission can be read, so what was deleted might come back. "
                    f"Mend the line from a copy of the list, or leave it out: --skip-line {number}"
                )
        odd_lines += [f"{path}:{number}" for number in content.odd]
        deletions |= {
            name: Deletion(name, State.ERASED, "", "") for name in content.odd.values() if name not in deletions
        }
        deletions |= {
            name: deletion
            for name, deletion in content.deletions.items()
            if name not in deletions or deletions[name].is_by_age  # a wish counts for more than an age
        }
    return list(deletions.values()), tuple(odd_lines)


def _lookup_key(keys: KeyStore, header: Header, path: Path) -> bytes:
    """The key of the keyed hashes, if this deployment has the master key of the backup."""
    try:
        master = bytes.fromhex(header.master_key_id)
        return keys.unwrap(bytes.fromhex(header.lookup_key_wrapped), LOOKUP_PLACE, master)
    except KeyMissingError:
        raise BackupError(
            f"{path} was made under the master key {header.master_key_id}, which is not in {keys.path}. A backup that "
            "is older than the last rotation of the keys can no longer be read."
        ) from None
    except (SealError, ValueError):
        raise BackupError(f"{path} was altered: its key does not open") from None


def _empty(connection: Connection, *, replace: bool) -> None:
    """Drop every table, where nothing is lost by that or it was asked for."""
    existing = MetaData()
    existing.reflect(connection)
    if not replace:
        for table in (existing.tables[name] for name in _PRECIOUS_TABLES if name in existing.tables):
            if connection.execute(select(func.count()).select_from(table)).scalar():
                raise BackupError("the database is not empty; with --replace all that is in it is lost")
    existing.drop_all(connection)


def _fill(connection: Connection, path: Path) -> None:
    tables = MetaData()
    tables.reflect(connection)
    naive = connection.dialect.name == "sqlite"  # it keeps no time zone; see `columns.Moment`
    batch: list[dict[str, Any]] = []
    filling: Table | None = None
    for name, row in rows_of(path):
        table = tables.tables[name]
        if filling is not table or len(batch) >= 500:
            _insert(connection, filling, batch)
            filling, batch = table, []
        batch.append({key: _moment(value, naive=naive) for key, value in row.items()})
    _insert(connection, filling, batch)
    if naive and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise BackupError(f"{path} does not fit together: a row belongs to one that is missing")


def _moment(value: Any, *, naive: bool) -> Any:
    return value.replace(tzinfo=None) if naive and isinstance(value, datetime) else value


def _insert(connection: Connection, table: Table | None, rows: list[dict[str, Any]]) -> None:
    if table is not None and rows:
        connection.execute(insert(table), rows)


def _delete_again(transaction: StoreTransaction, deletions: Iterable[Deletion], retention: RetentionPeriods) -> int:
    """Erase what was deleted after the backup was made; how many."""
    again = [deletion for deletion in deletions if must_go(transaction, deletion, retention, now())]
    return sum(erase(transaction, deletion.id, (State(deletion.state), deletion.reason)) for deletion in again)


@contextmanager
def _at_one_moment(database: Database) -> Iterator[Connection]:
    """A transaction that sees one moment from its beginning to its end; others write meanwhile."""
    options = {} if database.is_sqlite else {"isolation_level": "REPEATABLE READ"}
    try:
        with database.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection
    except DBAPIError as error:
        raise_unavailable(error)
