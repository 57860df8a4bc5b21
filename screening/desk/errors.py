"""Errors at the desk: a page in plain words; of what was sent, it holds what would be lost with a form."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from flask import Blueprint, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from screening.desk.access.current_request import current_language
from screening.desk.access.unsent_form import typed_texts
from screening.logs.failure import failure_of
from screening.runtime import RETRY_AFTER
from screening.storage.accounts.staff_rows import LockedAccountError
from screening.storage.store import NOT_USABLE
from screening.wording.language.languages import N_

log = logging.getLogger(__name__)
GONE = N_(
    "It was taken back, its time was over, or it was never there. Nobody is to be called about it, and nothing that "
    "was typed for it is kept."
)


def explain_errors(blueprint: Blueprint) -> None:
    """Tell every error of this blueprint."""

    @blueprint.errorhandler(CSRFError)
    def form_not_ours(_error: CSRFError) -> tuple[str, int]:
        say = current_language().gettext
        text = say("This form is no longer valid, so nothing was done. Open the page anew and send it again.")
        return _error_page(say("Please try again"), text, 400, typed_texts())

    @blueprint.errorhandler(HTTPException)
    def plain(error: HTTPException) -> tuple[str, int]:
        code = error.code or 500
        say = current_language().gettext
        texts = {
            403: (say("Not for your role"), say("Your role does not open this page.")),
            404: (say("Page not found"), say("There is no such page.")),
            410: (say("Not there"), say(GONE)),
            413: (say("Too much was sent"), say("Go back and type less.")),
        }
        title, text = texts.get(code, (say("Something is wrong with this request"), say("Go back and try again.")))
        return _error_page(title, text, code, typed_texts() if code != 413 else ())

    def unavailable(error: Exception) -> tuple[str, int, dict[str, str]]:
        log.error("the store cannot be used in %s: %s", request.endpoint, error)
        say = current_language().gettext
        text = say("What is stored cannot be used now. Nothing was changed by this. Please try again in a while.")
        return *_error_page(say("Not available now"), text, 503, typed_texts()), RETRY_AFTER

    for reason in NOT_USABLE:
        blueprint.register_error_handler(reason, unavailable)

    @blueprint.errorhandler(LockedAccountError)
    def locked(_error: LockedAccountError) -> tuple[str, int]:
        say = current_language().gettext
        text = say(
            "This account was changed outside of this service, so it lets nobody in. A manager adds it anew under the "
            "same name; where no manager gets in, somebody does so on the machine itself."
        )
        return _error_page(say("Account locked"), text, 403)

    @blueprint.errorhandler(Exception)
    def unexpected(error: Exception) -> tuple[str, int]:
        log.error("unexpected error in %s: %s", request.endpoint, failure_of(error))
        say = current_language().gettext
        text = say("This is our mistake. Whether something was changed, you see when you open the page anew.")
        return _error_page(say("Something went wrong"), text, 500, typed_texts())


def _error_page(title: str, text: str, code: int, typed: Sequence[str] = ()) -> tuple[str, int]:
    """`typed`: what would be lost with the form, to be copied from the page."""
    return render_template("desk/error.html", title=title, text=text, typed=typed), code
