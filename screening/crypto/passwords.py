"""Passwords of staff: kept as argon2id, and which ones are refused as too easy to guess.

How easy is estimated by zxcvbn: Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn
from zxcvbn.matching import L33T_TABLE

LEAST = 12
"""Characters in a password."""
MOST = 128
"""More would only keep the machine busy."""
_SCORE = 3
"""Of 4: more than 10^8 guesses."""
_ESTIMATED = 72
"""Characters from the start that are looked at: the estimate takes longer than in proportion."""
_ESTIMATED_OF_SIGNS = 24
"""The same where there are many signs in place of letters, each of which may stand for several: 15 s become 1 s."""
_SIGNS = frozenset(sign for signs in L33T_TABLE.values() for sign in signs)
_MANY_SIGNS = 8
_one_at_a_time = Lock()
"""zxcvbn keeps the words of the account in a place that all threads share."""


class Weakness(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    GUESSABLE = "guessable"
    NAME = "name"


def weakness(password: str, name: str) -> Weakness | None:
    """Why this password of a person with this name is refused; None where it is accepted."""
    if len(password) < LEAST:
        return Weakness.TOO_SHORT
    if len(password) > MOST:
        return Weakness.TOO_LONG
    words = [word for word in re.split(r"\W+", name.casefold()) if len(word) >= 3]
    if _is_hardly_more_than(words, password):
        return Weakness.NAME
    return Weakness.GUESSABLE if _score(password, [name, *words]) < _SCORE else None


def _is_hardly_more_than(words: list[str], password: str) -> bool:
    """Whether fewer than four letters are left without these words: they are known to whoever tries."""
    letters = left = re.sub(r"[\W\d_]+", "", password.casefold())
    for word in words:
        left = left.replace(re.sub(r"[\d_]+", "", word) or word, "")
    return bool(words) and len(left) < 4 <= len(letters)


def _score(password: str, words: list[str]) -> int:
    """How hard it is to guess for somebody who knows these words: 0 to 4."""
    has_many_signs = len(_SIGNS.intersection(password)) > _MANY_SIGNS
    start = password[: _ESTIMATED_OF_SIGNS if has_many_signs else _ESTIMATED]
    with _one_at_a_time:
        score: int = zxcvbn(start, user_inputs=words)["score"]
    return score


HASHER = PasswordHasher()
"""With the parameters that RFC 9106 names for machines with little memory."""


def hash_password(password: str) -> str:
    """What is kept of a password."""
    return HASHER.hash(password)


@cache
def _nobodys() -> str:
    return hash_password("the password of nobody")


def is_password(kept: str | None, given: str) -> bool:
    """Whether it is the password of which this was kept; takes as long where there is none."""
    try:
        HASHER.verify(kept or _nobodys(), given[:MOST])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether it was hashed with other parameters than today's."""
    return HASHER.check_needs_rehash(kept)
