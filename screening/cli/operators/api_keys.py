"""`screening api-keys`: which programs may ask, for what, from where and until when."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from ipaddress import ip_network

import click

from screening.api.access import READERS
from screening.api.operation import Scope
from screening.cli.input import english, fail
from screening.cli.operators.store import opened_store
from screening.storage.accounts.api_keys import (
    ApiKey,
    Grant,
    KeyNameTakenError,
    issue_key,
    new_token,
    revoke_key,
)
from screening.storage.accounts.api_keys import (
    api_keys as keys_of,
)
from screening.storage.audit.log import SERVICE
from screening.storage.database.clock import now

NAME = click.argument("name")
LONGEST_NAME = 80


@click.group("api-keys")
def api_keys() -> None:
    """Issue, list or revoke keys by which programs may use /api/v1 (SCREENING_API=keys)."""


@api_keys.command("issue")
@NAME
@click.option(
    "--scope",
    "scopes",
    required=True,
    multiple=True,
    type=click.Choice([str(scope) for scope in Scope]),
    help="What it is for; may be given several times.",
)
@click.option("--role", type=click.Choice([str(role) for role in READERS]), help="As whom it reads submissions.")
@click.option("--network", required=True, help="From where it may be used, such as 10.1.2.0/24 or 192.0.2.7.")
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True, help="Days until it expires.")
def issue_(name: str, scopes: tuple[str, ...], role: str | None, network: str, days: int) -> None:
    """Issue a key to the program NAME, and print it: it is shown here only."""
    say = english().gettext
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        fail(say("Give a name of at most %(number)s characters.", number=LONGEST_NAME))
    if (Scope.SUBMISSIONS in scopes) != (role is not None):
        fail(say("The scope submissions and --role belong together: give both, or neither."))
    try:
        ip_network(network)
    except ValueError:
        fail(say("%(network)s is no network. Write it as 10.1.2.0/24, or one address.", network=network))
    token = new_token()
    grant = Grant(name.strip(), set(scopes), network, now() + timedelta(days=days), role)
    with opened_store() as store:
        try:
            store.write(lambda transaction: issue_key(transaction, SERVICE, grant, token))
        except KeyNameTakenError:
            fail(say("%(name)s has a key already. Revoke it first, or give another name.", name=grant.name))
    click.echo(token)
    click.echo(say("It is shown here only. It expires on %(day)s.", day=grant.expires_at.date().isoformat()), err=True)


@api_keys.command("list")
def list_() -> None:
    """List every key: name, scopes, network, day of expiry, day of last use, state."""
    with opened_store() as store, store.reading() as transaction:
        keys = keys_of(transaction)
    for key in keys:
        used = key.used_on or english().gettext("never used")
        scopes, until = ",".join(sorted(key.scopes)), key.expires_at.date().isoformat()
        click.echo("\t".join((key.name, scopes, key.network, until, used, _state(key))))


def _state(key: ApiKey) -> str:
    say = english().gettext
    if key.revoked_at is not None:
        return say("revoked")
    if key.locked:
        return say("locked: changed outside of the service")
    return say("active") if key.counts(now()) else say("expired")


@api_keys.command("revoke")
@NAME
def revoke_(name: str) -> None:
    """Let every key of the program NAME count no longer, from the next request on."""
    say = english().gettext
    with opened_store() as store:
        with store.reading() as transaction:
            keys = [key for key in keys_of(transaction) if key.name == name and key.revoked_at is None]
        if not keys:
            fail(say("There is no key of the name %(name)s that is not revoked.", name=name))
        for key in keys:
            store.write(partial(revoke_key, by=SERVICE, key_id=key.id))
    click.echo(say("%(name)s has no key any more.", name=name))
