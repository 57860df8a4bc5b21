"""The desk as one blueprint: every part of it stands behind the same guard."""

from __future__ import annotations

from flask import Blueprint

from screening.content_policy import widen_policy
from screening.desk.access import (
    enrolment,
    handing_over,
    other_app,
    own_account,
    sign_in,
    single_keys,
    staying,
    team,
)
from screening.desk.access.current_request import current_language, current_session, seconds_left
from screening.desk.access.guard import READERS, guard
from screening.desk.demonstration.accounts import DEMONSTRATION
from screening.desk.errors import explain_errors
from screening.desk.narrowing.filters import list_url, submission_url
from screening.desk.reports import audit, misread, overview
from screening.desk.submissions import (
    actions,
    archives,
    arrivals,
    assigning,
    call_list,
    call_outcomes,
    deletion,
    exports,
    fhir_document,
    finding,
    identity,
    idle,
    listing,
    page,
    saved_filters,
    telephone,
)
from screening.runtime import current_service
from screening.storage.accounts.sessions import Stage
from screening.wording.desk.accounts import role_help, role_name

PARTS = (
    sign_in.blueprint,
    staying.blueprint,
    single_keys.blueprint,
    enrolment.blueprint,
    listing.blueprint,
    saved_filters.blueprint,
    arrivals.blueprint,
    call_list.blueprint,
    finding.blueprint,
    overview.blueprint,
    exports.blueprint,
    archives.blueprint,
    team.blueprint,
    handing_over.blueprint,
    audit.blueprint,
    own_account.blueprint,
    other_app.blueprint,
    page.blueprint,
    fhir_document.blueprint,
    actions.blueprint,
    assigning.blueprint,
    call_outcomes.blueprint,
    identity.blueprint,
    telephone.blueprint,
    deletion.blueprint,
    idle.blueprint,
    misread.blueprint,
)


def desk_blueprint() -> Blueprint:
    """Everything below /desk."""
    blueprint = Blueprint("desk", __name__, url_prefix="/desk")
    blueprint.before_request(guard)
    for part in PARTS:
        blueprint.register_blueprint(part)
    explain_errors(blueprint)

    @blueprint.context_processor
    def every_page() -> dict[str, object]:
        language, session = current_language(), current_session()
        signed_in = session is not None and session.stage is Stage.SIGNED_IN
        if signed_in:
            widen_policy(connect_src="'self'")  # the script asks how long the session lasts
        return {
            "language": language,
            "_": language.gettext,
            "gettext": language.gettext,
            "ngettext": language.ngettext,
            "staff": session.account if session and signed_in else None,
            "seconds_left": seconds_left() if signed_in else 0,
            "single_keys": single_keys.are_on(),
            "demonstration": DEMONSTRATION if current_service().settings.demonstration else None,
            "list_url": list_url(),
            "submission_url": submission_url,
            "readers": READERS,
            "role_name": lambda role: role_name(role, language),
            "role_help": lambda role: role_help(role, language),
        }

    return blueprint
