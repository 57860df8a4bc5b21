"""`screening backup`: everything that is stored, at one moment, as one file."""

from __future__ import annotations

from pathlib import Path

import click

from screening.cli.input import english, fail
from screening.cli.operators.store import opened_store
from screening.storage.database.clock import ClockError
from screening.storage.store import Store
from screening.storage.upkeep.backup import back_up, date_anew, remove_old
from screening.storage.upkeep.daily_runs import check_believed, read_clocks
from screening.storage.upkeep.last_backup import note_backup


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--days", default=30, show_default=True, type=click.IntRange(0), help="Remove older ones; 0: keep all.")
def backup(folder: Path, days: int) -> None:
    """Write a backup into FOLDER while the service goes on, and remove old ones there.

    The file goes into SQLite and PostgreSQL alike (`screening restore`). The master keys are not in it: keep a copy of
    their file elsewhere. Beside it stands the list of what was deleted, so that a restore deletes that again.
    """
    say = english().gettext
    with opened_store() as store:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            click.echo(say("%(file)s is written.", file=back_up(store, folder)))
            store.write(note_backup)
            if days and _is_clock_believed(store):
                for path, name in date_anew(folder):
                    click.echo(say("%(file)s is of a time to come: its name is %(name)s now.", file=path, name=name))
                removed = remove_old(folder, days)
            else:
                removed = []
        except OSError as error:
            fail(say("%(file)s cannot be written: %(reason)s", file=folder, reason=error.strerror))
    for path in removed:
        click.echo(say("%(file)s is removed: it is older than %(days)s days.", file=path, days=days))


def _is_clock_believed(store: Store) -> bool:
    """Whether old backups may be removed by the clock; where not it is said why, and `screening daily` ends with 1."""
    try:
        with store.reading() as transaction:
            check_believed(transaction, read_clocks())
    except ClockError as error:
        click.echo(english().gettext("Old backups are kept: %(reason)s", reason=error), err=True)
        return False
    return True
