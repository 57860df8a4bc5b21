"""One judgement as it is kept: the input, the Document that was shown, the rules, and what a list counts."""

from __future__ import annotations

from screening.ruleset.engine.answer_reader import Answer, Quantity, Ticked, Unsure
from screening.ruleset.model.rule_set import NoteKind
from screening.storage.submissions.assessments import AssessmentRecord
from screening.wording.summary.context import SummaryContext, SummaryInput
from screening.wording.summary.result import document_of_context
from screening.wording.summary.stored import document_members, input_members


def assess(given: SummaryInput, source: str = "", translation: str | None = None) -> AssessmentRecord:
    """The judgement of an input. Raises `RequiredAnswerMissingError` where there is no outcome.

    Where it is told by a translation, `source` is the canonical JSON of the rule file and `translation` of its own.
    """
    telling = SummaryContext(given)
    notes = [telling.rule_set.note[name] for name in telling.outcome.notes]
    return AssessmentRecord(
        rules=source or given.rules.canonical,
        input=input_members(given),
        document=document_members(document_of_context(telling)),
        category=telling.outcome.category,
        call_first=sum(each.call_first for each in notes),
        conflicts=sum(each.kind is NoteKind.CONFLICT for each in notes),
        unsure=len(unsure_questions(telling)),
        translation=translation,
    )


def unsure_questions(telling: SummaryContext) -> tuple[str, ...]:
    """The questions asked that the person could not answer; a number that nobody has is none of them."""
    asked = (each for each in telling.rule_set.questions if each.id in telling.outcome.asked)
    return tuple(each.id for each in asked if not each.units and is_unsure(telling.given.answers.get(each.id)))


def safety_texts(telling: SummaryContext) -> tuple[str, ...]:
    """Why to call this person first, in words; empty where nothing says so."""
    notes = (telling.rule_set.note[name] for name in telling.outcome.notes)
    return tuple(telling.fill(each.text) for each in notes if each.call_first)


def is_unsure(answer: Answer | None) -> bool:
    """Whether the person did not say anything definite: no answer, not sure, not sure about the rest, or no unit."""
    match answer:
        case Ticked(unsure_of_rest=unsure):
            return unsure
        case Quantity(unit=unit):
            return unit is None
        case _:
            return answer is None or isinstance(answer, Unsure)
