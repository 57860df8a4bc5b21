"""One submission: the page that answers a call, what the person saw, and copies of it."""

from __future__ import annotations

import json

from flask import Blueprint, Response, render_template, request

from screening.content_policy import widen_policy
from screening.desk.access.current_request import current_language, current_staff, current_store
from screening.desk.access.guard import READERS, for_roles
from screening.desk.submissions.changes import none_where_gone
from screening.desk.submissions.opened import OpenedSubmission, document_of, open_submission_page
from screening.desk.submissions.rendering import RedisplayedForm, render_submission
from screening.desk.submissions.restricted import restricted_page
from screening.runtime import current_service
from screening.storage.audit.log import add_entry
from screening.storage.database.clock import now
from screening.storage.store import StoreTransaction
from screening.storage.submissions.desk_list.list_items import twins_of
from screening.storage.submissions.record.records import NEWS, WORSE, change, open_submission, row_of
from screening.wording.desk.feed import when
from screening.wording.document.blocks import Document

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


@blueprint.get("/<submission_id>")
@for_roles(*READERS)
def page(submission_id: str) -> Shown:
    """Show one submission, and note that it was opened; where its deletion was asked for, that alone."""
    restricted = restricted_page(submission_id)
    if restricted is not None:
        return restricted
    news = note_opening(submission_id)
    _note_named_beside(submission_id)
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


def _note_named_beside(submission_id: str) -> None:
    """Say in the audit whose name the page tells beside its own: who sent from the same number or address."""
    who = current_staff().id
    with current_store().reading() as transaction:
        row = row_of(transaction, submission_id)
        named = [twin for twin in twins_of(transaction, row) if twin.name] if row else []

    def write(transaction: StoreTransaction) -> None:
        for twin in named:
            add_entry(transaction, who, "named_beside", twin.id)

    if named:
        current_store().write(write)


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
