"""The page of one submission, with all that was typed on it: shown, refused, met by a change, or kept in part."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from screening.desk.access.current_request import current_language, current_staff
from screening.desk.access.typed_fields import Fields, in_words, typed_fields
from screening.desk.submissions.call_context import call_context
from screening.desk.submissions.caller import ShownCaller, shown_caller
from screening.desk.submissions.changes import events_since, shown_revision
from screening.desk.submissions.idle import notice_of
from screening.desk.submissions.opened import (
    OpenedSubmission,
    document_of,
    ground_statuses_of,
    open_submission_page,
    rules_in_words,
)
from screening.desk.submissions.restricted import asked_deletion
from screening.desk.submissions.set_aside import ALWAYS, NEXT, caller_fields, comes_back, set_aside, told_fields
from screening.forms.page_form import PageForm
from screening.forms.submitted_form import FormError
from screening.runtime import current_service
from screening.storage.accounts.staff import Role
from screening.storage.submissions.record.records import Step
from screening.wording.desk.call_script import CallScript, call_script
from screening.wording.desk.feed import KINDS, Feed, readings_in_words, when
from screening.wording.desk.first_look import first_look
from screening.wording.desk.grounds import ground_rows
from screening.wording.desk.listing import language_name
from screening.wording.desk.spoken import MessageText, SpokenCall, message_texts, spoken_call
from screening.wording.desk.terms import REASONS, TRIES, messages, state_words
from screening.wording.document.read_back import answer_rows
from screening.wording.language.languages import Language
from screening.wording.language.languages import language as language_of
from screening.wording.sharing.contact import CHANNELS, RELATIONS, TIMES, languages
from screening.wording.summary.scales import scales

Shown = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class RedisplayedForm:
    """What a page is shown with: errors, what was typed, and what is new."""

    errors: list[FormError] = field(default_factory=list)
    typed: Fields = field(default_factory=Fields)
    shown_revision: int | None = None
    """The revision that the form showed, where somebody else was first."""
    said: str = ""
    """What the page says first; empty: nothing."""
    heard: str = ""
    """The word that was checked just now, where it was not the right one."""
    news: tuple[str, ...] = ()
    """What the person did since staff last looked, by kinds of events."""


def render_submission(submission_id: str, again: RedisplayedForm | None = None) -> str:
    """The page of a submission."""
    opened, again = open_submission_page(submission_id), again or RedisplayedForm()
    context, language = opened.context, current_language()
    feed = Feed(opened.rules.rule_set, language, opened.names)
    since = events_since(opened.events, again.shown_revision) if again.shown_revision is not None else ()
    words = rules_in_words(opened.rules)
    script, speaker = call_script(context, clinic_name(), words.signs), shown_caller(opened, again.heard)
    for_call = call_context(opened, again.typed)
    deletion = asked_deletion(submission_id, opened.names)
    aside = set_aside(again.typed, _fields_shown(opened, speaker, for_call, has_deletion=deletion is not None))
    return render_template(
        "desk/submission.html",
        opened=opened,
        row=opened.submission.row,
        contact=opened.submission.contact,
        reach=_reach(opened),
        how_to_call=_how_to_call(opened),
        helper=_helper(opened),
        state=state_words(opened.submission.row.state, opened.submission.row.tries or 0, language),
        assignee=opened.names.get(opened.submission.row.assignee_id or "", ""),
        look=first_look(context),
        script=script,
        grounds=ground_rows(context, ground_statuses_of(context), words.conditions),
        document=document_of(opened.latest),
        scales=tuple(scales(context)),
        settled_by=document_of(opened.latest).part("settled_by"),
        answered=answer_rows(opened.rules.rule_set, context.input.answers, context.outcome.asked, language),
        versions=_versions(opened),
        news=[language.gettext(KINDS[kind]) for kind in again.news if kind in KINDS],
        feed=feed.entries(opened.events),
        read_by_programs=readings_in_words(opened.programs, opened.names, language),
        meanwhile=feed.entries(since),
        speaker=speaker,
        messages=messages(_message_texts(opened, language), language),
        theirs=_theirs(opened, script),
        reasons=REASONS,
        tries=TRIES,
        again=again,
        when=lambda moment: when(moment, language),
        is_clinician=current_staff().role is Role.CLINICIAN,
        deletion=deletion,
        **for_call,
        aside=in_words(aside).texts,
        goes_along=comes_back(aside),
        mine=opened.submission.row.assignee_id == current_staff().id,
        idle_notice=notice_of(submission_id),
    )


def _fields_shown(
    opened: OpenedSubmission, speaker: ShownCaller, for_call: Mapping[str, object], *, has_deletion: bool
) -> frozenset[str]:
    """The names of all fields that the page has, as it stands."""
    row, settling = opened.submission.row, for_call["settling"]
    return (
        ALWAYS
        | caller_fields(speaker)
        | (NEXT if row.due_at else frozenset())
        | frozenset({"mistake"} if row.step == Step.HELP else ())
        | frozenset({"undo_note"} if has_deletion else ())
        | told_fields(settling.fields if isinstance(settling, PageForm) else ())
    )


def _message_texts(opened: OpenedSubmission, language: Language) -> Mapping[str, MessageText]:
    """The messages to copy, with the address where a person looks up what they sent."""
    address = url_for("status.look_up", _external=True)
    return message_texts(opened.submission.code, address, clinic_name(), language)


def their_language(*wanted: str) -> str:
    """The first of these tags that is offered; empty where it is the language that staff read, or where none is."""
    tag = next((tag for tag in wanted if tag in current_service().languages), "")
    return "" if tag == current_language().tag else tag


def _theirs(opened: OpenedSubmission, script: CallScript) -> SpokenCall | None:
    """The call in the person's language, where it is offered and is not the one that staff read."""
    service, contact = current_service(), opened.submission.contact
    tag = their_language(str(contact.get("language", "")), document_of(opened.latest).language)
    if not tag:
        return None
    rules = service.rules_in(tag).rule_set if opened.rules.hash == service.rules.hash else None
    signs = {sign.id: frozenset(sign.signs) for sign in script.signs}
    return spoken_call(_message_texts(opened, language_of(tag)), language_of(tag), rules, signs)


def clinic_name() -> str:
    """The clinic's name."""
    clinic = current_service().settings.clinic
    return clinic.name if clinic else ""


def conflict_page(submission_id: str) -> tuple[str, int]:
    """The page again, with what somebody else did since and all that was typed; nothing was written."""
    again = RedisplayedForm(typed=typed_fields(), shown_revision=shown_revision())
    return render_submission(submission_id, again), 409


def rejected_form(submission_id: str, anchor: str, message: str) -> tuple[str, int]:
    """The page again with an error and all that was typed."""
    return render_submission(submission_id, RedisplayedForm([FormError(anchor, message)], typed_fields())), 400


def after_keeping(submission_id: str, kept: Collection[str], anchor: str) -> Shown:
    """Go on at a place of the page, once the fields `kept` are; what else was typed there is shown again."""
    left = typed_fields(kept)
    if not left:
        return redirect(url_for("desk.page.page", submission_id=submission_id, _anchor=anchor), 303)
    return render_submission(submission_id, RedisplayedForm(typed=left, said=not_kept_yet()))


def not_kept_yet() -> str:
    """What is said where something was kept, and something else that was typed beside it was not."""
    return current_language().gettext("That is kept. What else you typed is still below, and not kept yet.")


def _versions(opened: OpenedSubmission) -> list[dict[str, object]]:
    """The judgements, the one that was sent first."""
    return [
        {
            "number": version.number,
            "heading": document_of(version).heading,
            "when": when(version.made_at, current_language()),
            "by": opened.names.get(version.made_by or "", ""),
        }
        for version in opened.versions
    ]


def _reach(opened: OpenedSubmission) -> list[tuple[str, str]]:
    """How to reach the person, line by line."""
    contact, say = opened.submission.contact, current_language().gettext
    lines = [
        (say("Name"), str(contact.get("name", ""))),
        (say("Way"), say(CHANNELS[contact["channel"]]) if contact.get("channel") in CHANNELS else ""),
        (say("Best time"), say(TIMES[contact["best_time"]]) if contact.get("best_time") in TIMES else ""),
        (say("Language"), _spoken(str(contact.get("language", "")))),
        (say("Sent by a helper"), _helper(opened)),
        (say("Their note"), str(contact.get("note", ""))),
    ]
    return [(label, text) for label, text in lines if text]


def _how_to_call(opened: OpenedSubmission) -> list[str]:
    """What is needed before the number is dialled: the way, the language, the time that they asked for."""
    contact, say = opened.submission.contact, current_language().gettext
    way = say(CHANNELS[contact["channel"]]) if contact.get("channel") in CHANNELS else ""
    time = say(TIMES[contact["best_time"]]) if contact.get("best_time") in TIMES else ""
    language = language_name(str(contact.get("language", "")), current_language())
    return [text for text in (way, language, time) if text]


def _helper(opened: OpenedSubmission) -> str:
    """Who sent it for the person, and what they are to them; empty where the person did."""
    helper = opened.submission.contact.get("helper") or {}
    relation = RELATIONS.get(str(helper.get("relation", "")), "")
    return f"{helper.get('name', '')} ({current_language().gettext(relation)})" if helper and relation else ""


def _spoken(tag: str) -> str:
    """A language that the person chose, by its own name; one that today's rules do not offer keeps its tag."""
    return languages(current_service().rules.rule_set, current_language()).get(tag, tag)
