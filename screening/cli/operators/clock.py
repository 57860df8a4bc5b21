"""`screening clock`: both clocks, and that they are right again after a leap."""

from __future__ import annotations

import click

from screening.cli.input import english
from screening.cli.operators.store import opened_store
from screening.storage.database.clock_agreement import database_time
from screening.storage.store import Store
from screening.storage.upkeep.clock_acceptance import accept_clock
from screening.storage.upkeep.daily_runs import ClockReading, read_clocks, reason_to_hold


@click.group()
def clock() -> None:
    """Show the clocks, or accept them after a leap or a long pause."""


@clock.command()
def show() -> None:
    """Print what this machine's clock and the database's say, and why deleting is held; changes nothing."""
    with opened_store() as store:
        _report(store, read_clocks())


@clock.command()
def accept() -> None:
    """The clock is right now: set times of the future to it, and count days on from here."""
    with opened_store() as store:
        reading = read_clocks()
        _report(store, reading)
        mended = store.write(lambda transaction: accept_clock(transaction, reading))
        click.echo(english().gettext("Accepted. Times of the future mended: %(number)s.", number=mended))


def _report(store: Store, reading: ClockReading) -> None:
    say = english().gettext
    with store.reading() as transaction:
        database_wall = database_time(transaction.connection, reading.wall)
        held = reason_to_hold(transaction, reading)
    click.echo(say("This machine: %(time)s", time=reading.wall.isoformat()))
    click.echo(say("Database: %(time)s", time=database_wall.isoformat()))
    if held:
        click.echo(say("Deleting is held: %(reason)s", reason=held))
