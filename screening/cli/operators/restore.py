"""`screening restore`: a backup into an empty database."""

from __future__ import annotations

from pathlib import Path

import click

from screening.cli.input import english
from screening.cli.operators.purge import retention_of
from screening.cli.operators.store import readable_failures, required_settings
from screening.storage.database.connections import Database
from screening.storage.keys.key_store import KeyStore
from screening.storage.upkeep.backup import restore as restore_backup


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Lose all that is in the database now.")
@click.option(
    "--skip-line", "skip_lines", type=click.IntRange(1), multiple=True, help="Leave out a line of a list of deletions."
)
def restore(file: Path, *, replace: bool, skip_lines: tuple[int, ...]) -> None:
    """Put the backup FILE into the database of the settings. Stop the service first.

    What was deleted after the backup was made is deleted again, by the lists of deletions in the instance folder and
    beside FILE. A line that names a submission and not what became of it deletes it all the same; one that names none
    ends the command with its number, before anything is changed.
    """
    settings = required_settings()
    with readable_failures():
        database = Database(settings.database)
        try:
            keys = KeyStore(settings.master_key_file, settings.deletions_file)
            retention = retention_of(settings)
            done = restore_backup(database, keys, file, retention, replace=replace, skip_lines=skip_lines)
        finally:
            database.engine.dispose()
    say = english().gettext
    click.echo(say("Restored %(rows)s rows as of %(made_at)s.", rows=done.rows, made_at=done.made_at))
    for place in done.odd_lines:
        click.echo(say("%(place)s does not say what became of the submission; it is deleted.", place=place))
    if done.deleted_again:
        click.echo(say("Deleted again what was deleted since: %(number)s.", number=done.deleted_again))
