"""From where a request comes, as far as it matters for sharing fairly: the network, never the person."""

from __future__ import annotations

from flask import g, has_request_context, request

from screening.storage.accounts.networks import network_of


def take_turns_as(asker: str) -> None:
    """Let the present request take its turns as somebody who is known, and not as its network."""
    g.takes_turns_as = asker


def request_network() -> str:
    """The network of the present request, or who is known to send it; empty outside of one: what this process does on
    its own.
    """
    if not has_request_context():
        return ""
    asker: str = g.get("takes_turns_as", "")
    return asker or network_of(request.remote_addr)
