"""The parts of the person's own paper that stand nowhere else: answers in a few lines, sentences to read out, signs."""

from __future__ import annotations

from collections.abc import Iterator

from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.texts import DoctorLine
from screening.ruleset.reading.answer_types import Unsure
from screening.wording.document.blocks import Items, Paragraph, Part, Table
from screening.wording.language.punctuation import punctuation
from screening.wording.summary.context import SummaryContext
from screening.wording.summary.numbers import number_as_typed
from screening.wording.summary.person_numbers import person_numbers
from screening.wording.summary.urgency import first_action_in_time, what_it_is_about


def person_parts(context: SummaryContext) -> Iterator[Part]:
    """What the first page says beside the match, the steps and the questions."""
    yield from _my_answers(context)
    if context.is_emergency:
        return
    if context.rule_set.person_paper:
        read_out = context.tell_as_items(context.rule_set.person_paper.read_out)
        sentences = [*_urgent_sentence(context), *(item for block in read_out for item in block.items)]
        if sentences:
            yield Part("read_out", context.say("I can read this out"), (Items(tuple(sentences), ordered=True),))
    if not context.may_be_emergency:
        yield _signs(context)
    yield from person_numbers(context)


def _urgent_sentence(context: SummaryContext) -> Iterator[str]:
    """By when the person was told to be seen and of which answers that is, so that a counter gives no later day."""
    note = first_action_in_time(context)
    if note and (about := what_it_is_about(context, note)):
        read = context.say("I read that a doctor should see me. How soon: %(time_frame)s.", time_frame=note.time_frame)
        yield context.language.sentences((read, about))


def _signs(context: SummaryContext) -> Part:
    """With which signs to get help at once, and whom to call."""
    emergency = context.rule_set.emergency
    numbers = context.language.apart([f"{phone.country} {phone.number}" for phone in emergency.numbers])
    blocks = (Paragraph(context.language.sentences((context.language.sentence(numbers), emergency.elsewhere))),)
    return Part("signs", emergency.signs, blocks, tone="urgent")


def _my_answers(context: SummaryContext) -> Iterator[Part]:
    """A line a subject; numbers in one; what the person is not sure about stands in the last one."""
    say = context.say
    rows = [(line.label, text) for line in context.rule_set.doctor_lines if (text := _line(context, line))]
    if context.number_rows:
        numbers = [
            context.language.with_label(row.question.label, number_as_typed(row, context))
            for row in context.number_rows
        ]
        rows.append((say("Numbers from my papers"), context.language.apart(numbers)))
    asked = [question.id for question in context.rule_set.questions if question.type is not QuestionType.TEXT]
    unsure = [name for name in asked if _is_said(context, name) and _is_unsure(context, name)]
    if unsure:
        labels = [context.rule_set.question[name].label for name in unsure]
        rows.append((say("I am not sure about"), context.language.apart(labels)))
    if rows:
        title = say("What I answered")
        yield Part("my_answers", title, (Table(title, (say("About"), say("Answers")), tuple(rows)),))


def _line(context: SummaryContext, line: DoctorLine) -> str:
    """The answers of one line; questions with the same answer stand together."""
    together: dict[str, list[str]] = {}
    for name in line.questions:
        if _is_said(context, name) and not _is_unsure(context, name):
            together.setdefault(context.answer(name), []).append(context.rule_set.question[name].label)
    is_bare = line.without_labels or len(line.questions) == 1
    comma = punctuation(context.language.tag).comma
    return context.language.apart(
        [
            answer if is_bare else context.language.with_label(comma.join(labels), answer)
            for answer, labels in together.items()
        ]
    )


def _is_said(context: SummaryContext, name: str) -> bool:
    """Whether a question is answered, is still asked, and is not about a paper that is read back."""
    is_asked = name in context.input.answers and name in context.outcome.asked
    return is_asked and not context.rule_set.page_of[name].read_back


def _is_unsure(context: SummaryContext, name: str) -> bool:
    return isinstance(context.input.answers[name], Unsure)
