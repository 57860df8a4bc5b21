"""The `screening` command: one module a subcommand, each composing what lies below it.

What needs two siblings that may not import each other is put together here. Enter by `main`.
"""

from __future__ import annotations

import click

from screening.cli.check import check
from screening.cli.compare import compare
from screening.cli.evaluate import evaluate
from screening.cli.prove import prove
from screening.cli.serve import serve
from screening.cli.summary import summary


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="screening")
def main() -> None:
    """Match a person's answers with one section of a published guide, by one rule file.

    Exit codes: 0 all is well; 1 something in the input is wrong (each mistake is printed);
    2 the command itself was called wrongly.
    """


for command in (serve, check, evaluate, summary, prove, compare):
    main.add_command(command)
