"""Answers repeated on the way: numbers read back in both units, and the list to check before the result."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from screening.ruleset.model.questions import Page, Question
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_types import Answer, Quantity, is_unusual, unit_of
from screening.wording.document.answers import answer_in_words, quantity, with_sign
from screening.wording.language.languages import Language


@dataclass(frozen=True, slots=True)
class ReadBack:
    """One number as it was understood."""

    question: str
    label: str
    typed: str
    """As it was typed."""
    number: str
    """With its unit, and in the other unit where there is one."""
    remark: str
    """That it does not count, because its unit is not known; empty otherwise."""
    settled: str
    """How it was read, in full, where only the bounds of its unit told which of two readings is meant; else empty."""
    unusual: str
    """What to check, where the number is rare; empty otherwise."""


def read_back(page: Page, answers: Mapping[str, Answer], language: Language) -> tuple[ReadBack, ...]:
    """The numbers typed on a page."""
    rows = []
    for question in page.questions:
        answer = answers.get(question.id)
        if isinstance(answer, Quantity):
            unusual = unusual_text(question, answer)
            remark = ""
            if answer.unit is None:
                remark = language.gettext("Without its unit this number does not count. It is kept for your doctor.")
            rows.append(
                ReadBack(
                    question.id,
                    question.label,
                    answer.typed,
                    quantity(question, answer, language),
                    remark,
                    _settled(question, answer, language),
                    unusual,
                )
            )
    return tuple(rows)


def _settled(question: Question, answer: Quantity, language: Language) -> str:
    """What was made of a text that can be read in two ways, with no mark that could be misread again."""
    if not answer.is_settled_by_bounds:
        return ""
    amount = with_sign(answer, in_full(answer.amount, language))
    number = f"{amount} {unit_of(question, answer.unit).behind(answer.amount)}"
    return language.gettext(
        '"%(typed)s" can be read in two ways. We read %(number)s.', typed=answer.typed, number=number
    )


def in_full(amount: Decimal, language: Language) -> str:
    """A number with its thousands apart by a space, so that no mark in it can be taken for another."""
    whole, _, decimals = f"{amount:f}".partition(".")
    apart = f"{int(whole):,}".replace(",", "\N{NO-BREAK SPACE}")
    decimals = decimals.rstrip("0")
    return language.with_decimal_symbol(f"{apart}.{decimals}") if decimals else apart


def unusual_text(question: Question, answer: Answer) -> str:
    """What to check in a number that is rare; empty for any other answer."""
    if not isinstance(answer, Quantity) or not is_unusual(question, answer):
        return ""
    return unit_of(question, answer.unit).unusual


def unusual_numbers(rule_set: RuleSet, answers: Mapping[str, Answer]) -> dict[str, str]:
    """For each number that is rare what to check in it, by question, as the form says it."""
    texts = {name: unusual_text(rule_set.question[name], answer) for name, answer in answers.items()}
    return {name: text for name, text in texts.items() if text}


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer in the list to check."""

    question: str
    page: str
    label: str
    answer: str


def answer_rows(
    rule_set: RuleSet, answers: Mapping[str, Answer], asked: Collection[str], language: Language
) -> tuple[AnswerRow, ...]:
    """Every answer to a question that is asked, in the order asked."""
    return tuple(
        AnswerRow(
            question.id,
            rule_set.page_of[question.id].id,
            question.label,
            answer_in_words(question, answers.get(question.id), language),
        )
        for question in rule_set.questions
        if question.id in asked
    )
