"""Reference codes: nine symbols without look-alikes, the last of which shows a mistyped or swapped one.

The check symbol makes the weighted sum of all symbols a multiple of 23. Since 23 is prime and each weight differs, it
finds every single wrong symbol and every swap of two (the idea of ISBN-10, ISO 2108).
"""

from __future__ import annotations

import secrets

from screening.crypto.typed_codes import plain_code

SYMBOLS = "234679ACDEFHJKMNPRTUWXY"
"""23: no 0/O, 1/I/L, 5/S, 8/B, Q, V or Z."""
LENGTH = 9
GROUP = 3


class CodeError(ValueError):
    """Not a reference code: of another length, with other symbols, or its check symbol does not fit."""


def code_from(entropy: bytes) -> str:
    """The code that belongs to at least eight random bytes, in groups of three."""
    number = int.from_bytes(entropy[:8], "big")
    indices = []
    for _ in range(LENGTH - 1):
        number, index = divmod(number, len(SYMBOLS))
        indices.append(index)
    total = sum(weight * index for weight, index in enumerate(indices, start=2))
    indices.insert(0, -total % len(SYMBOLS))  # its weight is one; it stands at the end of the printed code
    return _in_groups("".join(SYMBOLS[index] for index in [*indices[1:], indices[0]]))


def read_code(typed: str) -> str:
    """The code that a person typed, as it is printed, or `CodeError`; spaces, dashes, case and width do not matter."""
    symbols = plain_code(typed)
    if len(symbols) != LENGTH or any(symbol not in SYMBOLS for symbol in symbols):
        raise CodeError
    indices = [SYMBOLS.index(symbol) for symbol in symbols]
    total = indices[-1] + sum(weight * index for weight, index in enumerate(indices[:-1], start=2))
    if total % len(SYMBOLS):
        raise CodeError
    return _in_groups(symbols)


def new_invitation() -> str:
    """Sixteen random symbols, 72 bits: with these somebody at the desk signs in for the first time."""
    symbols = "".join(secrets.choice(SYMBOLS) for _ in range(16))
    return "-".join(symbols[start : start + 4] for start in range(0, 16, 4))


def _in_groups(symbols: str) -> str:
    return "-".join(symbols[start : start + GROUP] for start in range(0, LENGTH, GROUP))
