"""Which texts of a rule file the outcome of an answer set tells, by the places that they have."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from screening.ruleset.compiler.rule_functions import compile_condition
from screening.ruleset.engine.engine import Answers, Engine
from screening.ruleset.model.answers import State
from screening.ruleset.model.expression import Node
from screening.ruleset.model.open_answers import is_open
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.text_places import TextPlace, text_places


class ToldTexts:
    """Says which texts are told; made once for an engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._places = text_places(engine.rule_set)
        self._condition: Callable[[Node], Callable[..., bool]] = cache(
            lambda condition: compile_condition(engine.rule_set, condition)
        )

    def told(self, answers: Answers) -> frozenset[str]:
        """The ids of the texts that stand in one of their places."""
        outcome, counted = self._engine.evaluate(answers), self._counted(answers)
        return frozenset(place.id for place in self._places if self._stands(place, outcome, counted))

    def holds(self, condition: Node, answers: Answers) -> bool:
        """Whether a condition holds as the answers were given, and of the outcome that they have."""
        return self._condition(condition)(*_inputs(self._engine.evaluate(answers), self._counted(answers)))

    def _counted(self, answers: Answers) -> State:
        return self._engine.functions.effective(self._engine.state(answers))[0]

    def _stands(self, place: TextPlace, outcome: Outcome, counted: State) -> bool:
        if place.open_ground and not any(place.open_ground in names for names in outcome.open_grounds.values()):
            return False
        name = place.open_question
        if name and not (name in outcome.asked and is_open(self._engine.rule_set.question[name], counted[name])):
            return False
        inputs = _inputs(outcome, counted)
        return all(self._condition(condition)(*inputs) for condition in place.when)


def _inputs(outcome: Outcome, counted: State) -> tuple[object, ...]:
    """What a compiled condition of a text reads."""
    underlying = outcome.underlying.category if outcome.underlying else None
    return counted, outcome.category, underlying, outcome.possible, outcome.grounds
