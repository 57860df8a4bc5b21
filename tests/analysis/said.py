"""An answer set as formulas over the variables of an encoding, so that the solver can be asked about this one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import z3

from screening.analysis.solver.encoding import AnswerTerms, Choice, Dated, Numeric, Several, real
from screening.analysis.solver.rule_formulas import RuleModel
from screening.ruleset.engine.engine import UNSURE
from screening.ruleset.formulas.algebra import Formula, negation
from screening.ruleset.model.dates import DayRange, day_in
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import RuleSet
from tests.support.rules.brute_force import Answers
from tests.support.rules.interpreter import Given, passed


def acceptable(rule_set: RuleSet, answers: Answers) -> Answers:
    """The answers as a form would take them: nothing ticked where no option says "none" means not sure."""
    none_said = {
        question.id
        for question in rule_set.questions
        if question.type is QuestionType.SEVERAL and not question.exclusive_codes
    }
    return {name: UNSURE if name in none_said and not answer else answer for name, answer in answers.items()}


def said(model: RuleModel, answers: Answers, parts_off: Collection[str] = ()) -> list[z3.BoolRef]:
    """That just these answers were given, with these parts switched off."""
    encoding = model.encoding
    found = [z3.Not(term) if name in parts_off else term for name, term in encoding.parts.items()]
    for name, terms in encoding.given.items():
        found += _given(terms, answers.get(name), day_in(answers))
    return found


def _given(terms: AnswerTerms, answer: Given, today: date) -> Iterator[z3.BoolRef]:
    match terms:
        case Numeric(known=known, value=value):
            yield known == (answer is not None)
            if answer is not None:
                yield value == real(answer)  # type: ignore[arg-type]
        case Dated(known=known, times=times):
            yield known == (answer is not None)
            if isinstance(answer, DayRange):
                yield from (time == passed(unit, answer.first, today) for unit, time in times.items())
        case Choice(options=options):
            yield from (term == (code == answer) for code, term in options.items())
        case Several(options=options, unsure=unsure):
            ticked = UNSURE if answer is None else answer
            assert isinstance(ticked, frozenset)
            yield from (term == (code in ticked) for code, term in options.items())
            yield unsure == (None in ticked)


class Asking:
    """A solver that knows one answer set."""

    def __init__(self, model: RuleModel, answers: Answers, parts_off: Collection[str] = ()) -> None:
        self.model = model
        self.known = [*model.domain, *said(model, answers, parts_off)]

    def can_be(self, formula: Formula) -> bool:
        """Whether nothing that the solver is told rules out that the formula holds."""
        asked = self.model.printed(formula)
        fresh = self.model.nonlinear.read_by([asked])
        told = [term for one in fresh for term in (*one.bounds, one.equation) if term is not None]
        solver = z3.Solver()
        solver.add(*self.known, asked, *told)
        found = solver.check()
        assert found != z3.unknown, solver.reason_unknown()
        return bool(found == z3.sat)

    def is_exact(self, formula: Formula) -> bool:
        """Whether equations tell every number that the formula reads; powers are only enclosed."""
        fresh = self.model.nonlinear.read_by([self.model.printed(formula)])
        return all(one.equation is not None for one in fresh)

    def must_be(self, formula: Formula) -> bool:
        """Whether the formula holds, and nothing else can be."""
        return self.can_be(formula) and not self.can_be(negation(formula))
