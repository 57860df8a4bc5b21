"""The desk as one blueprint: every part of it stands behind the same guard."""

from __future__ import annotations

from flask import Blueprint

from screening.review import enrolment, home, sign_in, team
from screening.review.demonstration import DEMONSTRATION
from screening.review.errors import explain_errors
from screening.review.guard import guard
from screening.review.present import session, spoken
from screening.service import service
from screening.storage.sessions import Stage
from screening.wording.desk.accounts import role_help, role_name

PARTS = (sign_in.blueprint, enrolment.blueprint, home.blueprint, team.blueprint)


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
            "role_name": lambda role: role_name(role, language),
            "role_help": lambda role: role_help(role, language),
        }

    return made
