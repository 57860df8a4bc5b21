"""Where two rule sets over the same questions give different outcomes: a smallest answer set, or the proof of none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import z3

from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.joint_dates import joint_dates, union_of
from screening.analysis.solver.minimal import Minimiser
from screening.analysis.solver.query import Query
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.session import Candidate, Effort
from screening.analysis.solver.undecided import Reason, UndecidedError
from screening.analysis.solver.witness import Answers, Witnesses
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.algebra import Formula, all_of, any_of, negation
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing, is_number
from screening.ruleset.model.expression import Name
from screening.ruleset.model.outcome import Outcome

TIMEOUT = 3_000
"""Milliseconds for one question about a difference."""


class Side:
    """One of two rule sets: its engine, its formulas, and all that can be told of an outcome as formulas."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.model = RuleModel(engine.rule_set)

    @cached_property
    def told(self) -> dict[str, z3.ExprRef]:
        """What is possible, holds, is noted and worked out, and why nothing was matched; a number where it is known."""
        model, formulas = self.model, self.model.formulas
        groups = {
            "possible": formulas.possible,
            "ground": formulas.holding,
            "note": formulas.notes,
            "underlying": formulas.underlying,
        }
        terms: dict[str, z3.ExprRef] = {
            f"{group} {name}": model.printed(formula) for group, of in groups.items() for name, formula in of.items()
        }
        disagree = formulas.truth(model.rule_set.undetermined.disagree_when.tree, EvaluationMode.GIVEN).true
        undetermined = formulas.category[model.rule_set.undetermined.category]
        terms["disagree"] = model.printed(all_of(undetermined, disagree, negation(any_of(*self._named()))))
        return terms | self._values()

    def _named(self) -> Iterator[Formula]:
        """Where a category is possible and a ground speaks for it: told before it is told that answers disagree."""
        rule_set, formulas = self.model.rule_set, self.model.formulas
        for rule in rule_set.rules:
            category = rule_set.category[rule.category]
            if not category.overrides and category.id != rule_set.undetermined.category:
                grounds = any_of(*(formulas.holding[ground.id] for ground in rule.grounds))
                yield all_of(formulas.possible[category.id], grounds)

    def _values(self) -> dict[str, z3.ExprRef]:
        """What is worked out: where conditions are true and false, where numbers are known, and what they are."""
        model, formulas = self.model, self.model.formulas
        terms: dict[str, z3.ExprRef] = {}
        for value in model.rule_set.values:
            tree = value.expression.tree
            if is_number(tree, formulas.names):
                cases = formulas.number(Name(value.id), EvaluationMode.GIVEN)
                terms[f"known {value.id}"] = model.printed(any_of(*cases.values()))
                number = z3.RealVal(0)
                for span, where in cases.items():
                    number = z3.If(model.printed(where), model.printed_term(span.low), number)
                terms[f"number {value.id}"] = number
            elif not is_nothing(tree, formulas.names):
                true, false = formulas.truth(Name(value.id), EvaluationMode.GIVEN)
                terms[f"true {value.id}"], terms[f"false {value.id}"] = model.printed(true), model.printed(false)
        return terms


class Attempt(NamedTuple):
    """What is asked for beside a difference."""

    asked: list[z3.BoolRef]
    is_whole: bool = False
    """Leaves no answer set out."""
    effort: Effort = Effort.ROUNDED


class Differences:
    """Looks for differences between one rule set and changed copies of it."""

    def __init__(self, engine: Engine) -> None:
        self.original = Side(engine)
        self.minimiser = Minimiser(engine.rule_set)
        self.judge = Judge(engine)

    def find(self, changed: Engine) -> Answers | None:
        """A smallest answer set of which the outcomes differ; None: there is none, by proof. Or `UndecidedError`."""
        other = Side(changed)
        one, two = self.original.told, other.told
        differs = z3.Or(*(one[name] != two[name] for name in one if name in two and not one[name].eq(two[name])))
        witnesses = Witnesses(self.original.model, other.model)
        query = Query(self.original.model, (differs,))
        solver = self._solver(other, differs)
        reason = Reason.UNCONFIRMED
        for attempt in self._attempts(other, differs):
            answer = solver.check(differs, *attempt.asked)
            reason = Reason.TIME if answer == z3.unknown else reason
            if answer == z3.unsat and attempt.is_whole:
                return None
            if answer == z3.sat:
                readings = witnesses.readings(Candidate(solver.model(), attempt.effort), query)
                answers = next((reading.answers for reading in readings if self.differ(changed, reading.answers)), None)
                if answers is not None:
                    return self.smallest(changed, answers)
        raise UndecidedError(reason)

    def _attempts(self, other: Side, differs: z3.BoolRef) -> Iterator[Attempt]:
        """What to ask for beside a difference, the plainest answer sets first."""
        model = self.original.model
        overriding = (
            model.formulas.category[category.id] for category in model.rule_set.categories if category.overrides
        )
        settled = model.printed(model.settled)
        plain = [settled, model.printed(negation(any_of(*overriding)))]
        fresh = [reading for side in (self.original, other) for reading in side.model.nonlinear.read_by([differs])]
        exact = [reading.equation for reading in fresh]
        yield Attempt(plain)
        yield Attempt([settled])
        yield Attempt([], is_whole=True, effort=Effort.ROUNDED if exact else Effort.DRAWN)
        if exact:
            yield Attempt([*plain, *exact], effort=Effort.DRAWN)
            yield Attempt(exact, is_whole=True, effort=Effort.DRAWN)

    def _solver(self, other: Side, differs: z3.BoolRef) -> z3.Solver:
        """A solver that knows what both sides accept."""
        solver = z3.Solver()
        solver.set("timeout", TIMEOUT)
        for side in (self.original, other):
            bounds = (bound for reading in side.model.nonlinear.read_by([differs]) for bound in reading.bounds)
            solver.add(*side.model.domain, *bounds)
        encodings = (self.original.model.encoding, other.model.encoding)
        solver.add(*joint_dates(encodings, union_of(*(encoding.thresholds for encoding in encodings))))
        return solver

    def smallest(self, changed: Engine, answers: Answers) -> Answers:
        """The same difference with what can be left out left out."""
        return self.minimiser.smallest(answers, answers, lambda candidate, _: self.differ(changed, candidate))[0]

    def differ(self, changed: Engine, answers: Answers) -> bool:
        """Whether both have an outcome, and not the same."""
        try:
            return bool(list(different(self.judge.outcome(answers), changed.evaluate(answers))))
        except ValueError:
            return False


def different(one: Outcome, other: Outcome) -> Iterator[str]:
    """What a case could tell two outcomes apart by."""
    for name in ("category", "possible", "kind", "underlying", "grounds", "notes", "values"):
        if getattr(one, name) != getattr(other, name):
            yield name
