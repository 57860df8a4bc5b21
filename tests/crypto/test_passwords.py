"""Which passwords are refused, and that what is kept of one opens nothing else."""

from __future__ import annotations

import pytest

from screening.crypto.passwords import Weakness, hash_password, is_outdated, is_password, weakness

REFUSED = {
    "short": Weakness.TOO_SHORT,
    "elevenchars": Weakness.TOO_SHORT,
    "x" * 129: Weakness.TOO_LONG,
    "aaaaaaaaaaaa": Weakness.COMMON,
    "abababababab": Weakness.COMMON,
    "Password1234!": Weakness.COMMON,
    "qwertyuiopas": Weakness.COMMON,
    "123456789012": Weakness.COMMON,
    "210987654321": Weakness.COMMON,
    "welcome-2026!": Weakness.COMMON,
    "siti.aminah.1": Weakness.NAME,
    "AminahAminah": Weakness.NAME,
}


@pytest.mark.parametrize(("password", "why"), REFUSED.items())
def test_a_password_that_is_easy_to_guess_is_refused(password: str, why: Weakness) -> None:
    assert weakness(password, "Siti Aminah") is why


@pytest.mark.parametrize(
    "password", ["four words for tests", "k7#pQ9!zR2@m", "siti likes old bridges", "柳暗花明又一村山重水复疑"]
)
def test_another_is_accepted(password: str) -> None:
    assert weakness(password, "Siti Aminah") is None


def test_what_is_kept_is_argon2id_and_fits_this_password_alone() -> None:
    kept = hash_password("four words for tests")
    assert kept.startswith("$argon2id$")
    assert is_password(kept, "four words for tests")
    assert not is_password(kept, "four words for test")
    assert not is_password(None, "the password of nobody")
    assert not is_password("no hash at all", "four words for tests")
    assert not is_outdated(kept)
    assert kept != hash_password("four words for tests")
