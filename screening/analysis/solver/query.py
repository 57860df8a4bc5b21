"""Questions to the solver: is there an answer set, or a pair of them, for which this holds?"""

from __future__ import annotations

from dataclasses import dataclass

import z3

from screening.analysis.solver.rule_formulas import NOTHING, Change, RuleModel
from screening.ruleset.formulas.algebra import all_of, negation


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
        """Where nothing is left open but what is asked about as such, and nothing is a bound: looked for first."""
        formulas = self.model.formulas
        strict = (
            question for question in self.model.rule_set.questions if question.strict and question.id != self.unsure
        )
        settled = all_of(*(negation(formulas.is_open(question)) for question in strict))
        printed = [self.model.printed(settled), *self.exact]
        return [*printed, self.model.printed(settled, self.change)] if self.change else printed

    @property
    def exact(self) -> list[z3.BoolRef]:
        """Where nothing is a bound; nothing where none can be."""
        if not self.model.bounded:
            return []
        return [self.model.exact(twins) for twins in dict.fromkeys((NOTHING, self.change))]
