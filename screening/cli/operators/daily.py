"""`screening daily`: what is done once a day, by a timer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import click

from screening.cli.operators.audit import verify_and_report
from screening.cli.operators.notifications import send_and_report
from screening.cli.operators.purge import list_idle, purge_and_report
from screening.cli.operators.requested_deletions import erase_requested_and_report
from screening.cli.operators.store import REASONS, opened_store, required_settings
from screening.storage.store import Store
from screening.storage.upkeep.not_reached import close_not_reached


def _close_and_report(store: Store) -> None:
    number = close_not_reached(store)
    if number:
        click.echo(f"closed as not reached, two weeks after the last try: {number}")


@click.command()
@click.option("--delete", "confirmed", type=int, help="So many are due, and shall be deleted.")
def daily(*, confirmed: int | None) -> None:
    """Close what nobody was reached about, delete what was asked for or kept long enough, list what is idle, send
    notices that are due, and check the audit.

    Each is done even where another fails; then the exit code is 1.
    """
    settings = required_settings()
    failed, told = False, set[str]()
    with opened_store(settings) as store:
        works: list[Callable[[], None]] = [
            partial(_close_and_report, store),
            partial(erase_requested_and_report, store),
            partial(purge_and_report, store, settings, confirmed=confirmed),
            partial(list_idle, store),
            partial(send_and_report, store, settings),
            partial(verify_and_report, store),
        ]
        for work in works:
            try:
                work()
            except REASONS as error:
                if str(error) not in told:  # a wrong clock holds more than one of them
                    click.echo(str(error), err=True)
                told.add(str(error))
                failed = True
            except SystemExit:
                failed = True
    if failed:
        raise SystemExit(1)
