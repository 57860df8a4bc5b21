"""Looks for answers with which crossing a threshold changes the category, else a note; or proves that none do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from screening.analysis.proof.prover import Prover
from screening.analysis.proof.verdicts import Example
from screening.analysis.solver.encoding import Dated, Numeric, real, twin
from screening.analysis.solver.query import Query
from screening.analysis.solver.undecided import UndecidedError
from screening.analysis.solver.witness import Answers
from screening.analysis.thresholds.crossing import Crossing, Effect, Threshold, effect_between
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.algebra import atom
from screening.ruleset.formulas.atoms import NumberGiven
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import TODAY


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
                    return Crossing(threshold, effect, answers, self._ordinary(answers), proved=True)
        except UndecidedError:
            return Crossing(threshold, Effect.NOTHING, {})
        return Crossing(threshold, Effect.NOTHING, {}, proved=True)

    def smallest(self, crossing: Crossing) -> Crossing:
        """The same effect with what can be left out of its answers left out, or made ordinary."""
        threshold, minimiser = crossing.threshold, self._prover.minimiser
        steps = list(threshold.steps())

        def shows(answers: Answers, _: Answers) -> bool:
            return any(effect_between(self._engine, threshold, answers, *step) is crossing.effect for step in steps)

        answers, _ = minimiser.smallest(dict(crossing.answers), dict(crossing.answers), shows)
        return replace(crossing, answers=answers, ordinary=self._ordinary(answers))

    def _ordinary(self, answers: Mapping[str, Plain]) -> tuple[str, ...]:
        """The answers that say nothing that a rule looks for; today is always told."""
        is_ordinary = self._prover.minimiser.is_ordinary
        return tuple(name for name, answer in answers.items() if name != TODAY and is_ordinary(name, answer))

    def _crossing(self, threshold: Threshold, effect: Effect) -> Example | None:
        for low, high in threshold.steps():
            query = self._query(threshold, low, high, effect)
            example = self._prover.find(
                query,
                lambda _, answers, __, low=low, high=high: (  # type: ignore[misc]
                    effect_between(self._engine, threshold, answers, low, high) is effect
                ),
            )
            if example:
                return example
        return None

    def _query(self, threshold: Threshold, low: Decimal, high: Decimal, effect: Effect) -> Query:
        """The same answers but for one number, which is known, and other possible categories or another note."""
        model, name = self._prover.model, threshold.question.id
        answer = model.encoding.given[name]
        if isinstance(answer, Dated) and threshold.counted:
            number, numbers = answer.times[threshold.counted], [*answer.times.values()]
        else:
            assert isinstance(answer, Numeric)  # noqa: S101 - thresholds are those of numbers and dates
            number, numbers = answer.value, [answer.value]
        known = model.printed(atom(NumberGiven(name)))
        change = frozenset(variable.decl().name() for variable in numbers)
        given = (known, number == real(low), twin(number) == real(high), model.encoding.accepted(name, change))
        told = model.formulas.possible if effect is Effect.CATEGORY else model.formulas.notes
        return Query(model, (model.parts_on, *given, model.differs(told.values(), change)), change)
