"""What a count of few people may say: no share below ten, and no part of what people answered that stands for a few.

Pure functions.
"""

from __future__ import annotations

from collections.abc import Mapping

from screening.storage.statistics.reached_share import LEAST_FOR_SHARE

LEAST_IN_PART = 5
"""A part of what people answered is told by itself from so many people on."""


def percent(number: int, total: int) -> int | None:
    """A share in percent, rounded; None where the whole is fewer than ten."""
    return round(100 * number / total) if total >= LEAST_FOR_SHARE else None


def parts_to_tell(counts: Mapping[str, int]) -> tuple[Mapping[str, int], int]:
    """The parts that are told by themselves, and how many are in all the others together.

    Others are at least five people or all there are, and never one part alone where there are others to put it with:
    the total would tell it. So the next smallest part joins them until that holds.
    """
    some = {name: count for name, count in counts.items() if count}
    by_size = sorted(some, key=lambda name: (some[name], name))
    others = [name for name in by_size if some[name] < LEAST_IN_PART]
    if others:
        for name in by_size[len(others) :]:
            if len(others) > 1 and sum(some[other] for other in others) >= LEAST_IN_PART:
                break
            others.append(name)
    told = {name: count for name, count in some.items() if name not in others}
    return told, sum(some[name] for name in others)
