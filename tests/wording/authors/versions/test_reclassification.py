"""What moves in words: numbers with their reach, and whatever the search could not do said plainly."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from screening.analysis.comparison.boundaries import Boundary
from screening.analysis.comparison.regions import Share
from screening.analysis.comparison.rule_sets import Comparison, Move
from screening.analysis.solver.undecided import Reason
from screening.wording.authors.versions.answer_ranges import answer_range
from screening.wording.authors.versions.pair import Pair
from screening.wording.authors.versions.reclassification import move_lines, share_line
from tests.support.cases import ENGLISH, RULES

PAIR = Pair(RULES.rule_set, RULES.rule_set, ENGLISH)
LSM = RULES.rule_set.question["lsm"]


def reach(least: str, most: str, *, first: bool = False, last: bool = False) -> Boundary:
    """A reach of the scan's number."""
    return Boundary("lsm", Decimal(least), Decimal(most), from_minimum=first, to_maximum=last)


def told(found: Comparison) -> str:
    """All that is said of a comparison."""
    return "\n".join(line.text for line in move_lines(found, PAIR))


@pytest.mark.parametrize(
    ("boundary", "said"),
    [
        (reach("8", "9.9"), "8.0 to 9.9 kPa"),
        (reach("8", "8.0"), "8.0 kPa"),
        (reach("1.5", "75", first=True, last=True), "any number"),
        (reach("1.5", "7", first=True), "up to 7.0 kPa"),
        (reach("15", "75", last=True), "from 15.0 kPa"),
        (reach("8.001", "9"), "8.001 to 9.0 kPa"),
    ],
)
def test_a_number_is_told_with_its_reach(boundary: Boundary, said: str) -> None:
    assert answer_range(LSM, boundary, ENGLISH) == said


MOVE = Move(
    before=frozenset({"fibrosis"}),
    after=frozenset({"no_sign"}),
    answers={"lsm": Decimal(8), "cause": frozenset({"masld"}), "he": "never"},
    parts_off=frozenset(),
    ordinary=("he",),
    boundaries=(reach("8", "9.9"),),
)
OPEN = Move(MOVE.before | {"urgent"}, MOVE.after | {"urgent"}, MOVE.answers, frozenset({"numbers"}), ("he",), ())


def test_a_move_is_told_with_its_answers() -> None:
    said = told(Comparison((MOVE,)))
    assert "1 pair can happen, and no other." in said
    assert "scarring (fibrosis) [fibrosis] -> no scarring mentioned [no_sign]" in said
    assert "Shown by: Liver stiffness: 8.0 kPa; Cause: Fatty liver." in said
    assert "The same, each alone and all else as shown: Liver stiffness: 8.0 to 9.9 kPa." in said
    assert "Nothing out of the ordinary in: Confusion because of the liver." in said


def test_a_number_that_may_not_change_has_no_range() -> None:
    assert "each alone" not in told(Comparison((replace(MOVE, boundaries=(reach("8", "8"),)),)))


def test_no_move_among_those_drawn_is_said_with_what_was_drawn() -> None:
    said = share_line(Share(10_000, 0, 0), ENGLISH).text
    assert said.startswith("None of 10000 answer sets drawn moves, though there is a move. Drawn were ordinary")
    assert "12 (0.12 %) move" in share_line(Share(10_000, 12, 3), ENGLISH).text


def test_open_sets_are_told_by_what_is_lost_and_gained() -> None:
    said = told(Comparison((MOVE, OPEN)))
    lost = "No longer possible: scarring (fibrosis) [fibrosis]. Newly possible: no scarring mentioned [no_sign]."
    assert lost in said
    assert "{urgent | fibrosis} -> {urgent | no_sign}" in said
    assert "Only with these parts off: numbers." in said
    assert "Open: Warning signs in the last 7 days, Fluid in the belly," in said


def test_no_common_answer_set_is_no_proof() -> None:
    assert told(Comparison(disjoint=True)) == "No answer set is accepted by both forms, so there is nothing to compare."


def test_what_was_not_decided_is_loud() -> None:
    said = told(Comparison((MOVE,), undecided=(Reason.TIME,)))
    assert (
        "NOT ALL WAS DECIDED: the time was over before the solver had found anything. What is not listed is not proved."
        in said
    )
    assert "and no other" not in said
    assert "proved for every" not in told(Comparison(undecided=(Reason.TIME,)))


def test_a_search_that_stopped_says_so() -> None:
    assert "The search stopped there: there are more." in told(Comparison((OPEN,), capped=True))
    assert "The search stopped" not in told(Comparison((OPEN,)))
