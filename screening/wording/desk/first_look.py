"""What answers a call in half a minute: what to do first, the section, three reasons, conflicts, what is not sure."""

from __future__ import annotations

from dataclasses import dataclass

from screening.ruleset.model.dates import PartialDate
from screening.ruleset.model.notes import NoteKind
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import Tone
from screening.ruleset.reading.answer_types import Answer, Quantity, Ticked, Unsure, Written
from screening.wording.document.answers import answer_in_words
from screening.wording.summary.assessment import is_unsure
from screening.wording.summary.context import SummaryContext
from screening.wording.summary.matched import heading

MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class UnsureItem:
    """A question whose answer is not sure, as the person was asked it."""

    question: str
    text: str
    help: str
    label: str
    answer: str
    """The person's answer in words."""
    is_number: bool
    """A number from papers, which many people do not have at hand."""
    can_change: bool
    """Whether some answer would change which sections are possible: for clinicians alone."""


@dataclass(frozen=True, slots=True)
class FirstLook:
    """The first part of the page."""

    first: tuple[str, ...]
    """What cannot wait, in the words of the rule file."""
    heading: str
    tone: Tone
    section: str
    """The short name of the section that was matched."""
    possible: tuple[str, ...]
    """Where several are possible, their short names."""
    reasons: tuple[str, ...]
    conflicts: tuple[str, ...]
    unsure: tuple[UnsureItem, ...]
    written: tuple[tuple[str, str], ...]
    """What the person wrote in words of their own: the label of the question, and the text."""


def first_look(context: SummaryContext) -> FirstLook:
    """The first look at an outcome."""
    rule_set = context.rule_set
    notes = [rule_set.note[name] for name in context.outcome.notes]
    possible = [category for category in rule_set.categories if category.id in context.outcome.possible]
    undetermined = rule_set.undetermined.category
    return FirstLook(
        first=tuple(context.fill(note.text) for note in notes if note.call_first),
        heading=heading(context),
        tone=context.category.tone,
        section=context.category.name,
        possible=tuple(category.name for category in possible if category.id != undetermined)
        if len(possible) > 1
        else (),
        reasons=tuple(context.fill(ground.because) for ground in context.holding)[:MOST_REASONS],
        conflicts=tuple(context.fill(note.text) for note in notes if note.kind is NoteKind.CONFLICT),
        unsure=unsure_items(context),
        written=_written(context),
    )


def _written(context: SummaryContext) -> tuple[tuple[str, str], ...]:
    answers = [(question, context.input.answers.get(question.id)) for question in _asked(context)]
    return tuple((question.label, answer.text) for question, answer in answers if isinstance(answer, Written))


def unsure_items(context: SummaryContext) -> tuple[UnsureItem, ...]:
    """The questions that were asked and are not sure: numbers last, those first that may change what is possible."""
    missing = frozenset(context.explanation.missing)
    items = [
        _item(question, context, missing)
        for question in _asked(context)
        if is_unsure(question, context.input.answers.get(question.id))
    ]
    return tuple(sorted(items, key=lambda item: (item.is_number, not item.can_change)))


def unwritten_items(context: SummaryContext) -> tuple[UnsureItem, ...]:
    """The questions for words of one's own that were asked and left empty: nobody has to fill them in."""
    return tuple(
        _item(question, context, frozenset())
        for question in _asked(context)
        if question.type is QuestionType.TEXT and not isinstance(context.input.answers.get(question.id), Written)
    )


def _asked(context: SummaryContext) -> list[Question]:
    return [question for question in context.rule_set.questions if question.id in context.outcome.asked]


def _item(question: Question, context: SummaryContext, missing: frozenset[str]) -> UnsureItem:
    return UnsureItem(
        question=question.id,
        text=question.text,
        help=question.help,
        label=question.label,
        answer=answer_in_words(question, context.input.answers.get(question.id), context.language),
        is_number=bool(question.units),
        can_change=question.id in missing,
    )


def only_settles(question: Question, before: Answer | None, after: Answer) -> bool:
    """Whether an answer only says what was not sure before, and takes back nothing that the person said."""
    match before, after:
        case ((None | Unsure()), _):
            return True
        case Ticked(codes=codes, unsure_of_rest=True), Ticked(codes=more):
            return set(codes) <= set(more)
        case Quantity(unit=None, typed=typed), Quantity(typed=again):
            return typed == again
        case PartialDate(), PartialDate():
            return before.days.contains(after.days)
        case Quantity(unit=None), _:
            return False
        case Ticked(unsure_of_rest=True), _:
            return False
        case _:
            return is_unsure(question, before)
