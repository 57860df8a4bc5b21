"""Possible categories as formulas: they hold of an answer set just where the engine says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import pytest
import z3

from screening.analysis.solver.encoding import AnswerTerms, Choice, Numeric, Several
from screening.analysis.solver.possible import Possible
from screening.analysis.solver.rule_formulas import RuleModel
from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.engine.engine import UNSURE
from screening.ruleset.model.answers import Plain
from tests.analysis.drawing import Drawing
from tests.rulefiles.edited import SMALL
from tests.support.cases import RULES


def given(terms: AnswerTerms, answer: Plain) -> list[tuple[z3.ExprRef, z3.ExprRef]]:
    """The variables of a question with their values for an answer."""
    match terms:
        case Choice(options=options):
            return [(each, z3.BoolVal(code == answer)) for code, each in options.items()]
        case Several(options=options, unsure=unsure):
            assert isinstance(answer, frozenset)
            ticked = [(each, z3.BoolVal(code in answer)) for code, each in options.items()]
            return [*ticked, (unsure, z3.BoolVal(None in answer))]
        case Numeric(known=known, value=value):
            number = [] if answer is None else [(value, z3.RealVal(str(answer)))]
            return [(known, z3.BoolVal(answer is not None)), *number]


class Formulas:
    """The formulas of one rule file, to be read with answers."""

    def __init__(self, rules: LoadedRules) -> None:
        self.rules = rules
        self.model = RuleModel(rules.rule_set)
        self.possible = Possible(self.model, rules.engine.classes).categories()

    def of(self, answers: Mapping[str, Plain]) -> set[str]:
        """The categories whose formula holds of an answer set."""
        values = [(part, z3.BoolVal(True)) for part in self.model.encoding.parts.values()]
        for name, terms in self.model.encoding.given.items():
            unknown = UNSURE if isinstance(terms, Several) else None
            values += given(terms, answers.get(name, unknown))
        solver = z3.Solver()
        solver.add(*(variable == value for variable, value in values), *self.model.formulas.nonlinear.exact)
        return {name for name, formula in self.possible.items() if _holds(solver, formula)}


def _holds(solver: z3.Solver, formula: z3.BoolRef) -> bool:
    found = solver.check(formula)
    assert found != z3.unknown
    return bool(found == z3.sat)


@cache
def liver_formulas() -> Formulas:
    return Formulas(RULES)


@cache
def plants_formulas() -> Formulas:
    return Formulas(load_rule_file(SMALL))


@pytest.mark.parametrize("make", [liver_formulas, plants_formulas], ids=["liver", "plants"])
def test_they_say_of_every_case_what_the_engine_says(make: Callable[[], Formulas]) -> None:
    formulas = make()
    assert formulas.rules.cases
    for case in formulas.rules.cases:
        answers = plain_answers(formulas.rules.rule_set, case.answers)
        assert formulas.of(answers) == formulas.rules.engine.possible(answers), case.name


@pytest.mark.parametrize(
    ("make", "count"),
    [pytest.param(liver_formulas, 200, marks=pytest.mark.slow), (liver_formulas, 40), (plants_formulas, 200)],
    ids=["liver", "liver, few", "plants"],
)
def test_they_say_of_answers_at_random_what_the_engine_says(make: Callable[[], Formulas], count: int) -> None:
    formulas = make()
    drawing = Drawing(formulas.rules.rule_set, seed=7)
    seen: set[frozenset[str]] = set()
    for _ in range(count):
        answers = drawing.answers()
        possible = formulas.rules.engine.possible(answers)
        seen.add(possible)
        assert formulas.of(answers) == possible, answers
    assert len(seen) > 5


def test_no_completion_is_left_in_them() -> None:
    settled = {
        option.get_id()
        for terms in liver_formulas().model.encoding.settled.values()
        for option in terms.options.values()
    }
    assert settled
    for formula in liver_formulas().possible.values():
        pending, seen = [formula], set()
        while pending:
            each = pending.pop()
            if each.get_id() not in seen:
                seen.add(each.get_id())
                pending += each.children()
        assert settled.isdisjoint(seen)
