"""Which questions are missing, by trying every answer: a judge for small rule files whose numbers are few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from screening.ruleset.model.questions import Question
from tests.support.rules.brute_force import Answers, BruteForce
from tests.support.rules.interpreter import Counted, Given, Reading, Result
from tests.support.rules.random_liver import reads
from tests.support.rules.random_rules import is_open, later_answers


class Supposing(BruteForce):
    """Judges answer sets as if one value were known."""

    def __init__(self, judge: BruteForce, name: str, value: Result) -> None:
        super().__init__(judge.rule_set)
        self.off = judge.off
        self.supposed = {name: value}

    def reading(self, answers: Mapping[str, Counted]) -> Reading:
        """The meaning of expressions, where the value is what it is supposed to be."""
        return Reading(self.rule_set, answers, known_values=dict(self.supposed))


def missing(judge: BruteForce, said: Answers) -> tuple[str, ...]:
    """The open questions that change what is possible: by one answer, or as inputs of a value that would."""
    counted, asked = judge.counted(said)
    possible = judge.possible(said)
    open_questions = [
        question
        for question in judge.rule_set.questions
        if question.id in asked and is_open(question, counted[question.id])
    ]
    found = {
        question.id
        for question in open_questions
        if any(
            judge.possible({**said, question.id: answer}) != possible
            for answer in _answers(question, said.get(question.id))
        )
    }
    for value in judge.rule_set.values:
        read = set(reads(judge.rule_set, value.expression.tree))
        inputs = [question for question in open_questions if question.id in read]
        if Reading(judge.rule_set, counted).named(value.id) is None and _would_change(judge, value.id, inputs, said):
            found.update(question.id for question in inputs)
    return tuple(question.id for question in open_questions if question.id in found)


def _would_change(judge: BruteForce, name: str, inputs: list[Question], said: Answers) -> bool:
    possible = judge.possible(said)
    changes: dict[Result, bool] = {}
    for chosen in product(*(list(_answers(question, said.get(question.id))) for question in inputs)):
        answered = {**said, **dict(zip([question.id for question in inputs], chosen, strict=True))}
        value = Reading(judge.rule_set, judge.counted(answered)[0]).named(name)
        if value is not None:
            if value not in changes:
                changes[value] = Supposing(judge, name, value).possible(said) != possible
            if changes[value] and judge.possible(answered) != possible:
                return True
    return False


def _answers(question: Question, given: Given) -> Iterator[Given]:
    for answer in later_answers(question, given):
        if not isinstance(answer, frozenset) or None not in answer:
            yield answer
