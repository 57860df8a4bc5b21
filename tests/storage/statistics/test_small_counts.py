"""What a count of few people may say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from screening.storage.statistics.small_counts import LEAST_IN_PART, parts_to_tell, percent

COUNTS = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 20), max_size=8)


def test_a_share_is_told_from_ten_people_on() -> None:
    assert [percent(3, total) for total in (0, 5, 9, 10, 12)] == [None, None, None, 30, 25]


@given(COUNTS)
def test_no_part_of_few_people_is_told_nor_follows_from_the_total(counts: dict[str, int]) -> None:
    told, others = parts_to_tell(counts)
    assert sum(told.values()) + others == sum(counts.values())
    assert all(counts[name] == number >= LEAST_IN_PART for name, number in told.items())
    together = [number for name, number in counts.items() if name not in told and number]
    assert sum(together) == others
    if told and together:
        assert len(together) > 1
        assert others >= LEAST_IN_PART


@given(COUNTS)
def test_where_every_part_is_large_each_is_told(counts: dict[str, int]) -> None:
    large = {name: number + LEAST_IN_PART for name, number in counts.items()}
    assert parts_to_tell(large) == (large, 0)
