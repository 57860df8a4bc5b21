"""A connection that ends: however slowly the other side answers, byte by byte, it holds nobody for longer."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Timer
from typing import Self

SILENCE = 20.0
"""Seconds without a sign from the other side after which nobody waits any more."""
WHOLE = 60.0
"""Seconds from the first connection to the last reply. `outbox.LEASE` is longer."""


class Deadline:
    """The time that one conversation may take; a context, in which its connection is made."""

    def __init__(self, whole: float | None = None, silence: float | None = None) -> None:
        """`whole`, `silence`: seconds, if not those of above."""
        self.silence = SILENCE if silence is None else silence
        self.has_passed = False
        self._connection: socket.socket | None = None
        self._timer = Timer(WHOLE if whole is None else whole, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        if self._connection is not None:
            self._connection.close()

    def connect(self, host: str, port: int) -> socket.socket:
        """A connection that is cut when the time is over; raises `OSError`, and `UnicodeError` for an odd host."""
        connection = socket.create_connection((host, port), self.silence)
        self._connection = connection.dup()  # encryption wraps the other one, and takes it away
        if self.has_passed:
            self._end()
        return connection

    def _end(self) -> None:
        self.has_passed = True
        if self._connection is not None:
            with suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)
