"""`screening purge`: what was kept for long enough is deleted."""

from __future__ import annotations

import click

from screening.cli.input import english
from screening.cli.operators.store import opened_store, required_settings
from screening.config.settings import Settings
from screening.storage.database.clock import now
from screening.storage.store import Store
from screening.storage.submissions.deletion.idle import listed_idle
from screening.storage.upkeep.purging import RetentionPeriods
from screening.storage.upkeep.purging import purge as purge_store

MOST_LINES = 100
"""Of what is idle: more make no reader wiser, and the desk lists them."""


@click.command()
@click.option("--delete", "confirmed", type=int, help="So many are due, and shall be deleted.")
def purge(*, confirmed: int | None) -> None:
    """Delete submissions that nobody opened, that were closed, or to which nothing happened, for long enough."""
    settings = required_settings()
    with opened_store(settings) as store:
        purge_and_report(store, settings, confirmed=confirmed)
        list_idle(store)


def retention_of(settings: Settings) -> RetentionPeriods:
    """How long submissions are kept, as the settings say."""
    return RetentionPeriods(settings.keep_unopened_days, settings.keep_closed_days, settings.keep_idle_days)


def purge_and_report(store: Store, settings: Settings, *, confirmed: int | None = None) -> None:
    """Purge, and print how many went."""
    keeping = retention_of(settings)
    purged = purge_store(store, keeping, confirmed=confirmed)
    click.echo(
        english().gettext(
            "Deleted: %(unopened)s not opened within %(unopened_days)s days, "
            "%(closed)s closed for %(closed_days)s days, %(idle)s opened and then idle.",
            unopened=purged.unopened,
            unopened_days=keeping.unopened_days,
            closed=purged.closed,
            closed_days=keeping.closed_days,
            idle=purged.idle,
        )
    )
    if purged.announced:
        click.echo(english().gettext("To be deleted within about a week: %(number)s.", number=purged.announced))


def list_idle(store: Store) -> None:
    """Print what is idle and will be deleted soon, the first one first, by id: a code belongs into no log."""
    with store.reading() as transaction:
        listed = listed_idle(transaction, now())
    say = english().gettext
    click.echo(say("Idle, and listed at the desk: %(number)s.", number=len(listed)))
    for submission in listed[:MOST_LINES]:
        click.echo(
            say(
                "  %(id)s: nothing since %(since)s, deleted from %(day)s on",
                id=submission.id,
                since=submission.idle_since.date().isoformat(),
                day=submission.deleted_at.date().isoformat(),
            )
        )
