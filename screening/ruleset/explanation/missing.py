"""What is missing from an answer set: questions whose answers would change what is possible.

One answer to such a question alone does so; or it is an open input of a value that would, were it known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from screening.ruleset.engine.engine import Engine
from screening.ruleset.explanation.cells import Budget, Deciding, numbers_of, some_answer
from screening.ruleset.explanation.supposition import SupposedValues
from screening.ruleset.model.answers import Plain, State
from screening.ruleset.model.open_answers import leaves_others
from screening.ruleset.model.questions import Question, QuestionType

Candidates = Callable[[Question, Plain], Iterable[Plain]]
"""The answers that stand for all that a question may still be answered with, where rules compute nothing with it."""


class MissingSearch:
    """Finds what is missing; made once for an engine."""

    def __init__(self, engine: Engine, candidates: Candidates) -> None:
        self._engine = engine
        self._candidates = candidates

    @cached_property
    def _deciding(self) -> Deciding:
        """Worked out where it is first needed."""
        return Deciding(self._engine)

    @cached_property
    def _supposed_values(self) -> SupposedValues:
        return SupposedValues(self._engine, self._deciding, self._candidates)

    def missing(self, state: State, possible: frozenset[str]) -> tuple[tuple[str, ...], bool]:
        """The missing questions in the order asked, and whether nothing was left untried."""
        counted, asked = self._engine.functions.effective(state)
        budget = Budget()
        open_questions = [
            question
            for question, yes in zip(self._engine.rule_set.questions, asked, strict=True)
            if yes and leaves_others(question, counted[question.id])
        ]
        missing = {
            open_question.id
            for open_question in open_questions
            if self._changes(open_question, state, possible, budget)
        }
        for name in self._supposed_values.unknown(counted):
            inputs = [
                open_question
                for open_question in open_questions
                if open_question.id in self._engine.names.value_questions[name]
            ]
            new = not missing.issuperset(question.id for question in inputs)
            if new and self._supposed_values.would_change(name, inputs, state, possible, budget):
                missing.update(question.id for question in inputs)
        return tuple(
            open_question.id for open_question in open_questions if open_question.id in missing
        ), not budget.is_spent

    def _changes(self, question: Question, state: State, possible: frozenset[str], budget: Budget) -> bool:
        """Whether some answer to an open question changes the possible categories."""
        answers = self._candidates(question, state[question.id])
        if self._any_changes(question, answers, state, possible):
            return True
        if question.type not in (QuestionType.NUMBER, QuestionType.DATE):
            return False
        answered = {**state, question.id: some_answer(question, state)}
        steers = question.id in self._deciding.steering
        effective = answered if steers else self._engine.functions.effective(answered)[0]
        numbers = numbers_of(question, effective, self._deciding, budget, state[question.id])
        return self._any_changes(question, numbers, state, possible)

    def _any_changes(
        self, question: Question, answers: Iterable[Plain], state: State, possible: frozenset[str]
    ) -> bool:
        return any(self._engine.possible({**state, question.id: answer}) != possible for answer in answers)
