"""What leaves the desk for files: a spreadsheet, JSON, the way to an archive; sent while made, and recorded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass
from types import MappingProxyType

from flask import Blueprint, Response, redirect, render_template, request, stream_with_context
from werkzeug.wrappers import Response as BaseResponse

from screening.desk.access.current_request import current_language, current_staff, current_store, now
from screening.desk.access.guard import READERS, for_roles
from screening.desk.narrowing.filters import ListRequest, choices, list_request
from screening.desk.submissions.archives import ARCHIVE_MOST, archive_address
from screening.forms.submitted_form import FormError
from screening.runtime import current_service
from screening.storage.audit.log import add_entry
from screening.storage.submissions.desk_list.list_groups import Group
from screening.storage.submissions.desk_list.listing import group_sizes
from screening.storage.submissions.handed_out.archives import Kind, ask_for_archive
from screening.storage.submissions.handed_out.exporting import ExportedSubmission, ExportRequest, export_rows
from screening.wording.desk.export_columns import HEAD, data_dictionary
from screening.wording.desk.listing import TITLES
from screening.wording.desk.spreadsheet import csv_line, file_name, plain_cell, spreadsheet
from screening.wording.language.languages import N_

blueprint = Blueprint("exports", __name__)
Chunks = Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file."""

    name: str
    help: str
    ending: str
    media_type: str
    most: int
    """Submissions in one file."""
    make: Callable[[Iterator[ExportedSubmission]], Chunks] | None
    """None: it takes long, so there is a page that shows how far it has come, and sends it."""


@blueprint.get("/export")
@for_roles(*READERS)
def choose() -> str:
    """Say what would be exported, and in which forms."""
    return _show([])


def _show(errors: list[FormError]) -> str:
    list_query, say = list_request(), current_language().gettext
    chosen = [(choice.label, choice.chosen_words) for choice in choices(list_query.filters) if choice.chosen]
    if list_query.group:
        chosen.insert(0, (say("Group"), say(TITLES[list_query.group])))
    number = number_listed(list_query)
    return render_template(
        "desk/export.html", number=number, chosen=chosen, asked=list_query, formats=FORMATS, errors=errors
    )


def number_listed(list_query: ListRequest) -> int:
    """How many submissions the list shows, those left out that nobody may read."""
    with current_store().reading() as transaction:
        sizes = group_sizes(transaction, list_query.filters)
    alone = [group for group in Group if group is not Group.DUPLICATES]
    groups = [list_query.group] if list_query.group else alone
    return sum(sizes[group] for group in groups if group is not Group.RESTRICTED)


@blueprint.get("/export/dictionary.csv")
@for_roles(*READERS)
def dictionary() -> Response:
    """What each column of the spreadsheet means. It holds nothing of anybody, so nothing is recorded."""
    lines = [csv_line(HEAD)]
    lines += [csv_line(astuple(row)) for row in data_dictionary(current_service().rules.rule_set, current_language())]
    response = Response("\ufeff" + "".join(lines), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="data-dictionary.csv"'
    return response


@blueprint.post("/export")
@for_roles(*READERS)
def export() -> BaseResponse | tuple[str, int]:
    """Send the file; every submission in it is recorded before it leaves."""
    chosen = request.form.get("format", "")
    wanted = FORMATS.get(chosen)
    if wanted is None:
        return _show([FormError("format", current_language().gettext("Choose a kind of file."))]), 400
    store, by, list_query = current_store(), current_staff().id, list_request()
    if wanted.make is None:
        total = min(number_listed(list_query), wanted.most)
        archive = store.write(lambda held: ask_for_archive(held, by, Kind(chosen)))
        return redirect(archive_address(archive, total, list_query), 303)
    store.write(lambda transaction: add_entry(transaction, by, "export_begun", chosen))
    rows = export_rows(
        store, ExportRequest(list_query.filters, list_query.group, wanted.most, by, f"exported_{chosen}")
    )
    response = Response(stream_with_context(wanted.make(rows)), mimetype=wanted.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(now(), wanted.ending)}"'
    return response


def _csv(rows: Iterator[ExportedSubmission]) -> Chunks:
    for line in spreadsheet(rows, current_service().rules, current_language()):
        yield line.encode()


def _json(rows: Iterator[ExportedSubmission]) -> Chunks:
    yield b"["
    for number, submission in enumerate(rows):
        yield b",\n" if number else b"\n"
        yield json.dumps(_members(submission), ensure_ascii=False).encode()
    yield b"\n]\n"


def _members(submission: ExportedSubmission) -> dict[str, object]:
    moments = ("received_at", "promised_at", "opened_at", "contacted_at", "ended_at")
    plain = ("state", "reason", "answered_on", "language", "category", "tries", "call_first", "conflicts", "unsure")
    return {
        "code": submission.code,
        **{name: getattr(submission.row, name) for name in plain},
        **{name: plain_cell(getattr(submission.row, name)) or None for name in moments},
        "versions": [
            {
                "number": version.number,
                "made_at": plain_cell(version.made_at),
                "rules": version.rules_hash,
                "translation": version.translation_hash,
                "input": version.input,
                "document": version.document,
            }
            for version in submission.versions
        ],
    }


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format(
            N_("Spreadsheet (CSV)"),
            N_("A line for each submission, columns for each question and each ground."),
            "csv",
            "text/csv",
            5000,
            _csv,
        ),
        "json": Format(
            N_("For programs (JSON)"),
            N_("Every version of the answers, and what the person saw."),
            "json",
            "application/json",
            5000,
            _json,
        ),
        "pdf": Format(
            N_("PDFs in one archive (ZIP)"),
            N_("What each person saw, a file each. It takes some seconds a PDF; the next page shows how far it is."),
            "zip",
            "application/zip",
            ARCHIVE_MOST,
            None,
        ),
        "fhir": Format(
            N_("For a hospital's programs (FHIR, ZIP)"),
            N_(
                "A document of FHIR R4 for each version: the doctor's summary with its PDF, the answers, and coded "
                "values. It takes some seconds each; the next page shows how far it is."
            ),
            "zip",
            "application/zip",
            ARCHIVE_MOST,
            None,
        ),
    }
)
