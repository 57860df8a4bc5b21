"""Of which terms it is plain that they are never below zero: then it is known which ends make a product's."""

from __future__ import annotations

from collections.abc import Mapping

from screening.ruleset.formulas.date_numbers import answered_question
from screening.ruleset.formulas.terms import Shape, Term
from screening.ruleset.model.questions import Question


class Signs:
    """Knows the ranges of the questions of one rule set."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._questions = questions

    def never_negative(self, term: Term) -> bool:
        """Whether no answer set makes a term less than zero, wherever it is defined."""
        match term.shape:
            case Shape.CONSTANT | Shape.ENDLESS:
                return term.value >= 0
            case Shape.ANSWER:
                return all(unit.minimum >= 0 for unit in answered_question(self._questions, term.question).units)
            case Shape.ROOT | Shape.EXPONENTIAL:
                return True
            case Shape.FREE:
                return False
            case Shape.JOINED:
                return term.operator != "-" and all(map(self.never_negative, term.operands))
            case Shape.ROUNDED | Shape.NEARLY | Shape.POWER:
                return self.never_negative(term.operands[0])
