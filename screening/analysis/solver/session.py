"""Asks the solver with growing exactness: what it finds is a candidate that the engine must confirm.

First what is not linear is left free within bounds, which proves most of what is true. Then equations make it exact
over the real numbers; powers, for which there are none, are enclosed between straight lines. Last, each number is so
many steps of a unit, so that every model is an answer set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

import z3

from screening.analysis.solver.encoding import Numeric
from screening.analysis.solver.facts import with_facts
from screening.analysis.solver.fresh_numbers import Fresh, out_of_order
from screening.analysis.solver.query import Query
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.undecided import Reason, UndecidedError

LINEAR_SECONDS = 20.0
"""How long the solver may take for a question about linear arithmetic, which takes milliseconds."""
SECONDS = 5.0
"""How long it may take for any other one, where nothing else is said, on a quiet machine: see `limit`."""
WORK_A_SECOND = 5_000_000
"""How many units of its own work the solver does in a second: 1 to 30 million, by what it works on (measured 2026)."""
MOST_WORK = 2**32 - 1
"""The highest limit of work that the solver takes."""
MOST_FRESH = 40
"""How many numbers that are not linear a question about bounds may read beyond the first, linear one.

Of 53 and more, of the powers of a kidney formula, nothing was decided in ten times the time that is given (2026).
"""
PATIENCE = 20
"""How many times as long a question may take by the clock, on a busy machine or a slow one."""


class Effort(Enum):
    """How much a candidate is worth trying for."""

    ROUNDED = "rounded"
    """Its roundest numbers may do."""
    DRAWN = "drawn"
    """So may other numbers near it, or anywhere between the same thresholds."""
    TYPED = "typed"
    """Its numbers can be typed as they are."""


class Candidate(NamedTuple):
    """A model of a query, of which the engine must say whether it is what was looked for."""

    model: z3.ModelRef
    effort: Effort


class Solver:
    """A solver that knows what every answer set satisfies; one for each model it is asked about."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """`seconds`: how long one question may take whose numbers are not linear, or must be such as can be typed."""
        self.seconds = seconds
        self._solvers: dict[int, tuple[RuleModel, z3.Solver]] = {}

    def candidates(self, query: Query) -> Iterator[Candidate]:
        """Models of a query until one is taken; ends where it is proved that there is none, else `UndecidedError`."""
        query = replace(query, formulas=with_facts(query.formulas))
        relaxed = self._relaxed(query)
        if relaxed is None:
            return
        plainest: z3.ModelRef | None = None
        for beside in filter(None, (query.plainest, query.exact)):
            plain = self._relaxed(query, *beside)
            plainest = plainest or plain
            if plain is not None:
                yield Candidate(plain, Effort.ROUNDED)
        yield Candidate(relaxed, Effort.ROUNDED)
        fresh = query.model.nonlinear.read_by(_constraints(query))
        if any(reading.is_of_pairs for reading in fresh):
            raise UndecidedError(Reason.PAIRS)
        if query.model.bounded and len(fresh) > MOST_FRESH:
            raise UndecidedError(Reason.SIZE)
        if fresh:
            answer, exact = self._satisfied(_exact(query, fresh), fresh)
            if answer == z3.unsat:
                return
            yield Candidate(exact or plainest or relaxed, Effort.DRAWN)
        else:
            yield Candidate(plainest or relaxed, Effort.DRAWN)
        yield from self._typed(query, fresh)

    def _typed(self, query: Query, fresh: list[Fresh]) -> Iterator[Candidate]:
        """A model of numbers that can be typed, the last chance of a query."""
        read = _read(query, fresh)
        typed = query.model.typed(query.change, read)
        questions = tuple(name for name in _numbers(query.model) if _is_read(query, name, read))
        for more in (query.plainest, *filter(None, [query.exact]), []):
            answer, model = self._satisfied([*_exact(query, fresh), *typed, *more], fresh)
            if model is not None:
                yield Candidate(model, Effort.TYPED)
        if answer == z3.unsat:
            if _all_whole(query.model, questions):
                return
            raise UndecidedError(Reason.UNTYPED, questions)
        raise UndecidedError(Reason.UNCONFIRMED if answer == z3.sat else Reason.TIME, questions)

    def _relaxed(self, query: Query, *more: z3.BoolRef) -> z3.ModelRef | None:
        """A model of a query in which what is not linear is only within bounds; None where there is none."""
        solver = self._of(query.model)
        solver.push()
        try:
            solver.add(*query.formulas, *more, *_side_conditions(query))
            answer = solver.check()
            if answer == z3.unknown:
                raise UndecidedError(Reason.TIME)
            return solver.model() if answer == z3.sat else None
        finally:
            solver.pop()

    def _of(self, model: RuleModel) -> z3.Solver:
        if id(model) not in self._solvers:
            solver = z3.Solver()
            limit(solver, LINEAR_SECONDS)
            solver.add(*model.domain)
            self._solvers[id(model)] = model, solver
        return self._solvers[id(model)][1]

    def _satisfied(
        self, constraints: Sequence[z3.BoolRef], fresh: list[Fresh]
    ) -> tuple[z3.CheckSatResult, z3.ModelRef | None]:
        if _has_equations(fresh):
            return checked(constraints, self.seconds)
        return refined(constraints, fresh, self.seconds)


def limit(solver: z3.Solver, seconds: float) -> None:
    """Stop the solver after as much work as a quiet machine does in that time.

    By the clock, what can be proved would depend on what else the machine does; the clock stands far behind.
    """
    solver.set("rlimit", min(MOST_WORK, max(1, int(seconds * WORK_A_SECOND))))
    solver.set("timeout", max(1, int(seconds * PATIENCE * 1000)))


def _seconds_worked(solver: z3.Solver) -> float:
    """What all solvers together have worked until now."""
    counted: float = solver.statistics().get_key_value("rlimit count")
    return counted / WORK_A_SECOND


def checked(constraints: Sequence[z3.BoolRef], seconds: float) -> tuple[z3.CheckSatResult, z3.ModelRef | None]:
    """What a fresh solver says of constraints, with a model where there is one; `seconds` as in `limit`."""
    solver = z3.Solver()
    limit(solver, seconds)
    solver.add(*constraints)
    answer = solver.check()
    return answer, solver.model() if answer == z3.sat else None


def refined(
    constraints: Sequence[z3.BoolRef], fresh: Sequence[Fresh], seconds: float
) -> tuple[z3.CheckSatResult, z3.ModelRef | None]:
    """The same of linear constraints, to which is added what each model violates of numbers that are not linear.

    So lines are drawn only where they are wanted (A. Cimatti and others, incremental linearization, 2018). A model is a
    guess, of which the engine must say whether it is right; without an answer in time the last one. `seconds` as in
    `limit`, for all guesses together.
    """
    solver = z3.Solver()
    solver.add(*constraints)
    model: z3.ModelRef | None = None
    end = _seconds_worked(solver) + seconds
    while (left := end - _seconds_worked(solver)) > 0:
        limit(solver, left)
        answer = solver.check()
        if answer != z3.sat:
            return answer, None if answer == z3.unsat else model
        model = solver.model()
        violated = [formula for reading in fresh if (formula := reading.violated(model)) is not None]
        violated += out_of_order(fresh, model)
        if not violated:
            return answer, model
        solver.add(*violated)
    return z3.unknown, model


def _constraints(query: Query) -> list[z3.BoolRef]:
    return [*query.formulas, *query.model.changed_domain(query.change)]


def _side_conditions(query: Query) -> list[z3.BoolRef]:
    """What a second answer set satisfies, and what is linear of the numbers that are not."""
    constraints = _constraints(query)
    fresh = query.model.nonlinear.read_by(constraints)
    return [*constraints[len(query.formulas) :], *(bound for reading in fresh for bound in reading.bounds)]


def _has_equations(fresh: list[Fresh]) -> bool:
    """Whether equations make all numbers exact; else none is taken by its equation."""
    return all(reading.equation is not None for reading in fresh)


def _exact(query: Query, fresh: list[Fresh]) -> list[z3.BoolRef]:
    """Everything that an answer set of the query satisfies over the real numbers.

    Where equations do not say it all, that is left to be refined: see `_refined`.
    """
    bounds = [bound for reading in fresh for bound in reading.bounds]
    equations = [reading.equation for reading in fresh if reading.equation is not None]
    exact = equations if _has_equations(fresh) else []
    return [*query.model.domain, *_constraints(query), *bounds, *exact]


# --- numbers that are typed --------------------------------------------------------------------------


def _read(query: Query, fresh: list[Fresh]) -> frozenset[int]:
    """The ids of the variables that a query reads, directly or through fresh ones."""
    nonlinear = query.model.nonlinear
    formulas = [*query.formulas, *(part for reading in fresh for part in reading.parts)]
    return frozenset().union(*(nonlinear.variables(formula) for formula in formulas))


def _numbers(model: RuleModel) -> Iterator[str]:
    yield from (name for name, given in model.encoding.given.items() if isinstance(given, Numeric))


def _is_read(query: Query, name: str, read: frozenset[int]) -> bool:
    answers = (query.model.encoding.answer(name, twins) for twins in (frozenset[str](), query.change))
    return any(isinstance(answer, Numeric) and answer.value.get_id() in read for answer in answers)


def _all_whole(model: RuleModel, names: Sequence[str]) -> bool:
    """Whether no other numbers than those that can be typed will ever be read."""
    return all(unit.whole for name in names for unit in model.rule_set.question[name].units)
