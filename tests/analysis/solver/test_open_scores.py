"""The formulas and the functions agree on what is certain of scores that are open."""

from __future__ import annotations

from itertools import product

import pytest
import z3

from screening.analysis.solver.encoding import Choice, Encoding
from screening.analysis.solver.formulas import Formulas
from screening.ruleset.language.evaluation_mode import EvaluationMode
from tests.ruleset.compiler.test_comparison_bounds import CERTAIN, OPEN, one_ground

CODES = [None, "a", "b", "c", "b_or_c"]


@pytest.mark.parametrize("when", dict.fromkeys(when for when, _, _ in (*CERTAIN, *OPEN)))
def test_a_ground_that_reads_open_scores_is_read_alike(when: str) -> None:
    engine = one_ground(when)
    formulas = Formulas(Encoding(engine.rule_set))
    read = formulas.condition(engine.rule_set.grounds[0].when.tree, EvaluationMode.OPEN)
    for one, other in product(CODES, CODES):
        holding, open_ = engine.functions.observe({"one": one, "other": other})
        given = [*chosen(formulas, "one", one), *chosen(formulas, "other", other)]
        assert decided(read.true, given) == bool(holding), (one, other)
        assert decided(read.false, given) == (not holding and not open_), (one, other)


def chosen(formulas: Formulas, name: str, code: str | None) -> list[tuple[z3.BoolRef, z3.BoolRef]]:
    """An answer as values of its variables."""
    answer = formulas.encoding.given[name]
    assert isinstance(answer, Choice)
    return [(term, z3.BoolVal(each == code)) for each, term in answer.options.items()]


def decided(term: z3.BoolRef, given: list[tuple[z3.BoolRef, z3.BoolRef]]) -> bool:
    """Whether a formula is true of an answer set."""
    found = z3.simplify(z3.substitute(term, *given))
    assert z3.is_true(found) or z3.is_false(found)
    return bool(z3.is_true(found))
