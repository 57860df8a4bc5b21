"""A real server of HTTP that answers a webhook as a test asks for, also with what is no HTTP."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

CUT, HANG, DRIP = "cut", "hang", "drip"


@dataclass
class Hook:
    """How it answers, and what it was given."""

    port: int = 0
    status: int = 204
    next: list[int | str | bytes] = field(default_factory=list)
    """A status, one of the words above, or the very bytes; one entry a request, before `status`."""
    contents: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    accepted: list[bytes] = field(default_factory=list)
    """The bodies that were answered with a success."""
    paths: list[str] = field(default_factory=list)
    ends: Event = field(default_factory=Event)


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: _Server

    def do_POST(self) -> None:
        hook = self.server.hook
        hook.contents.append(self.rfile.read(int(self.headers["Content-Length"])))
        hook.headers.append(dict(self.headers.items()))
        hook.paths.append(self.path)
        answer = hook.next.pop(0) if hook.next else hook.status
        self.close_connection = True
        if isinstance(answer, int):
            if 200 <= answer < 300:
                hook.accepted.append(hook.contents[-1])
            self.send_response(answer)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
        elif isinstance(answer, bytes):
            self.wfile.write(answer)
        elif answer == HANG:
            hook.ends.wait()
        elif answer == DRIP:
            while not hook.ends.wait(0.01):
                self.wfile.write(b"H")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    hook: Hook

    def handle_error(self, request: object, client_address: object) -> None:
        """Who went away is no error here."""


@contextmanager
def hook_server(context: ssl.SSLContext | None = None) -> Iterator[Hook]:
    """A running server; `context` for encryption."""
    server = _Server(("127.0.0.1", 0), _Handler)
    hook = server.hook = Hook(server.server_address[1])
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        hook.ends.set()
        server.shutdown()
        server.server_close()
        thread.join()
