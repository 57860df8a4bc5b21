"""The share of answer sets that move: always the same one, none where nothing moves, and of regions alone."""

from __future__ import annotations

from screening.analysis.comparison.regions import Share, share
from screening.analysis.comparison.two_forms import TwoForms
from screening.ruleset.engine.engine import Engine
from tests.support.rules.small_rules import choice, engine, ground, number, rule, rule_file, unit


def sized(limit: object, *options: str) -> Engine:
    """A rule set with one threshold."""
    pages = [number("size", unit(decimals=1), required=True), choice("seen", *(options or ("yes", "no")), strict=True)]
    return engine(rule_file(pages, [rule("large", ground("is_large", f'size >= {limit} and seen == "yes"'))]))


def test_nothing_moves_between_a_rule_set_and_itself() -> None:
    assert share(TwoForms(sized(8), sized(8)), 200) == Share(200, 0, 0)


def test_the_share_is_that_of_regions() -> None:
    # below 8, 8, between, 10, above: two of five regions of the size move those who say yes, and keep open the unsure
    found = share(TwoForms(sized(8), sized(10)), 3_000)
    assert found.drawn == 3_000
    assert 0 < found.settled < found.moved < 3_000 * 2 / 5
    assert found == share(TwoForms(sized(8), sized(10)), 3_000)


def test_answers_that_one_form_lacks_are_not_drawn() -> None:
    assert share(TwoForms(sized(8), sized(8, "yes", "perhaps", "no")), 500) == Share(500, 0, 0)
