"""From where a request comes, as far as it matters for sharing fairly: the network, never the person.

One household, ward or mobile carrier is one network: an IPv4 address, or the first 64 bits of an IPv6 address, of which
a household may use any number.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from flask import has_request_context, request


def network_of(address: str) -> str:
    """The network of an address; what is no address stands for itself."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or IPv6Address(int(ip) >> 64 << 64)
    return str(ip)


def request_network() -> str:
    """The network of the present request; empty outside of one: what this process does on its own."""
    return network_of(request.remote_addr or "") if has_request_context() else ""
