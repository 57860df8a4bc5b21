"""`screening preview`: a rule file as people will see it, while its author writes it."""

from __future__ import annotations

import signal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import click
from werkzeug.serving import WSGIRequestHandler, make_server

from screening.app.preview import HOST, Preview
from screening.cli.input import english, fail
from screening.documents.libraries import require_libraries

PORT = 8001


class _Quiet(WSGIRequestHandler):
    """Keeps no list of what was asked for: the pages ask every second."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - named as what it takes the place of
        pass


def _stop(_signal: int, _frame: object) -> NoReturn:
    """End as by Ctrl-C, so that nothing is left behind."""
    raise SystemExit(0)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any that is free.")
def preview(file: Path, port: int) -> None:
    """Show a rule FILE in a browser while it is written, until it is stopped (Ctrl-C).

    Each save shows the pages anew, and answers stay where their questions still exist. While the file has mistakes,
    they stand in place of the pages, each with its line and what to write instead. On this machine alone, with nothing
    stored, for its author and never for the public.
    """
    say = english().gettext
    if not file.is_file():
        fail(say("There is no file %(file)s. To begin one: screening new %(file)s", file=file))
    require_libraries()
    with TemporaryDirectory() as folder:
        shown = Preview(file, Path(folder))
        try:
            server = make_server(HOST, port, shown, threaded=True, request_handler=_Quiet)
        except (OSError, SystemExit):
            fail(
                say(
                    "Nothing can listen at port %(port)s. Choose another one: --port %(next)s", port=port, next=port + 1
                )
            )
        signal.signal(signal.SIGTERM, _stop)
        click.echo(
            say(
                "http://%(host)s:%(port)s  shows %(file)s. Stop it with Ctrl-C.",
                host=HOST,
                port=server.server_port,
                file=file,
            )
        )
        try:
            server.serve_forever()
        finally:
            shown.close()
