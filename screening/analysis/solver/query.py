"""Questions to the solver: is there an answer set, or a pair of them, for which this holds?"""

from __future__ import annotations

from dataclasses import dataclass

import z3

from screening.analysis.solver.encoding import Variable
from screening.analysis.solver.rule_formulas import RuleModel

TIMEOUT = 20_000
"""Milliseconds after which the solver gives up on one question."""


class UndecidedError(Exception):
    """The solver gave up: neither an answer set nor the proof that there is none was found."""


@dataclass(frozen=True)
class Query:
    """What an answer set, and maybe a second one that differs in `changed` alone, must satisfy."""

    model: RuleModel
    formulas: tuple[z3.BoolRef, ...]
    changed: tuple[Variable, ...] = ()
    unsure: str = ""
    """A question that is asked about as left open."""


class Solver:
    """A solver that knows what every answer set satisfies; one for each model it is asked about."""

    def __init__(self) -> None:
        self._solvers: dict[int, z3.Solver] = {}

    def _solver(self, model: RuleModel, *, exact: bool) -> z3.Solver:
        if exact or id(model) not in self._solvers:
            solver = z3.Solver()
            solver.set("timeout", TIMEOUT)
            solver.add(*model.domain)
            if exact:
                return solver
            self._solvers[id(model)] = solver
        return self._solvers[id(model)]

    def find(self, query: Query, *more: z3.BoolRef, exact: bool = False) -> z3.ModelRef | None:
        """A model of the query, or None where there is none; raises `UndecidedError`.

        With `exact`, approximated terms obey their equations too: slower, and only for what was found without.
        """
        solver = self._solver(query.model, exact=exact)
        solver.push()
        try:
            solver.add(*query.formulas, *more, *_side_conditions(query, exact=exact))
            answer = solver.check()
            if answer == z3.unknown:
                raise UndecidedError(solver.reason_unknown())
            return solver.model() if answer == z3.sat else None
        finally:
            solver.pop()


def _side_conditions(query: Query, *, exact: bool) -> list[z3.BoolRef]:
    """What approximated terms satisfy, and what the second answer set does."""
    model = query.model
    nonlinear = model.formulas.nonlinear
    terms = [*nonlinear.bounds, *(nonlinear.exact if exact else [])]
    if not query.changed:
        return terms
    moved = model.moved(query.changed)
    differing = (term for term in (*terms, *model.domain) if model.may_differ(term, moved))
    primed = (model.primed(each, query.changed) for each in differing)
    return [*terms, *primed, *model.same_completions(query.changed)]
