"""Which categories answers to strict questions can settle, by trying them all: a judge for small rule files."""

from __future__ import annotations

from collections.abc import Iterator

from screening.ruleset.model.questions import Question
from tests.support.rules.brute_force import Answers, BruteForce
from tests.support.rules.interpreter import Given
from tests.support.rules.random_rules import is_open, later_answers


def settled(judge: BruteForce, said: Answers) -> set[str]:
    """The possible categories that some answers to strict questions, newly asked ones included, leave alone."""
    possible = judge.possible(said)
    if len(possible) == 1:
        return set()
    strict = [question for question in judge.rule_set.questions if question.strict]
    alone = (judge.possible({**said, **more}) for more in _answered(judge, strict, dict(said)))
    return {next(iter(names)) for names in alone if len(names) == 1} & possible


def _answered(judge: BruteForce, strict: list[Question], said: dict[str, Given]) -> Iterator[dict[str, Given]]:
    """Every way to answer some of the strict questions that are asked, one after another."""
    if not strict:
        yield {}
        return
    question, *rest = strict
    yield from _answered(judge, rest, said)
    counted, asked = judge.counted(said)
    if question.id in asked and is_open(question, counted[question.id]):
        for answer in later_answers(question, said.get(question.id)):
            if not isinstance(answer, frozenset) or None not in answer:
                for more in _answered(judge, rest, {**said, question.id: answer}):
                    yield {question.id: answer, **more}
