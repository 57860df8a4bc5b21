"""`screening notices`: what waits to be told to the clinic is sent."""

from __future__ import annotations

import click

from screening.cli.input import english, fail
from screening.cli.operators.store import opened_store, required_settings
from screening.config.settings import Settings
from screening.notifications.delivery import send_due
from screening.storage.store import Store


@click.command()
def notices() -> None:
    """Send the e-mails and webhooks that are due; a service that runs does so by itself."""
    settings = required_settings()
    with opened_store(settings) as store:
        send_and_report(store, settings)


def send_and_report(store: Store, settings: Settings) -> None:
    """Send what is due, and print how many arrived; the end of the command where some did not."""
    done = send_due(store, settings.notifications)
    say = english().gettext
    click.echo(say("Notices that arrived: %(number)s.", number=done.arrived))
    if done.failed:
        fail(say("Notices that did not arrive, to be tried again: %(number)s.", number=done.failed))
