"""Passwords that cost little to try, for tests that sign in often; `test_passwords` tests those of the service."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from screening.crypto import passwords

CHEAP = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)


@pytest.fixture(scope="package", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """The same argon2id with little work; a folder's conftest.py imports this where people sign in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", CHEAP)
        yield
