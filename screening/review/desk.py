"""The desk as one blueprint: every part of it stands behind the same guard."""

from __future__ import annotations

from flask import Blueprint

from screening.review import (
    doing,
    enrolment,
    exports,
    home,
    misread,
    overview,
    own_account,
    phone,
    sign_in,
    submission,
    team,
)
from screening.review.demonstration import DEMONSTRATION
from screening.review.errors import explain_errors
from screening.review.filtering import list_url, submission_url
from screening.review.guard import READERS, guard
from screening.review.present import session, spoken
from screening.runtime import service
from screening.storage.accounts.sessions import Stage
from screening.wording.desk.accounts import role_help, role_name

PARTS = (
    sign_in.blueprint,
    enrolment.blueprint,
    home.blueprint,
    overview.blueprint,
    exports.blueprint,
    team.blueprint,
    own_account.blueprint,
    submission.blueprint,
    doing.blueprint,
    phone.blueprint,
    misread.blueprint,
)


def desk_blueprint() -> Blueprint:
    """Everything below /desk."""
    made = Blueprint("desk", __name__, url_prefix="/desk")
    made.before_request(guard)
    for each in PARTS:
        made.register_blueprint(each)
    explain_errors(made)

    @made.context_processor
    def every_page() -> dict[str, object]:
        language, present = spoken(), session()
        signed_in = present is not None and present.stage is Stage.SIGNED_IN
        return {
            "language": language,
            "_": language.gettext,
            "gettext": language.gettext,
            "ngettext": language.ngettext,
            "staff": present.account if present and signed_in else None,
            "demonstration": DEMONSTRATION if service().settings.demonstration else None,
            "list_url": list_url(),
            "submission_url": submission_url,
            "readers": READERS,
            "role_name": lambda role: role_name(role, language),
            "role_help": lambda role: role_help(role, language),
        }

    return made
