"""From where somebody comes, as far as guesses are counted: the network that one household or one host is given."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

_HOSTS = 64
"""Bits of an IPv6 address that its own network hands out (RFC 4291, section 2.5.1): one host may use them all."""


def network_of(address: str | None) -> str:
    """The network of an address: of IPv4 the address itself, of IPv6 its /64; of what is no address, the text."""
    text = (address or "").strip()
    try:
        ip = ip_address(text)
    except ValueError:
        return text
    if isinstance(ip, IPv4Address):
        return str(ip)
    inner = ip.ipv4_mapped or ip.sixtofour
    return str(inner) if inner else f"{IPv6Address(int(ip) >> _HOSTS << _HOSTS)}/{_HOSTS}"
