"""What `screening daily` does about deletions that people asked for."""

from __future__ import annotations

import click

from screening.cli.input import english, fail
from screening.storage.store import Store
from screening.storage.upkeep.requested_deletions import erase_requested


def erase_requested_and_report(store: Store) -> None:
    """Erase what was asked for long enough ago, and print how many; the end where a second colleague is overdue."""
    report, say = erase_requested(store), english().gettext
    click.echo(
        say(
            "Deleted at people's request: %(erased)s. Waiting for a second colleague: %(waiting)s.",
            erased=report.erased,
            waiting=report.waiting,
        )
    )
    if report.overdue:
        fail(
            say(
                "Requests to delete that a second colleague should have looked at by now: %(number)s. They are the "
                "first group of the list at the desk.",
                number=report.overdue,
            )
        )
