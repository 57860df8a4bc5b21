"""Questions to the solver: is there an answer set, or a pair of them, for which this holds?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import z3

from screening.analysis.solver.rule_formulas import NOTHING, Change, RuleModel
from screening.ruleset.formulas.algebra import all_of, negation


class Reason(StrEnum):
    """What left a question undecided."""

    TIME = "time"
    """The solver was stopped before it had found anything."""
    UNTYPED = "untyped"
    """None of the numbers with the digits that reports print is a solution, which is no proof of those with more."""
    UNCONFIRMED = "unconfirmed"
    """The solver found answers of which the engine does not say the same."""


class UndecidedError(Exception):
    """Neither an answer set nor the proof that there is none was found."""

    def __init__(self, reason: Reason, questions: tuple[str, ...] = ()) -> None:
        """`questions` are those whose numbers are worked with in what was asked."""
        super().__init__(reason.value)
        self.reason = reason
        self.questions = questions


@dataclass(frozen=True)
class Query:
    """What an answer set, and maybe a second one in which a change was made, must satisfy."""

    model: RuleModel
    formulas: tuple[z3.BoolRef, ...]
    change: Change = NOTHING
    unsure: str = ""
    """A question that is asked about as left open."""
    on_the_way: bool = False
    """Whether it matters to which questions anything was said, "I'm not sure" included."""

    @property
    def plainest(self) -> list[z3.BoolRef]:
        """Where nothing is left open but what is asked about as such: such answer sets are looked for first."""
        formulas = self.model.formulas
        strict = (
            question for question in self.model.rule_set.questions if question.strict and question.id != self.unsure
        )
        settled = all_of(*(negation(formulas.is_open(question)) for question in strict))
        printed = [self.model.printed(settled)]
        return [*printed, self.model.printed(settled, self.change)] if self.change else printed
