"""`screening editor`: help for an editor that speaks the Language Server Protocol, over standard input and output."""

from __future__ import annotations

import click

from screening.cli.input import english, fail


@click.command()
def editor() -> None:
    """Help an editor with rule files: names as you type, what they mean, and mistakes where they stand.

    Started by the editor itself, which speaks with it over standard input and output (Language Server Protocol). How to
    set one up: rules/README.md, "In an editor".
    """
    try:
        from screening.cli.authors.language_server import make_server  # noqa: PLC0415 - needs the extra `editor`
    except ModuleNotFoundError:
        fail(english().gettext("This needs the extra `editor`: run ./setup test, or pip install 'screening[editor]'."))
    make_server().start_io()
