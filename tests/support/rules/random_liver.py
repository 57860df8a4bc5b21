"""Random answers to the liver questions, with numbers at, just below and just above every threshold."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import product
from math import prod

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from screening.ruleset.model import expression as ex
from screening.ruleset.model.parts import places
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet
from tests.support.rules.brute_force import Answers, completed
from tests.support.rules.interpreter import Given

MOST_COMPLETIONS = 2_000
"""How many completions the brute force may have to try for one answer set."""

USUAL: Answers = {
    "red_flags": frozenset(),
    "age": Decimal(50),
    "ascites": "never",
    "he": "never",
    "bleed": "never",
    "jaundice": "never",
    "cancer": "none",
    "situation": frozenset(),
    "transplant_talk": "not_discussed",
    "other_comp": frozenset(),
    "child_pugh": None,
    "meld": None,
    "other_health": frozenset(),
    "has_papers": "yes",
}
"""Answers that are drawn more often: with all of them left to chance nearly every answer set is an emergency."""


def reads(rule_set: RuleSet, node: ex.Node) -> Iterator[str]:
    """The questions that an expression reads, through values too."""
    for part in node.walk():
        if isinstance(part, ex.Name) and part.name in rule_set.value:
            yield from reads(rule_set, rule_set.value[part.name].expression.tree)
        elif isinstance(part, ex.Name):
            yield part.name


def telling(rule_set: RuleSet, question: Question) -> list[Decimal]:
    """The bounds of a number, and the numbers that can be told around each constant that it is compared with."""
    unit = question.stored_unit
    step = Decimal(1).scaleb(-unit.decimals)
    found = {unit.minimum, unit.maximum}
    for place in places(rule_set):
        for part in place.expression.tree.walk():
            if isinstance(part, ex.Comparison) and question.id in set(reads(rule_set, part)):
                constants = [node.value for node in part.walk() if isinstance(node, ex.Number)]
                found.update(at + nudge for at in constants for nudge in (-step, Decimal(0), step))
    if unit.whole:
        # The constant need not be whole: FIB-4, which reads the age, is compared with 2.67.
        found = {number.to_integral_value(rounding) for number in found for rounding in (ROUND_FLOOR, ROUND_CEILING)}
    return sorted(number for number in found if unit.minimum <= number <= unit.maximum)


def whole_answers(rule_set: RuleSet, question: Question) -> st.SearchStrategy[Given]:
    """Answers that leave nothing open."""
    match question.type:
        case QuestionType.NUMBER:
            return st.sampled_from(telling(rule_set, question))
        case QuestionType.TEXT:
            return st.just(WRITTEN)
        case QuestionType.DATE:
            raise AssertionError(question.id)  # the liver's file asks for none
        case QuestionType.CHOICE:
            return st.sampled_from(question.complete_codes)
        case QuestionType.SEVERAL:
            codes = [option.code for option in question.options if not option.exclusive]
            return st.frozensets(st.sampled_from(codes), max_size=2)


def partial_answers(question: Question) -> st.SearchStrategy[Given]:
    """Answers that leave something open."""
    match question.type:
        case QuestionType.NUMBER | QuestionType.TEXT | QuestionType.DATE:
            return st.none()
        case QuestionType.CHOICE:
            whole = question.complete_codes
            return st.sampled_from([None, *(option.code for option in question.options if option.code not in whole)])
        case QuestionType.SEVERAL:
            codes = [option.code for option in question.options if not option.exclusive]
            return st.frozensets(st.sampled_from(codes), max_size=3).map(lambda ticked: ticked | {None})


def mostly(answer: Given, others: st.SearchStrategy[Given]) -> st.SearchStrategy[Given]:
    """One answer nine times in ten."""
    return st.integers(0, 9).flatmap(lambda chance: others if chance == 9 else st.just(answer))


class LiverAnswers:
    """Makes answer sets; the strategies are built once, since finding every threshold takes a while."""

    def __init__(self, rule_set: RuleSet) -> None:
        self.questions = rule_set.questions
        self.strict = [question for question in rule_set.questions if question.strict]
        self.whole = {question.id: whole_answers(rule_set, question) for question in self.questions}
        self.any = {
            question.id: self.whole[question.id] | partial_answers(question)
            for question in self.questions
            if not question.required
        }
        self.open = self.sets(settled=False)
        """Of the strict questions as many are left open as the brute force can complete."""
        self.settled = self.sets(settled=True)

    def sets(self, *, settled: bool) -> st.SearchStrategy[Answers]:
        """An answer to every question."""
        strategies = {
            question.id: self.whole[question.id]
            if question.required or (settled and question.strict)
            else self.any[question.id]
            for question in self.questions
        }
        for name, answer in USUAL.items():
            strategies[name] = mostly(answer, strategies[name])

        @st.composite
        def answers(draw: DrawFn) -> Answers:
            found = draw(st.fixed_dictionaries(strategies))
            for question in draw(st.permutations(self.strict)):
                if self.completions(found) > MOST_COMPLETIONS:
                    found[question.id] = draw(self.whole[question.id])
            return found

        return answers()

    def completions(self, said: Answers) -> int:
        """How many ways there are to complete the strict answers."""
        return prod(len(completed(question, said[question.id])) for question in self.strict)

    def completed(self, said: Answers) -> Iterator[Answers]:
        """Each way to complete the strict answers."""
        for truth in product(*(completed(question, said[question.id]) for question in self.strict)):
            yield {**said, **{question.id: answer for question, answer in zip(self.strict, truth, strict=True)}}
