"""A hundred mistakes of authors: each is told once, in the line in which it was made, with what to write instead."""

from __future__ import annotations

from pathlib import Path

from tests.rulefiles.checks.mistakes import MISTAKES, Mistake
from tests.rulefiles.edited import SMALL_TEXT, edited, mistakes
from tests.support.every import for_every


@for_every("mistake", MISTAKES, ids=lambda mistake: mistake[0])
def test_a_mistake_is_told_in_its_line_with_its_mend(tmp_path: Path, mistake: Mistake) -> None:
    _, right, wrong, mend, *line = mistake
    text = edited((right, wrong))
    told = mistakes(tmp_path, text)
    place = text.index(line[0]) if line else first_difference(SMALL_TEXT, text)
    assert [row.split(":")[1] for row in told] == [str(text.count("\n", 0, place) + 1)], told
    assert mend in told[0]


def test_there_are_a_hundred_mistakes_and_no_two_are_one() -> None:
    assert len(MISTAKES) >= 100
    assert len({mistake[0] for mistake in MISTAKES}) == len(MISTAKES)
    assert len({mistake[1:3] for mistake in MISTAKES}) == len(MISTAKES)


def first_difference(one: str, other: str) -> int:
    """Where two texts begin to differ."""
    return next(at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right)
