"""Answers at random to the questions of any rule set, usual ones more often, with numbers around every threshold."""

from __future__ import annotations

from random import Random

from screening.ruleset.model.answers import Plain
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet
from tests.support.rules.random_liver import USUAL, telling


class Drawing:
    """Draws answers to the questions of one rule set; the same ones for the same seed."""

    def __init__(self, rule_set: RuleSet, seed: int) -> None:
        self._questions = rule_set.questions
        self._chance = Random(seed)
        numbers = [question for question in rule_set.questions if question.type is QuestionType.NUMBER]
        self._numbers = {question.id: telling(rule_set, question) for question in numbers}

    def answers(self) -> dict[str, Plain]:
        """Answers to some questions, open and complete."""
        answers = {question.id: self._answer(question) for question in self._questions}
        return {name: answer for name, answer in answers.items() if answer is not None}

    def _answer(self, question: Question) -> Plain:
        chance = self._chance
        if question.id in USUAL and chance.random() < 0.6:
            return USUAL[question.id]
        if question.type is QuestionType.SEVERAL:
            codes = [code for code in question.option if code not in question.exclusive_codes]
            return frozenset(code for code in [*codes, None] if chance.random() < 0.2)
        if question.type is QuestionType.NUMBER:
            return chance.choice(self._numbers[question.id]) if question.required or chance.random() < 0.5 else None
        if question.type is QuestionType.TEXT:
            return chance.choice([WRITTEN, None])
        return chance.choice([*question.option, None])
