"""Facts put into formulas leave the same models, and nothing to read of what they rule out."""

from __future__ import annotations

from random import Random

import z3

from screening.analysis.solver.facts import with_facts

TRUTHS = [z3.Bool(name) for name in "abcd"]
NUMBERS = [z3.Real(name) for name in "xy"]


def drawn(chance: Random, depth: int) -> z3.BoolRef:
    """A formula over a few truths and numbers."""
    if depth == 0 or chance.random() < 0.2:
        number = chance.choice(NUMBERS)
        return chance.choice([*TRUTHS, number > chance.randint(-2, 2), number == 1])
    parts = [drawn(chance, depth - 1) for _ in range(2)]
    return chance.choice([z3.And(*parts), z3.Or(*parts), z3.Not(parts[0]), z3.Implies(*parts), parts[0] == parts[1]])


def test_the_same_models_are_left() -> None:
    chance = Random(1)
    changed = 0
    for _ in range(200):
        facts = [chance.choice((truth, z3.Not(truth))) for truth in chance.sample(TRUTHS, chance.randint(0, 3))]
        formulas = [*facts, *(drawn(chance, 3) for _ in range(2))]
        chance.shuffle(formulas)
        found = with_facts(formulas)
        solver = z3.Solver()
        solver.add(z3.And(*found) != z3.And(*formulas))
        assert solver.check() == z3.unsat, formulas
        changed += any(not one.eq(other) for one, other in zip(found, formulas, strict=True))
    assert changed > 100


def test_what_a_fact_rules_out_is_read_no_more() -> None:
    known, number = TRUTHS[0], NUMBERS[0]
    formulas = with_facts([z3.Or(known, number > 2), z3.Not(known), z3.Implies(known, NUMBERS[1] > 2)])
    assert [str(formula) for formula in formulas] == ["Not(a)", "Not(x <= 2)", "True"]


def test_what_says_more_than_a_truth_is_no_fact() -> None:
    formulas = (z3.BoolVal(val=True), z3.Or(*TRUTHS[:2]), z3.Not(z3.And(*TRUTHS[:2])), NUMBERS[0] > 1)
    assert with_facts(formulas) == formulas
