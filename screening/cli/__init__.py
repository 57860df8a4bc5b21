"""The `screening` command: one module a subcommand, in the room of who uses it, each composing what lies below it.

What needs two siblings that may not import each other is put together here. Enter by `main`.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import click

from screening.documents.libraries import MissingLibraryError
from screening.logs.setup import configure, log_format_of

COMMANDS = {
    "serve": "operators.serve",
    "check": "authors.check",
    "evaluate": "answers.evaluate",
    "summary": "answers.summary",
    "verify": "answers.verify",
    "fhir": "answers.fhir",
    "prove": "authors.prove",
    "compare": "authors.compare",
    "cohort": "authors.cohort",
    "book": "authors.book",
    "pin": "authors.pin",
    "sign": "authors.sign",
    "translate": "authors.translate",
    "new": "authors.new",
    "preview": "authors.preview",
    "editor": "authors.editor",
    "scale": "authors.scale",
    "certificate": "operators.certificate",
    "staff": "operators.staff",
    "api-keys": "operators.api_keys",
    "keys": "operators.keys",
    "purge": "operators.purge",
    "clock": "operators.clock",
    "audit": "operators.audit",
    "backup": "operators.backup",
    "restore": "operators.restore",
    "notices": "operators.notifications",
    "daily": "operators.daily",
}
"""Where each command lives: a module of this package that holds a function of the command's name."""


class Commands(click.Group):
    """Subcommands imported when they are called: a server need not wait for what only authors of rules use."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Run as a process of its own, whose log never repeats what a library or an exception says."""
        configure(log_format_of(os.environ))
        return super().__call__(*arguments, **named)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """The names, in the order in which they are learnt."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"screening.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what this machine lacks is said in words, whichever command finds it."""
        try:
            return super().invoke(ctx)
        except MissingLibraryError as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="screening")
def main() -> None:
    """Match a person's answers with one section of a published guide, by one rule file.

    Exit codes: 0 all is well; 1 something in the input is wrong (each mistake is printed);
    2 the command itself was called wrongly.
    """
