"""One answer set, assessed once: its outcome, what would change it, its Document, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from screening.ruleset.model.notes import Note, NoteKind
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, Ticked, Unsure
from screening.storage.submissions.assessments.versions import AssessmentRecord
from screening.wording.document.blocks import Document
from screening.wording.summary.context import SummaryContext, SummaryInput
from screening.wording.summary.result import context_document
from screening.wording.summary.stored import document_members, input_members


@dataclass(frozen=True)
class Assessment:
    """What follows from one input, each part worked out once: made by a request and passed on to whoever tells it.

    Every part raises `RequiredAnswerMissingError` where the input has no outcome.
    """

    input: SummaryInput

    @cached_property
    def context(self) -> SummaryContext:
        """The outcome with the means to tell it; its explanation is worked out where it is first read."""
        return SummaryContext(self.input)

    @property
    def outcome(self) -> Outcome:
        """What the engine makes of the answers."""
        return self.context.outcome

    @cached_property
    def document(self) -> Document:
        """All that is said about it."""
        return context_document(self.context)

    @property
    def unsure_questions(self) -> tuple[str, ...]:
        """The questions asked that the person could not answer; a number that nobody has is none of them."""
        answers, asked = self.input.answers, self.outcome.asked
        questions = (question for question in self.context.rule_set.questions if question.id in asked)
        return tuple(
            question.id
            for question in questions
            if not question.units and is_unsure(question, answers.get(question.id))
        )

    @property
    def safety_texts(self) -> tuple[str, ...]:
        """Why to call this person first, in words; empty where nothing says so."""
        return tuple(self.context.fill(note.text) for note in self._notes if note.call_first)

    @property
    def safety_notes(self) -> tuple[str, ...]:
        """The ids of the notes whose texts these are, in the same order."""
        return tuple(note.id for note in self._notes if note.call_first)

    @property
    def _notes(self) -> tuple[Note, ...]:
        return tuple(self.context.rule_set.note[name] for name in self.outcome.notes)

    def record(self, source: str = "", translation: str | None = None) -> AssessmentRecord:
        """What is kept of it: the input, the Document, the rules, and what a list counts.

        Where it is told by a translation, `source` is the canonical JSON of the rule file and `translation` of its own.
        """
        return AssessmentRecord(
            rules=source or self.input.rules.canonical,
            input=input_members(self.input),
            document=document_members(self.document),
            category=self.outcome.category,
            call_first=sum(note.call_first for note in self._notes),
            conflicts=sum(note.kind is NoteKind.CONFLICT for note in self._notes),
            unsure=len(self.unsure_questions),
            translation=translation,
        )


def is_unsure(question: Question, answer: Answer | None) -> bool:
    """Whether the person did not say anything definite: no answer, not sure, not sure about the rest, no unit, or an
    option that leaves open all that may be true. Who has nothing to write is sure of that.
    """
    if question.type is QuestionType.TEXT:
        return False
    match answer:
        case Chosen(code=code):
            return question.option[code].means_unsure
        case Ticked(unsure_of_rest=unsure):
            return unsure
        case Quantity(unit=unit):
            return unit is None
        case _:
            return answer is None or isinstance(answer, Unsure)
