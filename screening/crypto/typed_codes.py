"""Codes as people type them: letters and digits of any width, and whatever stands between them."""

from __future__ import annotations

import unicodedata

_DRAWN_OUT = "ー~_"
"""What keyboards of some languages type where others have a dash."""


def plain_code(typed: str) -> str:
    """The capital letters and digits of a code; spaces, dashes of any kind and what cannot be seen are left out."""
    return "".join(
        str(unicodedata.decimal(symbol, symbol))
        for symbol in unicodedata.normalize("NFKC", typed).upper()
        if symbol not in _DRAWN_OUT and unicodedata.category(symbol)[0] not in "ZPCSM"
    )
