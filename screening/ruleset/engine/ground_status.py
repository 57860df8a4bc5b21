"""How each ground stands to an answer set: met, not met, not sure, or not asked.

Rules must decide, so they settle an unknown answer: `definitely(told == "x")` is false where that is not sure. Here
nothing is settled: a ground that some answer would make true is not sure, and never "not met".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from screening.ruleset.compiler.rule_functions import compile_condition
from screening.ruleset.engine.engine import Answers, Engine
from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import Plain, State
from screening.ruleset.model.open_answers import leaves_others
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.rule_set import Ground


class GroundStatus(StrEnum):
    """How a ground stands."""

    MET = "met"
    NOT_SURE = "not_sure"
    NOT_ASKED = "not_asked"
    NOT_MET = "not_met"


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is needed to read one ground."""

    questions: frozenset[str]
    may_hold: Callable[..., bool]
    """Whether some answers to what is unknown would make it true."""


class GroundStatuses:
    """Says how grounds stand; made once for a rule set."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._readings = {ground.id: self._reading(ground) for ground in engine.rule_set.grounds}

    def _reading(self, ground: Ground) -> _Reading:
        names = self._engine.names
        condition = ex.Possibly(without_settling(names.inline(ground.when.tree)))
        return _Reading(names.questions_in(ground.when.tree), compile_condition(self._engine.rule_set, condition))

    def questions(self, ground: str) -> frozenset[str]:
        """The questions that a ground reads, through values too."""
        return self._readings[ground].questions

    def of(self, answers: Answers, outcome: Outcome) -> Mapping[str, GroundStatus]:
        """Every ground of the rule set, in the order of the rules."""
        counted, _ = self._engine.functions.effective(self._engine.state(answers))
        _, still_open = self._engine.functions.observe(counted)
        questions = self._engine.rule_set.question
        unknown = frozenset(name for name in questions if leaves_others(questions[name], counted[name]))
        state: State = {**counted, **{name: self._without_open_choice(name, counted) for name in questions}}
        return {
            ground.id: self._stance(ground.id, outcome, frozenset(still_open), unknown, state)
            for ground in self._engine.rule_set.grounds
        }

    def _stance(
        self, ground: str, outcome: Outcome, still_open: frozenset[str], unknown: frozenset[str], state: State
    ) -> GroundStatus:
        reading = self._readings[ground]
        if ground in outcome.grounds:
            return GroundStatus.MET
        if reading.questions.isdisjoint(outcome.asked):
            return GroundStatus.NOT_ASKED
        may_hold = ground in still_open or reading.may_hold(state, "", None, frozenset(), ())
        if not may_hold:
            return GroundStatus.NOT_MET
        if reading.questions & unknown & outcome.asked:
            return GroundStatus.NOT_SURE
        return GroundStatus.NOT_ASKED if reading.questions & unknown else GroundStatus.NOT_MET

    def _without_open_choice(self, name: str, counted: State) -> Plain:
        """An answer as it counts; one that leaves others open is unknown."""
        answer, question = counted[name], self._engine.rule_set.question[name]
        if isinstance(answer, str) and answer in question.option and question.option[answer].leaves_open:
            return None
        return answer


def without_settling(node: ex.Node) -> ex.Node:
    """A condition without what settles unknown answers: unknown wherever an answer that it reads is."""
    match node:
        case ex.Definitely(operand=operand) | ex.Possibly(operand=operand):
            return without_settling(operand)
        case ex.Known():
            return ex.Or((node, ex.Unknown()))
        case ex.Not() | ex.And() | ex.Or() | ex.Comparison() | ex.Membership() | ex.AnyOf() | ex.MayBe() | ex.Holds():
            return node.map(without_settling)
        case (
            ex.Name()
            | ex.Number()
            | ex.Unknown()
            | ex.Arithmetic()
            | ex.SquareRoot()
            | ex.Score()
            | ex.Since()
            | ex.Sum()
            | ex.Extreme()
            | ex.Round()
            | ex.Power()
            | ex.Conditional()
        ):
            return node.map(without_settling)
        case _:
            assert_never(node)
