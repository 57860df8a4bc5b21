"""A sum of scores while some of them are open: what is certain of it all the same."""

from __future__ import annotations

import pytest

from screening.ruleset.engine.engine import Engine
from tests.support.every import for_every
from tests.support.rules.small_rules import Members, choice, engine, ground, rule, rule_file, value


def scored(name: str) -> Members:
    """A strict choice of which the options a, b and c score 0, 1 and 4, and b_or_c leaves two of them open."""
    options = ({"code": "a", "score": 0}, {"code": "b", "score": 1}, {"code": "c", "score": 4})
    return choice(name, *options, {"code": "b_or_c", "leaves_open": ["b", "c"]}, strict=True)


def one_ground(when: str) -> Engine:
    """A rule set with a single ground over two scored questions and a value."""
    total = value("total", "sum(score(one), score(other))")
    return engine(rule_file([scored("one"), scored("other")], [rule("found", ground("found", when))], values=[total]))


CERTAIN = [
    ("total >= 4", "c", None),
    ("total > 3", "c", None),
    ("total <= 5", "b", None),
    ("total < 6", "b", None),
    ("total >= 1", None, "b_or_c"),
    ("3 < total", "c", None),
    ("5 >= total", "b", None),
    ("4 <= total <= 8", "c", None),
    ("total != 9", None, None),
    ("not total == 9", None, None),
    ("total + 1 >= 5", "c", None),
    ("total - 1 >= 3", "c", None),
    ("10 - total <= 6", "c", None),
    ("total * 2 >= 8", "c", None),
    ("2 * total >= 8", "c", None),
    ("total / 2 >= 2", "c", None),
    ("score(one) - score(other) <= 0", "a", None),
    ("score(one) <= score(other)", "a", None),
]
OPEN = [
    ("total >= 5", "c", None),
    ("total < 5", "b", None),
    ("total == 4", "c", None),
    ("total != 5", "c", None),
    ("10 - total <= 5", "c", None),
    ("score(other) - score(one) >= 1", "a", None),
    ("total >= 2", None, "b_or_c"),
]


@for_every(("when", "one", "other"), CERTAIN)
def test_a_ground_holds_for_certain_where_the_scores_that_are_known_suffice(
    when: str, one: str | None, other: str | None
) -> None:
    outcome = one_ground(when).evaluate({"one": one, "other": other})
    assert outcome.category == "found"
    assert outcome.grounds == ("found",)
    opposite = one_ground(f"not ({when})").evaluate({"one": one, "other": other})
    assert (opposite.grounds, opposite.open_grounds) == ((), {})


@pytest.mark.parametrize(("when", "one", "other"), OPEN)
def test_a_ground_is_open_where_a_score_that_is_not_known_could_change_it(
    when: str, one: str | None, other: str | None
) -> None:
    outcome = one_ground(when).evaluate({"one": one, "other": other})
    assert outcome.possible == {"found", "other"}
    assert outcome.grounds == ()
    assert outcome.open_grounds == {"found": ("found",)}


def test_a_sum_with_an_unknown_score_is_told_as_unknown() -> None:
    assert one_ground("total >= 4").evaluate({"one": "c", "other": "b_or_c"}).values == {"total": None}


def test_an_option_that_leaves_others_open_needs_no_score() -> None:
    outcome = one_ground("total >= 5").evaluate({"one": "c", "other": "b_or_c"})
    assert outcome.grounds == ("found",)
