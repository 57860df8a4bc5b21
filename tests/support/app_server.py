"""An application of the tests' own served on a port of this machine, in a thread beside the test that looks into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from werkzeug.serving import make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


@contextmanager
def served_here(app: WSGIApplication) -> Iterator[str]:
    """The address at which it is served until the end."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    running = Thread(target=server.serve_forever, daemon=True)
    running.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        running.join()
        server.server_close()
