"""The present visit to what was sent: who may see it, and what it holds; shared by the views of the status pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from flask import Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from screening.config.clinic import Clinic
from screening.questionnaire.current_request import now
from screening.questionnaire.form_reply import FormReply, reply_at, reply_here
from screening.questionnaire.sharing_offer import sharing_or_404
from screening.questionnaire.status_visit import Visit, VisitCookie
from screening.runtime import current_service
from screening.storage.database.rows import DeletionRequestRow, SubmissionRow
from screening.storage.store import StoreTransaction
from screening.storage.submissions.assessments.versions import Version, versions
from screening.storage.submissions.deletion.deletion_requests import request_of
from screening.storage.submissions.deletion.idle import deletion_time, last_postponed
from screening.storage.submissions.deletion.told_limits import told_limits
from screening.storage.submissions.record.cipher import RestrictedError
from screening.storage.submissions.record.records import Submission, row_of, unseal
from screening.wording.document.blocks import Document
from screening.wording.summary.stored import document_from


@dataclass(frozen=True)
class SentSubmission:
    """What was sent, as it is now."""

    row: SubmissionRow
    submission: Submission | None
    """None: it is deleted or restricted, and only the row says that it was there."""
    versions: tuple[Version, ...]
    request: DeletionRequestRow | None = None
    """The deletion that somebody asked for."""
    deleted_at: datetime | None = None
    """When it is deleted if nothing more happens to it; None where that is not what it waits for."""
    postponed_at: datetime | None = None
    """When that was put off last."""

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """What each version shows."""
        return tuple(document_from(version.document) for version in self.versions)


def current_clinic() -> Clinic:
    """The clinic of this deployment."""
    return sharing_or_404().clinic


def visit_cookie() -> VisitCookie:
    """Reads and writes the cookie of a visit."""
    service = current_service()
    return VisitCookie(service.cookie_keys, service.settings.https)


def current_visit() -> Visit | None:
    """The visit that the present request belongs to."""
    if "visit" not in g:
        g.visit = visit_cookie().read(request, now())
    visit: Visit | None = g.visit
    return visit


def keep_visit(response: Response) -> Response:
    """Let the visit last some minutes more."""
    visit = g.get("visit")
    if visit is not None and response.status_code < 500:
        visit_cookie().write(response, visit, now())
    return response


def begin_visit(submission_id: str) -> None:
    """Let the present request begin a visit; a visit that there was before is over."""
    g.visit = Visit(submission_id, now())


def end_visit() -> BaseResponse:
    """Send the person back to the form, with the cookie taken away."""
    g.visit = None
    response = redirect(url_for("status.look_up"), 303)
    if isinstance(response, Response):
        visit_cookie().delete(response)
    return response


def done_at_overview(what: str, submission_id: str) -> BaseResponse:
    """Send the person on to what they sent, which says what was done with it: see `done_here`."""
    address = url_for("status.overview")
    path = address.removeprefix(request.script_root)
    return reply_at(address, FormReply(path, status=200, more={"done": what, "id": submission_id}))


def done_here(submission_id: str) -> str:
    """What was done with this submission on the way to the present page; empty where nothing was."""
    reply = reply_here()
    return str(reply.more["done"]) if reply and reply.more.get("id") == submission_id else ""


def read_sent(transaction: StoreTransaction) -> SentSubmission | None:
    """What the present visit is about; None where there is no visit."""
    visit = current_visit()
    if visit is None:
        return None
    row = row_of(transaction, visit.submission_id)
    if row is None:
        return None
    if row.data_key_wrapped is None:
        return SentSubmission(row, None, ())
    request = request_of(transaction, row.id)
    try:
        submission = unseal(sharing_or_404().store.keys, row)
    except RestrictedError:
        return SentSubmission(row, None, (), request)
    return SentSubmission(
        row,
        submission,
        tuple(versions(transaction, submission)),
        request,
        deletion_time(row, told_limits(transaction)),
        last_postponed(transaction, row.id),
    )


def sent_submission() -> SentSubmission | None:
    """The same in a transaction of its own."""
    with sharing_or_404().store.reading() as transaction:
        return read_sent(transaction)
