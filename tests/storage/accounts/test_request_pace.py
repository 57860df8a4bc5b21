"""Requests of a key: as many as a bucket that fills again has, whichever processes take them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.storage.accounts.request_pace import take_request
from screening.storage.database.clock_agreement import DISAGREEMENT
from screening.storage.store import Store
from tests.support.stores import Place, close, new_token

AT = datetime(2026, 11, 29, 10, 0, 30, tzinfo=UTC)


def ask(store: Store, key: str, per_minute: int, moment: datetime = AT) -> int:
    return store.write(lambda transaction: take_request(transaction, key, per_minute, moment))


def test_it_lets_through_what_a_bucket_has_and_says_when_there_is_more(store: Store) -> None:
    @settings(max_examples=40)
    @given(per_minute=st.integers(1, 9), gaps=st.lists(st.integers(0, 40_000), min_size=1, max_size=25))
    def holds(per_minute: int, gaps: list[int]) -> None:
        key, left, ahead = new_token().hex(), Fraction(per_minute), 0
        for gap in gaps:
            ahead += gap
            left = min(Fraction(per_minute), left + Fraction(gap * per_minute, 60_000))
            wait = ask(store, key, per_minute, AT + timedelta(milliseconds=ahead))
            if left >= 1:
                assert wait == 0
                left -= 1
            else:
                exact = (1 - left) * 60 / per_minute
                assert wait in (
                    ceil(exact),
                    ceil(exact - Fraction(1, 1000)),
                )  # a turn is a whole number of microseconds

    holds()


def test_processes_that_ask_at_once_have_no_more_between_them(place: Place) -> None:
    stores = [place.open() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        waits = list(pool.map(lambda number: ask(stores[number % 4], "one", 30), range(48)))
    assert waits.count(0) == 30
    assert ask(stores[0], "other", 30) == 0
    for store in stores:
        close(store)


def test_a_clock_that_was_set_back_makes_nobody_wait(store: Store) -> None:
    far = AT + DISAGREEMENT + timedelta(minutes=1)
    assert [ask(store, "one", 2, far) for _ in range(3)] == [0, 0, 30]
    assert ask(store, "one", 2) == 0


@pytest.mark.parametrize("per_minute", [1, 7, 11, 600, 999_999])
def test_a_whole_minutes_requests_may_come_at_once(store: Store, per_minute: int) -> None:
    assert [ask(store, "one", per_minute) for _ in range(min(per_minute, 12))] == [0] * min(per_minute, 12)
    if per_minute < 12:
        assert ask(store, "one", per_minute) == ceil(60 / per_minute)
