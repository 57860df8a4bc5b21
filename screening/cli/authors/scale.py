"""`screening scale`: the draft of a rule file, written from a table of a scored scale's items and bands."""

from __future__ import annotations

from pathlib import Path

import click

from screening.cli.input import english, fail, printing_mistakes
from screening.rulefiles.authoring.scale_table import load_scale
from screening.rulefiles.authoring.scale_writer import write_scale


@click.command()
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The rule file to write, such as rules/NAME.yaml; NAME.cases.yaml is written beside it.",
)
def scale(table: Path, output: Path) -> None:
    """Write the draft of a rule file from a TABLE of a scored scale.

    The table names how many items there are, the scores of their answers, and where the bands of the totals begin; its
    shape is rules/scale.schema.json. Every item of the draft is strict, so "not sure" keeps open what it may add up to.
    The words are yours to write. Nothing that is there is written over.
    """
    say = english().gettext
    with printing_mistakes():
        scale_table = load_scale(table)
    try:
        written = write_scale(scale_table, output)
    except FileExistsError as error:
        fail(say("%(file)s is there already. Choose another name.", file=error.args[0]))
    except OSError as error:
        fail(say("The draft cannot be written: %(reason)s", reason=error.strerror))
    for path in written:
        click.echo(say("%(file)s is written.", file=path))
    click.echo(say("Write over its words, then: screening check %(file)s", file=output))
