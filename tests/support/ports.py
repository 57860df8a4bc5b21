"""Ports of this machine that a server of a test may take."""

from __future__ import annotations

import itertools
import os
import socket

FIRST, HOW_MANY, APART = 20_000, 12_000, 97
"""Below those that Linux gives to outgoing connections (from 32,768 on), so that none is taken before it is used.

Processes of the tests, which run at the same time, begin far apart.
"""
_tried = itertools.count(os.getpid() * APART)


def free_port() -> int:
    """A port that nobody listens on, another one each time."""
    while True:
        port = FIRST + next(_tried) % HOW_MANY
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
