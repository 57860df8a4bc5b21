"""`screening notices`: what waits to be told to the clinic is sent."""

from __future__ import annotations

import click

from screening.cli.input import english, fail
from screening.cli.operators.store import opened_store, required_settings
from screening.config.settings import Settings
from screening.notifications.delivery import send_due
from screening.storage.store import Store
from screening.storage.submissions.notices.outbox import drop_unnamed
from screening.storage.submissions.notices.outbox_counts import failing_notices, outbox_counts
from screening.storage.submissions.notices.promises import queue_passed_promises
from screening.wording.sharing.notification import failing_sentence


@click.command()
@click.option("--drop", is_flag=True, help="Forget what waits for recipients that the settings no longer name.")
def notices(*, drop: bool) -> None:
    """Send the e-mails and webhooks that are due; a service that runs does so by itself.

    Ends with 1 while any does not arrive, whoever tried it last, and says which and why.
    """
    settings = required_settings()
    with opened_store(settings) as store:
        if drop:
            recipients = settings.notifications.plan.recipients
            number = store.write(lambda transaction: drop_unnamed(transaction, recipients))
            click.echo(english().gettext("Notices that were dropped: %(number)s.", number=number))
        send_and_report(store, settings)


def send_and_report(store: Store, settings: Settings) -> None:
    """Send what is due, print how many arrived, wait and fail; the end of the command where any fails."""
    say = english().gettext
    queue_passed_promises(store)
    done = send_due(store, settings.notifications)
    click.echo(say("Notices that arrived: %(number)s.", number=done.arrived))
    with store.reading() as transaction:
        counts = outbox_counts(transaction)
        failing = failing_notices(transaction, settings.notifications.plan.recipients)
    for event, count in counts.items():
        if count.waiting or count.failed:
            numbers = {"event": event, "waiting": count.waiting, "failed": count.failed}
            click.echo(say("Of %(event)s: %(waiting)s waiting, %(failed)s failed.", **numbers))
    if failing:
        number = sum(notice.number for notice in failing)
        lines = [failing_sentence(english(), notice, settings.notifications) for notice in failing]
        fail("\n".join([say("Notices that did not arrive, to be tried again: %(number)s.", number=number), *lines]))
