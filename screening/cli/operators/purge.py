"""`screening purge`: what was kept for long enough is deleted."""

from __future__ import annotations

import click

from screening.cli.input import english
from screening.cli.operators.store import opened_store, required_settings
from screening.config.settings import Settings
from screening.storage.store import Store
from screening.storage.upkeep.purging import RetentionPeriods
from screening.storage.upkeep.purging import purge as purge_store


@click.command()
@click.option("--delete", "confirmed", type=int, help="So many are due, and shall be deleted.")
def purge(*, confirmed: int | None) -> None:
    """Delete submissions that nobody opened, or that were closed, for as long as the settings say."""
    settings = required_settings()
    with opened_store(settings) as store:
        purge_and_report(store, settings, confirmed=confirmed)


def retention_of(settings: Settings) -> RetentionPeriods:
    """How long submissions are kept, as the settings say."""
    return RetentionPeriods(settings.keep_unopened_days, settings.keep_closed_days)


def purge_and_report(store: Store, settings: Settings, *, confirmed: int | None = None) -> None:
    """Purge, and print how many went."""
    keeping = retention_of(settings)
    purged = purge_store(store, keeping, confirmed=confirmed)
    click.echo(
        english().gettext(
            "Deleted: %(unopened)s not opened within %(unopened_days)s days, "
            "%(closed)s closed for %(closed_days)s days.",
            unopened=purged.unopened,
            unopened_days=keeping.unopened_days,
            closed=purged.closed,
            closed_days=keeping.closed_days,
        )
    )
    if purged.announced:
        click.echo(english().gettext("To be deleted within about a week: %(number)s.", number=purged.announced))
