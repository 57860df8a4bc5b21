"""Which passwords are refused, and that what is kept of one opens nothing else."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from screening.crypto.passwords import Weakness, hash_password, is_outdated, is_password, weakness
from tests.support.every import for_every

REFUSED = {
    "short": Weakness.TOO_SHORT,
    "elevenchars": Weakness.TOO_SHORT,
    "x" * 129: Weakness.TOO_LONG,
    "aaaaaaaaaaaa": Weakness.GUESSABLE,
    "abababababab": Weakness.GUESSABLE,
    "Password1234!": Weakness.GUESSABLE,
    "qwertyuiopas": Weakness.GUESSABLE,
    "123456789012": Weakness.GUESSABLE,
    "210987654321": Weakness.GUESSABLE,
    "P@$$w0rd1234": Weakness.GUESSABLE,
    "demonstration": Weakness.GUESSABLE,
    "hospitalhospital": Weakness.GUESSABLE,
    "hanimA hanimA ab": Weakness.GUESSABLE,
    "qazwsxedcrfv": Weakness.GUESSABLE,
    "a" * 72 + "k7#pQ9!zR2@m": Weakness.GUESSABLE,
    "siti.aminah.1": Weakness.NAME,
    "AminahAminah": Weakness.NAME,
}


@for_every(("password", "why"), REFUSED.items())
def test_a_password_that_is_easy_to_guess_is_refused(password: str, why: Weakness) -> None:
    assert weakness(password, "Siti Aminah") is why


@pytest.mark.parametrize(
    "password", ["four words for tests", "k7#pQ9!zR2@m", "siti likes old bridges", "柳暗花明又一村山重水复疑"]
)
def test_another_is_accepted(password: str) -> None:
    assert weakness(password, "Siti Aminah") is None


def test_a_name_makes_a_password_weak_for_its_owner_alone() -> None:
    assert weakness("aibozaw12345", "Ngozi Wazobia") is Weakness.GUESSABLE
    assert weakness("aibozaw12345", "Siti Aminah") is None


def test_two_threads_never_measure_by_the_name_of_each_other() -> None:
    names = ["Ngozi Wazobia", "Siti Aminah"] * 100
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            judged = list(threads.map(lambda name: weakness("aibozaw12345", name), names))
    finally:
        sys.setswitchinterval(usual)
    assert judged == [Weakness.GUESSABLE, None] * 100


@pytest.mark.parametrize("before", ["", "a" * 20])
def test_measuring_a_password_of_signs_is_bounded_work(before: str) -> None:
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        weakness(before + "4@8({[<369&#!1/|0$5+7%2" * 4, "Siti Aminah")
    finally:
        sys.setprofile(None)
    assert calls < 20_000


def test_what_is_kept_is_argon2id_and_fits_this_password_alone() -> None:
    kept = hash_password("four words for tests")
    assert kept.startswith("$argon2id$")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert is_password(kept, "four words for tests")
    assert not is_password(kept, "four words for test")
    assert not is_password(None, "the password of nobody")
    assert not is_password("no hash at all", "four words for tests")
    assert not is_outdated(kept)
    assert kept != hash_password("four words for tests")
