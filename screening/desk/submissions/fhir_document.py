"""A submission as a document of FHIR, for a hospital's programs: handed out to who may read it, and recorded."""

from __future__ import annotations

from flask import Blueprint, Response

from screening.desk.access.current_request import current_staff, current_store
from screening.desk.access.guard import READERS, for_roles
from screening.desk.submissions.opened import open_submission_page
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.runtime import current_service
from screening.storage.audit.log import add_entry

blueprint = Blueprint("fhir_document", __name__, url_prefix="/submissions")
MEDIA_TYPE = "application/fhir+json"


@blueprint.get("/<submission_id>/document.fhir.json")
@for_roles(*READERS)
def document(submission_id: str) -> Response:
    """The document of the latest assessment."""
    store, who = current_store(), current_staff().id
    latest = open_submission_page(submission_id).latest
    written = outcome_json(current_service().stored_fhir_document(store, submission_id, latest))
    store.write(lambda transaction: add_entry(transaction, who, "exported_fhir", submission_id))
    response = Response(written, mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="document.fhir.json"'
    return response
