"""Passwords of staff: kept as argon2id, and which ones are refused as too easy to guess."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST = 12
"""Characters in a password."""
MOST = 128
"""More would only keep the machine busy."""
_WORDS = """
password passwort passwordpassword qwerty qwertyuiop asdfghjkl zxcvbnm qazwsx qazwsxedc welcome welcomewelcome
letmein iloveyou changeme changemenow admin administrator adminadmin monkey dragon football baseball sunshine
princess superman batman trustno master hello hellohello login secret topsecret test testtest testing default
computer internet summer winter spring autumn hospital clinic liver doctor nurse coordinator manager clinician
screening demonstration abcdefghijkl abcdefghijklm abcdef correcthorsebatterystaple malaysia kualalumpur penang
"""
_COMMON = frozenset(_WORDS.split())
"""What is left of common passwords without digits and signs."""
_KEYS = ("12345678901234567890", "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1q2w3e4r5t6y7u8i9o0p")
"""Runs along a keyboard or through the alphabet."""


class Weakness(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    NAME = "name"


def weakness(password: str, name: str) -> Weakness | None:
    """Why this password of a person with this name is refused; None where it is accepted."""
    if len(password) < LEAST:
        return Weakness.TOO_SHORT
    if len(password) > MOST:
        return Weakness.TOO_LONG
    folded = password.casefold()
    letters = re.sub(r"[\W\d_]+", "", folded)
    if len(set(folded)) < 5 or letters in _COMMON or any(folded in run or folded in run[::-1] for run in _KEYS):
        return Weakness.COMMON
    words = [piece for piece in re.split(r"\W+", name.casefold()) if len(piece) >= 3]
    without_name = letters
    for word in words:
        without_name = without_name.replace(re.sub(r"[\d_]+", "", word) or word, "")
    return Weakness.NAME if words and len(without_name) < 4 <= len(letters) else None


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


def hash_password(password: str) -> str:
    """What is kept of a password."""
    return _hasher().hash(password)


@cache
def _nobodys() -> str:
    return hash_password("the password of nobody")


def is_password(kept: str | None, given: str) -> bool:
    """Whether it is the password of which this was kept; takes as long where there is none."""
    try:
        _hasher().verify(kept or _nobodys(), given[:MOST])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether it was hashed with other parameters than today's."""
    return _hasher().check_needs_rehash(kept)
