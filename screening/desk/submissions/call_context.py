"""What the page of a submission needs for a call beside what it holds: next step, neighbours, whom to give it to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from screening.desk.access.current_request import current_language, current_staff, current_store, now
from screening.desk.access.guard import READERS
from screening.desk.access.typed_fields import TOLD, TOLD_WORDS, Fields
from screening.desk.submissions.caller import caller_at, may_tell
from screening.desk.submissions.clinic_calendar import calendar_of, clinic_hours
from screening.desk.submissions.last_done import last_done
from screening.desk.submissions.neighbours import neighbours_of
from screening.desk.submissions.opened import OpenedSubmission
from screening.forms.fields import UNSURE, SeveralField
from screening.forms.page_form import PageForm
from screening.ruleset.model.questions import Page
from screening.storage.submissions.assessments.heard import HEARD, all_heard, heard_in
from screening.storage.submissions.desk_list.list_items import twins_of
from screening.storage.submissions.desk_list.listing import Neighbours
from screening.storage.submissions.next_steps.standing import EMERGENCY, last_step, standing_of
from screening.storage.submissions.next_steps.steps import Try, after_try
from screening.storage.submissions.next_steps.working_time import next_call
from screening.storage.submissions.record.events import Event
from screening.storage.submissions.record.records import State, Step
from screening.wording.desk.feed import KINDS
from screening.wording.desk.first_look import unsure_items, unwritten_items
from screening.wording.desk.listing import TITLES
from screening.wording.desk.next_step import ENDINGS, STEPS, due_words, step_words
from screening.wording.document.heard_signs import signs_in_words


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a submission stands in the list, and what stands beside it."""

    title: str
    place: int | None
    """None: the filters of the list leave it out."""
    number: int
    before: str | None
    after: str | None


def call_context(opened: OpenedSubmission, typed: Fields) -> dict[str, object]:
    """The values for the templates; `typed`: what was filled in before and is not kept."""
    language, at, row = current_language(), now(), opened.submission.row
    begins = next_call(at, row.best_time or "", clinic_hours())[0].astimezone()
    step = last_step(opened.submission, list(opened.events), current_staff().id, at)
    with current_store().reading() as transaction:
        twins = twins_of(transaction, row)
    return {
        "next_step": step_words(Step(row.step) if row.step else None, row.tries or 0, language),
        "due": due_words(row.due_at, at, language),
        "is_overdue": row.due_at is not None and row.due_at < at,
        "after_try_text": _after_try_text(opened),
        "call_day": f"{begins:%Y-%m-%d}",
        "call_time": f"{begins:%H:%M}",
        "papers": [(item.question, item.label) for item in unsure_items(opened.context) if item.is_number],
        "settling": _settling(opened, typed) if may_tell(caller_at(opened)) else None,
        "shown_answers": _shown_answers(opened),
        "words_name": words_name,
        "last_step": _step_taken(step) if step else "",
        "emergency": _emergency(opened),
        "twins": twins,
        "beside": _beside(neighbours_of(row.id)),
        "done": last_done(),
        "colleagues": [
            (person.id, person.name)
            for person in opened.people
            if person.active and person.role in READERS and person.id != current_staff().id
        ],
    }


def unsure_form(opened: OpenedSubmission) -> PageForm:
    """The form of what was not sure and is no number, or was left unwritten, to be filled in during the call."""
    rule_set, context = opened.rules.rule_set, opened.context
    items = [*(item for item in unsure_items(context) if not item.is_number), *unwritten_items(context)]
    questions = [rule_set.question[item.question] for item in items]
    page = Page("settling", "", tuple(questions))
    return PageForm(page, questions, current_language(), opened.context.input.answers, prefix=TOLD, today=date.today())


def words_name(question: str) -> str:
    """The input of what the person said to one of these questions."""
    return f"{TOLD_WORDS}{question}"


def _settling(opened: OpenedSubmission, typed: Fields) -> PageForm:
    """That form, with all that was filled in where it comes back."""
    form = unsure_form(opened)
    for field in form.fields.values():
        if any(name in typed for name in (field.name, f"{field.name}-unit")):
            field.take(typed)
    return form


def _shown_answers(opened: OpenedSubmission) -> list[str]:
    """What of these answers is ticked from the start, as the form says it back."""
    fields = [field for field in unsure_form(opened).fields.values() if isinstance(field, SeveralField)]
    return [f"{field.name}/{code}" for field in fields for code in sorted(field.ticked - {UNSURE})]


def _step_taken(event: Event) -> str:
    """A step that can be taken back, in the words of the button that was pressed where there is one."""
    name = str(event.detail.get("outcome", "")) or ("close" if event.detail.get("state") == State.CLOSED else "")
    return current_language().gettext(ENDINGS.get(name) or KINDS.get(event.kind, ""))


def _emergency(opened: OpenedSubmission) -> str:
    """What was heard on calls as an emergency and not taken back; empty where nothing was."""
    members, language = opened.submission.row_members, current_language()
    if HEARD not in members:  # noted before signs were kept
        is_noted = any(event.kind == EMERGENCY for event in opened.events)
        return language.gettext("An emergency on the call was noted.") if is_noted else ""
    signs = signs_in_words(opened.rules.rule_set, all_heard(members))
    if signs:
        return language.gettext("Heard on the call: %(signs)s", signs="; ".join(signs))
    return language.gettext("An emergency on the call was noted.") if heard_in(members) else ""


def _after_try_text(opened: OpenedSubmission) -> str:
    """What one more try without reaching anybody leads to."""
    before, language = standing_of(opened.submission), current_language()
    if before.step is None:
        return ""
    has_warning = bool(opened.submission.row.call_first)
    after = after_try(before, Try.NO_ANSWER, calendar_of(opened.submission, now()), has_warning=has_warning)
    return language.gettext(
        "One press keeps it with the note; the next one of the list opens. Then: %(step)s, %(due)s.",
        step=language.gettext(STEPS[after.step]) if after.step else "",
        due=due_words(after.due_at, now(), language),
    )


def _beside(neighbours: Neighbours | None) -> Beside | None:
    if neighbours is None:
        return None
    title = current_language().gettext(TITLES[neighbours.group])
    return Beside(title, neighbours.place, neighbours.number, neighbours.before, neighbours.after)
