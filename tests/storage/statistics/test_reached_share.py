"""The share reached by each day: against the definition worked out person by person, and against what must hold."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.storage.statistics.reached_share import LEAST_FOR_SHARE, median_hours, reached_curve

DAYS = 6
PEOPLE = st.lists(st.tuples(st.integers(0, (DAYS + 1) * 24), st.booleans()), max_size=40)


def by_definition(people: list[tuple[int, bool]], hours: int) -> Fraction:
    """The product-limit estimate hour by hour, over everybody by themselves."""
    left = Fraction(1)
    for hour in range(hours + 1):
        waiting = [person for person in people if person[0] >= hour]
        reached = [person for person in waiting if person == (hour, True)]
        if waiting:
            left *= 1 - Fraction(len(reached), len(waiting))
    return 1 - left


def is_known(person: tuple[int, bool], hours: int) -> bool:
    """Whether it is known of somebody whether they were reached by then."""
    wait, is_reached = person
    return wait > hours or is_reached


@given(PEOPLE)
def test_every_point_is_what_the_definition_says_person_by_person(people: list[tuple[int, bool]]) -> None:
    points = reached_curve(Counter(people), DAYS)
    assert [point.day for point in points] == list(range(DAYS + 1))
    for point in points:
        hours = point.day * 24
        assert point.reached == len([wait for wait, is_reached in people if is_reached and wait <= hours])
        assert point.known == len([person for person in people if is_known(person, hours)])
        expected = by_definition(people, hours) if point.known >= LEAST_FOR_SHARE else None
        assert point.share == expected


@given(PEOPLE)
def test_shares_never_fall_and_stay_between_none_and_all(people: list[tuple[int, bool]]) -> None:
    shares = [point.share for point in reached_curve(Counter(people), DAYS) if point.share is not None]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)


@given(st.lists(st.integers(0, DAYS * 24), min_size=LEAST_FOR_SHARE, max_size=40))
def test_where_everybody_was_reached_it_is_the_plain_share(waits: list[int]) -> None:
    for point in reached_curve(Counter((wait, True) for wait in waits), DAYS):
        assert point.share == Fraction(point.reached, len(waits))
        assert point.known == len(waits)


@given(PEOPLE, st.integers(0, 30))
def test_somebody_who_waits_longer_than_all_lowers_the_share(people: list[tuple[int, bool]], more: int) -> None:
    waiting = [((DAYS + 2) * 24, False)] * more
    before, after = (reached_curve(Counter(some), DAYS) for some in (people, people + waiting))
    for one, other in zip(before, after, strict=True):
        if one.share is not None and other.share is not None:
            assert other.share <= one.share


@pytest.mark.slow
@given(PEOPLE)
def test_the_median_is_the_first_hour_by_which_half_are_reached(people: list[tuple[int, bool]]) -> None:
    half = next((hour for hour in range((DAYS + 1) * 24 + 1) if by_definition(people, hour) >= Fraction(1, 2)), None)
    if not people or half is None:
        assert median_hours(Counter(people)) is None
        return
    known = [person for person in people if person[0] >= half or person[1]]
    assert median_hours(Counter(people)) == (half if len(known) >= LEAST_FOR_SHARE else None)


def test_those_who_wait_are_counted_in_the_median() -> None:
    reached, waiting = {(5, True): 10}, {(600, False): 12}
    assert median_hours(reached) == 5
    assert median_hours(reached | waiting) is None
