"""From where a request comes, as far as it matters for sharing fairly: the network, never the person."""

from __future__ import annotations

from flask import has_request_context, request

from screening.storage.accounts.networks import network_of


def request_network() -> str:
    """The network of the present request; empty outside of one: what this process does on its own."""
    return network_of(request.remote_addr) if has_request_context() else ""
