"""What cannot wait: the action that a person is told first, and the answers of theirs that it is about."""

from __future__ import annotations

from screening.ruleset.engine.note_answers import answers_of_note
from screening.ruleset.model.notes import Note, NoteKind
from screening.wording.summary.context import SummaryContext
from screening.wording.summary.quoted_answers import answers_in_quotes


def first_action_in_time(context: SummaryContext) -> Note | None:
    """The first action that has a time frame, if there is one."""
    actions = (note for note in context.told_notes if note.kind is NoteKind.ACTION)
    return next((note for note in actions if note.time_frame), None)


def what_it_is_about(context: SummaryContext, note: Note) -> str:
    """A sentence with the answers by which a note holds; empty where the note tells an answer itself, or has none."""
    if "{" in note.text:
        return ""
    names = answers_of_note(context.engine, note, context.plain, context.outcome)
    if not names:
        return ""
    return context.say("The reason is your answer: %(answers)s.", answers=answers_in_quotes(context, names))
