"""The formulas say of comparisons that read bounds what the engine says, whatever is worked out with them."""

from __future__ import annotations

from decimal import Decimal, Overflow
from random import Random

import pytest

from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.algebra import walk
from screening.ruleset.formulas.atoms import Compared
from screening.ruleset.formulas.lengths import TooLongError
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.formulas.terms import Shape, parts
from screening.ruleset.model.answers import INFINITY, Bound, Plain
from tests.ruleset.formulas.evaluation import Facts
from tests.support.rules import small_rules as small
from tests.support.rules.random_numbers import CONSTANTS, NAMES, OPERATORS, Numbers

SIGNED = "b"
"""The number that may lie below zero."""
TYPED = [*map(Decimal, ("0", "0.5", "1", "2", "3", "7", "40"))]


def engine(condition: str) -> Engine:
    """A rule file of three numbers, with a note where a condition holds."""
    asked = [small.number(name, small.unit(minimum=-50 if name == SIGNED else 0, maximum=50)) for name in NAMES]
    notes = [small.note("holds", f"definitely({condition})"), small.note("fails", f"definitely(not ({condition}))")]
    return small.engine(small.rule_file(asked, [small.rule("high", small.ground("g", "1 < 2"))], notes=notes))


def answer(chance: Random, name: str) -> Plain:
    """No number, an exact one, or a bound as it may be typed."""
    number = chance.choice(TYPED) * (chance.choice((1, -1)) if name == SIGNED else 1)
    is_open = chance.random() < 0.5
    match chance.randrange(7):
        case 0:
            return None
        case 1 | 2:
            return number
        case 3 | 4:
            return Bound(number, INFINITY, is_open, True)
        case _ if name == SIGNED:
            return Bound(-INFINITY, number, True, is_open)
        case _:
            return Bound(Decimal(0), number, False, is_open and number > 0)


def assert_same(condition: str, chance: Random, tries: int) -> int:
    """The engine and the formulas say the same of some answer sets; how many hold bounds of which it is certain."""
    rules = engine(condition)
    formulas = RuleFormulas(rules.rule_set, bounded=True).notes
    compared = (formula.atom for formula in walk(*formulas.values()) if isinstance(formula.atom, Compared))
    if any(term.shape is Shape.NEARLY for atom in compared for term in parts(atom.left, atom.right)):
        return 0  # next to a number of twenty digits: not worked out here
    certain = 0
    for _ in range(tries):
        answers = {name: answer(chance, name) for name in NAMES}
        facts = Facts(answers)
        noted = set(rules.evaluate(answers).notes)
        assert {name for name, formula in formulas.items() if facts.hold(formula)} == noted, (condition, answers)
        certain += bool(noted) and any(isinstance(answer, Bound) for answer in answers.values())
    return certain


@pytest.mark.parametrize(
    ("first", "count"), [(1, 60), pytest.param(1_000, 300, marks=pytest.mark.slow)], ids=["some", "many"]
)
def test_formulas_of_bounds_say_what_the_engine_says(first: int, count: int) -> None:
    certain = too_long = 0
    for seed in range(first, first + count):
        numbers = Numbers(seed)
        condition = f"{numbers.number(2)} {numbers.random.choice(OPERATORS)} {numbers.random.choice(CONSTANTS)}"
        try:
            certain += assert_same(condition, numbers.random, 12)
        except (TooLongError, Overflow):  # or there are more digits than this evaluation works with
            too_long += 1
    assert certain > count
    assert too_long < count / 10
