"""`screening keys`: which master keys there are, and a new one in the place of the old one."""

from __future__ import annotations

import click

from screening.cli.input import english
from screening.cli.operators.store import opened_store
from screening.storage.upkeep.key_rotation import key_uses, prepare_rotation, rotate_keys


@click.group()
def keys() -> None:
    """The master keys under which what people shared is sealed."""


@keys.command(name="list")
def list_keys() -> None:
    """Print the id of each master key, and how many submissions need it."""
    say = english().gettext
    with opened_store() as store, store.reading() as transaction:
        for key_use in key_uses(transaction):
            notes = [english().ngettext("%(number)s submission", "%(number)s submissions", key_use.submissions)]
            if key_use.is_current:
                notes.append(say("seals what is written now"))
            if not key_use.in_file:
                notes.append(say("MISSING in %(file)s", file=store.keys.path))
            click.echo(f"{key_use.id}: {', '.join(notes)}")


@keys.command()
@click.option("--prepare", is_flag=True, help="Only put the new key into the file, to be copied to other hosts first.")
def rotate(*, prepare: bool) -> None:
    """Seal everything under a new master key and destroy the old one, while the service goes on.

    A rotation that was interrupted is gone on with. Afterwards no earlier backup can be read: make one at once.
    """
    say = english().gettext
    with opened_store() as store:
        if prepare:
            key = prepare_rotation(store)
            click.echo(say("%(file)s now begins with the new key %(key)s.", file=store.keys.path, key=key.id.hex()))
            click.echo(say("Copy this file to every host that serves, then run `screening keys rotate` on one."))
            return
        for _step in rotate_keys(store):
            pass
        with store.reading() as transaction:
            (current,) = (key_use.id for key_use in key_uses(transaction) if key_use.is_current)
    click.echo(say("Everything is sealed under the new master key %(key)s; the old one is destroyed.", key=current))
    click.echo(say("No backup made before now can be read any more. Run `screening backup` now."))
