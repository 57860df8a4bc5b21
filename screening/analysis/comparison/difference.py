"""Where two rule sets over the same questions give different outcomes: a smallest answer set, or the proof of none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import z3

from screening.analysis.proof.guarantees import for_every_completion
from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.minimal import Minimiser
from screening.analysis.solver.query import UndecidedError
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.witness import Answers, Witnesses
from screening.ruleset.engine.engine import Engine
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing, is_number
from screening.ruleset.model.expression import Name
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.rule_set import Ground

TIMEOUT = 3_000
"""Milliseconds for one question about a difference."""


class Side:
    """One of two rule sets: its engine, its formulas, and all that can be told of an outcome as formulas."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.model = RuleModel(engine.rule_set)

    @cached_property
    def accepted(self) -> list[z3.BoolRef]:
        """What the form demands of every answer."""
        return [self.model.encoding.accepted(name) for name in self.model.encoding.given]

    @cached_property
    def completed(self) -> dict[str, z3.BoolRef]:
        """For each strict question, that its completion agrees with the answer."""
        encoding, formulas = self.model.encoding, self.model.formulas
        return {name: encoding.completes(name, formulas.counted(name)) for name in encoding.settled}

    @cached_property
    def told(self) -> dict[str, z3.ExprRef]:
        """Category, grounds, notes, values and why nothing was matched; a number counts where it is known."""
        model, formulas = self.model, self.model.formulas
        found: dict[str, z3.ExprRef] = {f"category {name}": term for name, term in model.category.items()}
        found |= {f"ground {name}": term for name, term in model.holding.items()}
        found |= {f"certain {ground.id}": self._certain(ground) for ground in model.rule_set.grounds}
        found |= {f"note {name}": term for name, term in model.notes.items()}
        undetermined = model.rule_set.undetermined
        disagree = formulas.condition(undetermined.disagree_when.tree, EvaluationMode.GIVEN).true
        found["disagree"] = z3.And(model.category[undetermined.category], disagree)
        for value in model.rule_set.values:
            tree = value.expression.tree
            if is_number(tree, formulas.names):
                number = formulas.number(Name(value.id), EvaluationMode.GIVEN)
                found[f"known {value.id}"] = number.known
                found[f"number {value.id}"] = z3.If(number.known, number.value, z3.RealVal(0))
            elif not is_nothing(tree, formulas.names):
                both = formulas.condition(Name(value.id), EvaluationMode.GIVEN)
                found[f"true {value.id}"], found[f"false {value.id}"] = both
        return found

    def _certain(self, ground: Ground) -> z3.BoolRef:
        """Where a ground holds whatever the open answers turn out to be."""
        return self.model.formulas.condition(ground.when.tree, EvaluationMode.OPEN).true


class Attempt(NamedTuple):
    """What is asked for beside a difference."""

    asked: list[z3.BoolRef]
    is_whole: bool = False
    """Leaves no answer set out."""
    is_exact: bool = False
    """Approximated terms obey their equations."""


class Differences:
    """Looks for differences between one rule set and changed copies of it."""

    def __init__(self, engine: Engine) -> None:
        self.original = Side(engine)
        self.minimiser = Minimiser(engine.rule_set)
        self.judge = Judge(engine)

    def find(self, changed: Engine) -> Answers | None:
        """A smallest answer set of which the outcomes differ; None: there is none, by proof. Or `UndecidedError`."""
        other = Side(changed)
        solver, differs = self._solver(other)
        for attempt in self._attempts(other):
            answer = solver.check(differs, *attempt.asked)
            if answer == z3.unsat and attempt.is_whole:
                if self._completes_alike(other):
                    return None
                break
            if answer == z3.sat:
                witnesses = Witnesses(self.original.model, other.model)
                readings = witnesses.readings(solver.model(), exact=attempt.is_exact)
                answers = next((each for each, _ in readings if self._differ(changed, each)), None)
                if answers is not None:
                    return self.minimiser.smallest(answers, answers, lambda one, _: self._differ(changed, one))[0]
        raise UndecidedError("the solver found no answer set that the engines tell apart, and no proof that none is")

    def _attempts(self, other: Side) -> Iterator[Attempt]:
        """What to ask for beside a difference, the plainest answer sets first."""
        model = self.original.model
        overriding = [category.id for category in model.rule_set.categories if category.overrides]
        plain = [model.all_settled, z3.Not(model.one_of(overriding))]
        exact = [*model.formulas.nonlinear.exact, *other.model.formulas.nonlinear.exact]
        yield Attempt(plain)
        yield Attempt([model.all_settled])
        yield Attempt([], is_whole=True)
        if exact:
            yield Attempt([*plain, *exact], is_exact=True)
            yield Attempt(exact, is_whole=True, is_exact=True)

    def _solver(self, other: Side) -> tuple[z3.Solver, z3.BoolRef]:
        """A solver that knows what both sides accept, and where they differ."""
        solver = z3.Solver()
        solver.set("timeout", TIMEOUT)
        one, two = self.original.told, other.told
        pairs = [(one[name], two[name]) for name in one if name in two]
        differs = z3.Or(*(a != b for a, b in pairs if not a.eq(b)), *self._opened(other))
        for side in (self.original, other):
            solver.add(*side.accepted, *side.model.formulas.nonlinear.bounds)
        solver.add(*other.completed.values())
        if not self._widened(other):
            solver.add(*self.original.completed.values())
        return solver, differs

    def _widened(self, other: Side) -> str:
        """The one strict question of which open answers are completed otherwise, and nothing else; or none."""
        one, two = self.original.completed, other.completed
        differing = [name for name in one if name not in two or not one[name].eq(two[name])]
        return differing[0] if len(differing) == 1 and one.keys() == two.keys() else ""

    def _completes_alike(self, other: Side) -> bool:
        """Whether open answers are completed alike, or else that is part of the difference that was looked for."""
        one, two = self.original.completed, other.completed
        same = one.keys() == two.keys() and all(one[name].eq(two[name]) for name in one)
        return same or bool(self._widened(other))

    def _opened(self, other: Side) -> Iterator[z3.BoolRef]:
        """Where a completion that only the other side makes gives a category that none of this side's gives."""
        if name := self._widened(other):
            model = self.original.model
            for category, term in other.model.category.items():
                none = for_every_completion(model, name, z3.Not(model.category[category]))
                yield z3.And(term, *none)

    def _differ(self, changed: Engine, answers: Answers) -> bool:
        return bool(list(different(self.judge.outcome(answers), changed.evaluate(answers))))


def different(one: Outcome, other: Outcome) -> Iterator[str]:
    """What a case could tell two outcomes apart by."""
    for name in ("category", "possible", "kind", "underlying", "grounds", "notes", "values"):
        if getattr(one, name) != getattr(other, name):
            yield name
