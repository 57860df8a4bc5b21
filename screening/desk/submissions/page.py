"""One submission: the page that answers a call, what the person saw, and copies of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Blueprint, Response, render_template, request, url_for

from screening.content_policy import widen_policy
from screening.desk.access.current_request import current_language, current_staff, current_store
from screening.desk.access.guard import READERS, for_roles
from screening.desk.submissions.call_context import call_context
from screening.desk.submissions.caller import shown_caller
from screening.desk.submissions.changes import events_since, none_where_gone, shown_revision
from screening.desk.submissions.idle import notice_of
from screening.desk.submissions.opened import OpenedSubmission, document_of, ground_statuses_of, open_submission_page
from screening.desk.submissions.restricted import asked_deletion, restricted_page
from screening.forms.pages import FormError
from screening.runtime import current_service
from screening.storage.accounts.staff import Role
from screening.storage.audit.log import add_entry
from screening.storage.database.clock import now
from screening.storage.store import StoreTransaction
from screening.storage.submissions.records import NEWS, WORSE, change, open_submission
from screening.wording.desk.call_script import CallScript, call_script
from screening.wording.desk.feed import KINDS, Feed, when
from screening.wording.desk.first_look import first_look
from screening.wording.desk.grounds import ground_rows
from screening.wording.desk.spoken import MessageText, SpokenCall, message_texts, spoken_call
from screening.wording.desk.terms import REASONS, messages, state_words
from screening.wording.document.blocks import Document
from screening.wording.document.read_back import answer_rows
from screening.wording.language.languages import Language
from screening.wording.language.languages import language as language_of
from screening.wording.sharing.contact import CHANNELS, RELATIONS, TIMES, languages
from screening.wording.summary.scales import scales

blueprint = Blueprint("page", __name__, url_prefix="/submissions")

BEFORE_SECTIONS = (
    "emergency",
    "actions",
    "short_answer",
    "reasons",
    "conflicts",
    "cautions",
    "guide_sections",
    "not_known",
    "to_settle",
    "tick_sheet",
    "next_steps",
)
AFTER_SECTIONS = ("underlying", "claims", "informations", "ask_doctor")
Shown = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class RedisplayedForm:
    """What a page is shown with: errors, what was typed, and what is new."""

    errors: list[FormError] = field(default_factory=list)
    typed: Mapping[str, str] = field(default_factory=dict)
    shown_revision: int | None = None
    """The revision that the form showed, where somebody else was first."""
    said: str = ""
    """What the page says first; empty: nothing."""
    news: tuple[str, ...] = ()
    """What the person did since staff last looked, by kinds of events."""


@blueprint.get("/<submission_id>")
@for_roles(*READERS)
def page(submission_id: str) -> Shown:
    """Show one submission, and note that it was opened; where its deletion was asked for, that alone."""
    restricted = restricted_page(submission_id)
    if restricted is not None:
        return restricted
    news = note_opening(submission_id)
    return render_submission(submission_id, RedisplayedForm(news=news))


def note_opening(submission_id: str) -> tuple[str, ...]:
    """Say in the audit who opened it; at the first time, and where the person sent news, in the submission too.

    Gives the news: kinds of events that nobody at the clinic has seen yet.
    """
    who = current_staff().id

    def write(transaction: StoreTransaction) -> tuple[str, ...]:
        submission = open_submission(transaction, submission_id)
        members = {name: value for name, value in submission.row_members.items() if name not in (NEWS, WORSE)}
        if submission.row.opened_at is None or members != dict(submission.row_members):
            change(transaction, submission, row=members, opened_at=submission.row.opened_at or now())
        add_entry(transaction, who, "opened", submission_id)
        return tuple(submission.row_members.get(NEWS, ()))

    with none_where_gone(submission_id):
        return current_store().write(write)


def render_submission(submission_id: str, again: RedisplayedForm | None = None) -> str:
    """The page of a submission."""
    opened, again = open_submission_page(submission_id), again or RedisplayedForm()
    context, language = opened.context, current_language()
    feed = Feed(opened.rules.rule_set, language, opened.names)
    since = events_since(opened.events, again.shown_revision) if again.shown_revision is not None else ()
    script = call_script(context, clinic_name())
    return render_template(
        "desk/submission.html",
        opened=opened,
        row=opened.submission.row,
        contact=opened.submission.contact,
        reach=_reach(opened),
        helper=_helper(opened),
        state=state_words(opened.submission.row.state, opened.submission.row.tries or 0, language),
        assignee=opened.names.get(opened.submission.row.assignee_id or "", ""),
        look=first_look(context),
        script=script,
        grounds=ground_rows(context, ground_statuses_of(context)),
        document=document_of(opened.latest),
        scales=tuple(scales(context)),
        settled_by=document_of(opened.latest).part("settled_by"),
        answered=answer_rows(opened.rules.rule_set, context.input.answers, context.outcome.asked, language),
        versions=_versions(opened),
        news=[language.gettext(KINDS[kind]) for kind in again.news if kind in KINDS],
        feed=feed.entries(opened.events),
        meanwhile=feed.entries(since),
        speaker=shown_caller(opened, again.typed.get("word", "")),
        messages=messages(_message_texts(opened, language), language),
        theirs=_theirs(opened, script),
        reasons=REASONS,
        again=again,
        when=lambda moment: when(moment, language),
        is_clinician=current_staff().role is Role.CLINICIAN,
        deletion=asked_deletion(submission_id, opened.names),
        **call_context(opened),
        mine=opened.submission.row.assignee_id == current_staff().id,
        idle_notice=notice_of(submission_id),
    )


def _message_texts(opened: OpenedSubmission, language: Language) -> Mapping[str, MessageText]:
    """The messages to copy, with the address where a person looks up what they sent."""
    address = url_for("status.look_up", _external=True)
    return message_texts(opened.submission.code, address, clinic_name(), language)


def _theirs(opened: OpenedSubmission, script: CallScript) -> SpokenCall | None:
    """The call in the person's language, where it is offered and is not the one that staff read."""
    service = current_service()
    wanted = (str(opened.submission.contact.get("language", "")), document_of(opened.latest).language)
    tag = next((tag for tag in wanted if tag in service.languages), "")
    if tag in ("", current_language().tag):
        return None
    rules = service.rules_in(tag).rule_set if opened.rules.hash == service.rules.hash else None
    signs = {sign.id: frozenset(sign.signs) for sign in script.signs}
    return spoken_call(_message_texts(opened, language_of(tag)), language_of(tag), rules, signs)


def clinic_name() -> str:
    """The clinic's name."""
    clinic = current_service().settings.clinic
    return clinic.name if clinic else ""


def conflict_page(submission_id: str, typed: Mapping[str, str]) -> tuple[str, int]:
    """The page again, with what somebody else did since and all that was typed; nothing was written."""
    return render_submission(submission_id, RedisplayedForm(typed=typed, shown_revision=shown_revision())), 409


def rejected_form(submission_id: str, anchor: str, message: str, typed: Mapping[str, str]) -> tuple[str, int]:
    """The page again with an error and all that was typed."""
    return render_submission(submission_id, RedisplayedForm([FormError(anchor, message)], typed)), 400


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


def _helper(opened: OpenedSubmission) -> str:
    """Who sent it for the person, and what they are to them; empty where the person did."""
    helper = opened.submission.contact.get("helper") or {}
    relation = RELATIONS.get(str(helper.get("relation", "")), "")
    return f"{helper.get('name', '')} ({current_language().gettext(relation)})" if helper and relation else ""


def _spoken(tag: str) -> str:
    """A language that the person chose, by its own name; one that today's rules do not offer keeps its tag."""
    return languages(current_service().rules.rule_set, current_language()).get(tag, tag)


# --- what the person saw ---


def _order(document: Document) -> tuple[str, ...]:
    """The parts in the order of the person's result page."""
    return (*BEFORE_SECTIONS, *document.sections, *AFTER_SECTIONS, *document.shared, "ignored")


@blueprint.get("/<submission_id>/versions/<int:number>")
@for_roles(*READERS)
def version(submission_id: str, number: int) -> Shown:
    """Show what the person saw, and its PDF in the page."""
    note_opening(submission_id)
    opened = open_submission_page(submission_id)
    chosen = opened.version(number)
    widen_policy(object_src="'self'", frame_src="'self'")
    return render_template(
        "desk/version.html",
        opened=opened,
        version=chosen,
        document=document_of(chosen),
        in_own_words=opened.in_own_words(chosen),
        names=_order(document_of(chosen)),
        made_by=opened.names.get(chosen.made_by or "", ""),
        when=when(chosen.made_at, current_language()),
    )


@blueprint.get("/<submission_id>/versions/<int:number>/summary.pdf")
@for_roles(*READERS)
def pdf(submission_id: str, number: int) -> Shown:
    """The PDF of what was kept."""
    content = current_service().stored_pdf(current_store(), open_submission_page(submission_id).version(number))
    _note_export(submission_id, "exported_pdf")
    response = Response(content, mimetype="application/pdf")
    attached = "attachment" if request.args.get("save") else "inline"
    response.headers["Content-Disposition"] = f'{attached}; filename="summary.pdf"'
    widen_policy(frame_ancestors="'self'")
    return response


@blueprint.get("/<submission_id>/submission.json")
@for_roles(*READERS)
def data(submission_id: str) -> Shown:
    """Everything about a submission for programs."""
    opened = open_submission_page(submission_id)
    _note_export(submission_id, "exported_json")
    response = Response(json.dumps(_members(opened), ensure_ascii=False, indent=1), mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="submission.json"'
    return response


def _members(opened: OpenedSubmission) -> dict[str, object]:
    row = opened.submission.row
    moments = ("received_at", "promised_at", "opened_at", "contacted_at", "ended_at")
    return {
        "code": opened.submission.code,
        "state": row.state,
        "reason": row.reason,
        **{name: getattr(row, name).isoformat() if getattr(row, name) else None for name in moments},
        "tries": row.tries,
        "contact": opened.submission.contact,
        "versions": [
            {
                "number": version.number,
                "made_at": version.made_at.isoformat(),
                "made_by": opened.names.get(version.made_by) if version.made_by else None,
                "rules": version.rules_hash,
                "input": version.input,
                "document": version.document,
            }
            for version in opened.versions
        ],
        "events": [
            {
                "at": event.at.isoformat(),
                "by": opened.names.get(event.by or ""),
                "kind": event.kind,
                "detail": event.detail,
            }
            for event in reversed(opened.events)
        ],
    }


def _note_export(submission_id: str, action: str) -> None:
    who = current_staff().id
    current_store().write(lambda transaction: add_entry(transaction, who, action, submission_id))
