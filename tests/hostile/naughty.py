"""Strings that break careless programs: the Big List of Naughty Strings (its licence is beside it), and some more."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from tests.conftest import ROOT

_LIST = ROOT / "tests" / "data" / "naughty_strings" / "blns.json"
MORE = (
    "{{ 7*7 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "${7*7}",
    "%(number)s",
    "{question}",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    '=HYPERLINK("http://example.org")',
    "+1+cmd|' /C calc'!A0",
    "\x00\x01\x02",
    "\ud83d",  # half of a pair: cannot be encoded
    "a\r\nSet-Cookie: answers=x",
    "\u202egnp.exe",
    "\ufeff1",
    "١٢٣",
    "1e309",
    "9" * 5000,
)
STRINGS: tuple[str, ...] = (*json.loads(_LIST.read_text(encoding="utf-8")), *MORE)


def sendable(text: str) -> str:
    """The text as a browser can send it: what is no character becomes a question mark."""
    return text.encode("utf-8", "replace").decode()


ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=300)
"""Any text that can be sent."""
