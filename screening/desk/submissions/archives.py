"""An archive of files at the desk: a page that begins it, what tells how far it is, and the archive itself.

The page needs no script: it opens the archive by the header `Refresh`, which a browser saves and stays where it is, and
holds a frame that asks again by the same header until the archive is complete; that lengthens no session.
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request, stream_with_context, url_for

from screening.content_policy import widen_policy
from screening.desk.access.current_request import current_language, current_staff, current_store, now
from screening.desk.access.guard import READERS, for_roles, unattended
from screening.desk.narrowing.filters import ListRequest, list_request
from screening.desk.submissions.archive_stream import ArchiveContent, archive_pieces
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.runtime import current_service
from screening.storage.store import Store
from screening.storage.submissions.assessments.versions import Version
from screening.storage.submissions.handed_out.archives import (
    Kind,
    Progress,
    Stage,
    begin_archive,
    end_archive,
    progress_of,
    taken_as,
)
from screening.storage.submissions.handed_out.exporting import ExportedSubmission, ExportRequest, export_rows
from screening.wording.desk.archive import archive_name, archive_texts, progress_words
from screening.wording.desk.spreadsheet import file_name

blueprint = Blueprint("archives", __name__, url_prefix="/export/archives")
ARCHIVE_MOST = 100
"""Submissions in one archive."""
ASK_AGAIN = 3
"""Seconds between two looks at how far an archive is."""


def archive_address(archive: int, total: int, list_query: ListRequest) -> str:
    """The page of an archive of what a list shows."""
    group = {"group": list_query.group.value} if list_query.group else {}
    query = urlencode({"of": total, **group, **list_query.query}, doseq=True)
    return f"{url_for('desk.archives.page', archive=archive)}?{query}"


def _total() -> int:
    """How many submissions the archive shall hold, as they were counted when it was asked for."""
    said = request.args.get("of", "")
    return min(int(said), ARCHIVE_MOST) if said.isascii() and said.isdigit() and len(said) < 4 else 0


def _progress(archive: int) -> Progress:
    """How far it is; who did not ask for it finds no such page."""
    with current_store().reading() as transaction:
        progress = progress_of(transaction, archive, current_staff().id, now())
    return progress or abort(404)


@blueprint.get("/<int:archive>")
@for_roles(*READERS)
def page(archive: int) -> Response:
    """Say what is sent, and begin to send it where that has not begun."""
    progress, total = _progress(archive), _total()
    query = request.args.to_dict(flat=False)
    file = f"{url_for('desk.archives.file', archive=archive)}?{urlencode(query, doseq=True)}"
    filters = urlencode({name: values for name, values in query.items() if name != "of"}, doseq=True)
    shown = render_template(
        "desk/archive.html",
        name=archive_name(progress.kind, current_language()),
        total=total,
        waits=progress.stage is Stage.ASKED,
        file=file,
        frame=url_for("desk.archives.progress", archive=archive, of=total),
        export=f"{url_for('desk.exports.choose')}?{filters}",
    )
    widen_policy(frame_src="'self'")
    response = Response(shown)
    if progress.stage is Stage.ASKED:
        response.headers["Refresh"] = f"0; url={file}"
    return response


@blueprint.get("/<int:archive>/progress")
@unattended
@for_roles(*READERS)
def progress(archive: int) -> Response:
    """How far it is, for the frame of the page; asks again until nothing more will happen."""
    known, total = _progress(archive), _total()
    words = progress_words(known, total, now(), current_language())
    ended = known.stage in {Stage.COMPLETE, Stage.CUT}
    shown = render_template(
        "desk/archive_progress.html", words=words, taken=min(known.taken, total), total=total, stage=known.stage.value
    )
    widen_policy(frame_ancestors="'self'")
    response = Response(shown)
    if not ended:
        response.headers["Refresh"] = str(ASK_AGAIN)
    return response


@blueprint.get("/<int:archive>/submissions.zip")
@for_roles(*READERS)
def file(archive: int) -> Response | tuple[str, int]:
    """Send the archive, once; every submission in it is recorded before its PDF is made."""
    kind = _progress(archive).kind
    store, by, at, total = current_store(), current_staff().id, now(), _total()
    if not store.write(lambda transaction: begin_archive(transaction, archive, by, at)):
        return render_template("desk/archive_over.html"), 409
    content = _content(store, by, total, kind)

    def end(complete: bool) -> None:  # noqa: FBT001 - called by the stream alone
        store.write(lambda transaction: end_archive(transaction, archive, by, complete=complete))

    response = Response(stream_with_context(archive_pieces(content, end)), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(at, "zip")}"'
    response.headers["X-Accel-Buffering"] = "no"  # a proxy that collects it would hide that it goes on
    return response


def _content(store: Store, by: str, total: int, kind: Kind) -> ArchiveContent:
    service, list_query = current_service(), list_request()
    wanted = ExportRequest(list_query.filters, list_query.group, ARCHIVE_MOST, by, taken_as(kind), at_once=1)

    def make_pdf(_row: ExportedSubmission, version: Version) -> bytes:
        return service.stored_pdf(store, version)

    def make_document(row: ExportedSubmission, version: Version) -> bytes:
        return outcome_json(service.stored_fhir_document(store, row.row.id, version)).encode()

    return ArchiveContent(
        rows=export_rows(store, wanted),
        make=make_pdf if kind is Kind.PDF else make_document,
        ending="pdf" if kind is Kind.PDF else "json",
        at_once=service.workers.size,
        texts=archive_texts(total, now().astimezone(), kind, current_language()),
        at=now().astimezone(),
    )
