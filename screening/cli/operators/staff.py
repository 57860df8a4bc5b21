"""`screening staff`: who may work at the desk; for the first manager, and where nobody can sign in."""

from __future__ import annotations

import click

from screening.cli.input import english, fail
from screening.cli.operators.store import opened_store
from screening.crypto.passwords import hash_password, weakness
from screening.storage.accounts.staff import (
    Account,
    LastManagerError,
    NameTakenError,
    Role,
    accounts,
    add_staff,
    canonical_name,
    disable,
    find_account,
    reset,
)
from screening.storage.audit.log import SERVICE
from screening.storage.store import Store
from screening.storage.submissions.record.reference_codes import new_invitation
from screening.wording.desk.accounts import role_name, weakness_message

NAME = click.argument("name")


@click.group()
def staff() -> None:
    """Add, list, disable or reset who works at the desk."""


@staff.command("add")
@NAME
@click.option("--role", required=True, type=click.Choice([member.value for member in Role]), help="What they may do.")
@click.option("--password", "ask", is_flag=True, help="Type a password here, instead of an invitation to choose one.")
def add_(name: str, role: str, *, ask: bool) -> None:
    """Add NAME; prints an invitation with which they choose a password, within seven days.

    Takes the place of a locked account of this name: one that somebody changed outside of the service.
    """
    say = english().gettext
    if not canonical_name(name):
        fail(say("Give a name."))
    with opened_store(may_be_new=True) as store:
        secret = _typed_password(name) if ask else new_invitation()
        hashed = hash_password(secret)
        try:
            store.write(
                lambda transaction: add_staff(transaction, SERVICE, (name, Role(role)), hashed, invited=not ask)
            )
        except NameTakenError:
            fail(say("There is somebody called %(name)s already.", name=canonical_name(name)))
    click.echo(say("%(name)s is added: %(role)s.", name=canonical_name(name), role=role_name(Role(role), english())))
    if not ask:
        _print_invitation(secret)


@staff.command("list")
def list_() -> None:
    """List everybody, with role and state."""
    say = english().gettext
    with opened_store() as store, store.reading() as transaction:
        team = accounts(transaction)
    for account in team:
        state = (
            say("locked")
            if account.locked
            else say("disabled")
            if not account.active
            else say("invited")
            if account.invited_until
            else say("active")
        )
        click.echo(f"{account.name}\t{role_name(account.role, english())}\t{state}")


@staff.command("disable")
@NAME
def disable_(name: str) -> None:
    """Let NAME sign in no longer, and sign them out everywhere."""
    say = english().gettext
    with opened_store() as store:
        account = _find_account(store, name)
        _refuse_locked(account)
        try:
            store.write(lambda transaction: disable(transaction, SERVICE, account.id))
        except LastManagerError:
            fail(say("%(name)s is the only manager. Add another one first.", name=account.name))
    click.echo(say("%(name)s can no longer sign in.", name=account.name))


@staff.command("reset")
@NAME
def reset_(name: str) -> None:
    """Give NAME a new invitation in place of password, app and recovery codes."""
    invitation = new_invitation()
    hashed = hash_password(invitation)
    with opened_store() as store:
        account = _find_account(store, name)
        _refuse_locked(account)
        store.write(lambda transaction: reset(transaction, SERVICE, account.id, hashed))
    _print_invitation(invitation)


def _find_account(store: Store, name: str) -> Account:
    with store.reading() as transaction:
        account = find_account(transaction, name)
    if account is None:
        fail(english().gettext("There is nobody called %(name)s.", name=canonical_name(name)))
    return account


def _refuse_locked(account: Account) -> None:
    """End the command where nothing that stands in the row may be carried on."""
    if account.locked:
        message = english().gettext(
            "The account %(name)s was changed outside of the service, so it lets nobody in. Make it anew: "
            "screening staff add NAME --role ROLE",
            name=account.name,
        )
        fail(message)


def _typed_password(name: str) -> str:
    typed: str = click.prompt(english().gettext("Password"), hide_input=True, confirmation_prompt=True)
    problem = weakness(typed, name)
    if problem:
        fail(weakness_message(problem, english()))
    return typed


def _print_invitation(invitation: str) -> None:
    say = english().gettext
    click.echo(say("Invitation, for seven days and one use: %(invitation)s", invitation=invitation))
    click.echo(say("It is typed in place of the password, at /desk/. It is shown here only."))
