"""`screening pin`: what of a rule file may not change by accident, pinned as it stands, with a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from screening.cli.input import english, fail, load_rules, printing_mistakes
from screening.rulefiles.pinning.comparison import Unpinned, unpinned
from screening.rulefiles.pinning.pin_file import PinFile, load_pins
from screening.rulefiles.pinning.writer import pin as write_pins
from screening.rulefiles.translation.loader import load_translations


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--reason", default="", help="Why it was changed: a sentence for whoever reviews it.")
def pin(file: Path, *, reason: str) -> None:
    """Pin what was changed on purpose in a rule FILE or a translation of it, in NAME.pins.yaml beside it.

    Pinned is what answers mean, what results say and tell to do, and what guards them. `screening check` stops at a
    change to it until the change is pinned with a reason. Without --reason this lists what differs.
    """
    say = english().gettext
    rules = load_rules(file, cases_may_fail=True)
    with printing_mistakes():
        translations = load_translations(rules)
        pins = load_pins(file, rules.rule_set.id)
        differing = unpinned(rules, translations.values(), pins or PinFile())
    if not differing:
        click.echo(say("Everything stands as it is pinned."))
        return
    for change in differing:
        _tell(change, listing=pins is not None)
    if not reason.strip():
        fail(say('Is that meant? Then pin it: screening pin %(file)s --reason "why"', file=file))
    try:
        with printing_mistakes():
            path = write_pins(rules, differing, reason, date.today())
    except OSError as error:
        fail(say("The pins cannot be written: %(reason)s", reason=error.strerror))
    click.echo(say("Pinned in %(file)s.", file=path))


def _tell(one: Unpinned, *, listing: bool) -> None:
    """What differs in one file; the first time, when it is all new, just how much."""
    say = english().gettext
    click.echo(
        say(
            "%(file)s: %(changed)s changed, %(added)s new, %(removed)s removed",
            file=one.file,
            changed=len(one.changed),
            added=len(one.added),
            removed=len(one.removed),
        )
    )
    if listing:
        for member in one.changed:
            click.echo("  " + say("changed: %(name)s: %(text)s", name=member.id, text=member.shown))
        for member in one.added:
            click.echo("  " + say("new: %(name)s: %(text)s", name=member.id, text=member.shown))
        for name in one.removed:
            click.echo("  " + say("removed: %(name)s", name=name))
