"""`screening translate`: the file in which a rule file is translated, written or brought up to date."""

from __future__ import annotations

from pathlib import Path

import click

from screening.cli.input import english, fail, load_rules, printing_mistakes
from screening.rulefiles.translation.loader import LANGUAGE
from screening.rulefiles.translation.writer import Written, write_translation


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("language")
def translate(file: Path, language: str) -> None:
    """Write NAME.LANGUAGE.yaml beside a rule FILE, to be filled in, or bring it up to date.

    Each text stands below its original. What is translated already stays as it is; a text whose original has changed
    since is marked. LANGUAGE is a tag such as ms or zh-Hans. `screening check` lists what is missing.
    """
    say = english().gettext
    if not LANGUAGE.fullmatch(language):
        raise click.UsageError(say("%(name)s is no language tag, such as ms or zh-Hans.", name=language))
    rules = load_rules(file)
    if language == rules.rule_set.language:
        raise click.UsageError(say("The rule file itself is in this language: %(name)s.", name=language))
    try:
        with printing_mistakes():
            written = write_translation(rules, language)
    except OSError as error:
        fail(say("The translation cannot be written: %(reason)s", reason=error.strerror))
    _tell(written)


def _tell(written: Written) -> None:
    say = english().gettext
    click.echo(say("%(file)s is written.", file=written.path))
    click.echo("  " + say("%(number)s texts to translate", number=written.empty))
    click.echo("  " + say("%(number)s texts whose original has changed", number=written.stale))
    for name, text in written.dropped:
        click.echo("  " + say("not in the rule file any more: %(name)s (%(text)s)", name=name, text=text))
