"""Looks for answers with which crossing a threshold changes the category, else a note; or proves that none do."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from screening.analysis.proof.prover import Prover
from screening.analysis.proof.verdicts import Example
from screening.analysis.solver.encoding import Numeric, real, twin
from screening.analysis.solver.query import Query
from screening.analysis.solver.undecided import UndecidedError
from screening.analysis.solver.witness import Answers
from screening.analysis.thresholds.crossing import Crossing, Effect, Threshold, effect_between
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.algebra import atom
from screening.ruleset.formulas.atoms import NumberGiven


class CrossingSearch:
    """Asks one rule set about its thresholds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._prover = Prover(engine)

    def crossing(self, threshold: Threshold) -> Crossing:
        """The greatest effect that a threshold can have."""
        try:
            for effect in (Effect.CATEGORY, Effect.NOTES):
                if example := self._crossing(threshold, effect):
                    answers = {
                        name: answer for name, answer in example.answers.items() if name != threshold.question.id
                    }
                    ordinary = (item for item in answers.items() if self._prover.minimiser.is_ordinary(*item))
                    return Crossing(threshold, effect, answers, tuple(name for name, _ in ordinary), proved=True)
        except UndecidedError:
            return Crossing(threshold, Effect.NOTHING, {})
        return Crossing(threshold, Effect.NOTHING, {}, proved=True)

    def smallest(self, crossing: Crossing) -> Crossing:
        """The same effect with what can be left out of its answers left out, or made ordinary."""
        threshold, minimiser = crossing.threshold, self._prover.minimiser
        steps = list(threshold.steps())

        def shows(answers: Answers, _: Answers) -> bool:
            name = threshold.question.id
            return any(effect_between(self._engine, name, answers, *step) is crossing.effect for step in steps)

        answers, _ = minimiser.smallest(dict(crossing.answers), dict(crossing.answers), shows)
        ordinary = tuple(name for name, answer in answers.items() if minimiser.is_ordinary(name, answer))
        return replace(crossing, answers=answers, ordinary=ordinary)

    def _crossing(self, threshold: Threshold, effect: Effect) -> Example | None:
        name = threshold.question.id
        for low, high in threshold.steps():
            query = self._query(name, low, high, effect)
            example = self._prover.find(
                query,
                lambda _, answers, __, low=low, high=high: (  # type: ignore[misc]
                    effect_between(self._engine, name, answers, low, high) is effect
                ),
            )
            if example:
                return example
        return None

    def _query(self, name: str, low: Decimal, high: Decimal, effect: Effect) -> Query:
        """The same answers but for one number, which is known, and other possible categories or another note."""
        model = self._prover.model
        number = model.encoding.given[name]
        assert isinstance(number, Numeric)  # noqa: S101 - thresholds are those of numbers
        known = model.printed(atom(NumberGiven(name)))
        change = frozenset({number.value.decl().name()})
        other = twin(number.value)
        given = (known, number.value == real(low), other == real(high))
        told = model.formulas.possible if effect is Effect.CATEGORY else model.formulas.notes
        return Query(model, (model.parts_on, *given, model.differs(told.values(), change)), change)
