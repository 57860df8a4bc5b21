"""Every error as a page in plain words."""

from __future__ import annotations

import logging

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from screening import health
from screening.documents.workers import BusyError, WorkError
from screening.questionnaire import sharing, views
from screening.questionnaire.cookie import CookieTooLargeError
from screening.questionnaire.present import spoken
from screening.storage.clock import ClockError
from screening.storage.database import DatabaseUnavailableError
from screening.storage.vault import KeyMissingError

log = logging.getLogger(__name__)


def explain_errors(app: Flask) -> None:
    """Every error is a page in plain words; what was typed is shown again wherever it can be."""

    @app.errorhandler(CSRFError)
    def form_not_ours(_error: CSRFError) -> tuple[str, int]:
        message = spoken().gettext(
            "Your browser did not send what we need to know that this form is ours. Press the button once more. "
            "If this comes again, allow cookies for this page: your answers are kept in one."
        )
        page_id = (request.view_args or {}).get("page_id")
        if request.endpoint == "questionnaire.answer" and page_id:
            shown = views.answer_not_accepted(page_id, message)
            if shown:
                return shown
        if request.endpoint == "sharing.submit" and (shown := sharing.not_accepted(message)):
            return shown
        return render_template("errors/error.html", title=spoken().gettext("Please try again"), text=message), 400

    @app.errorhandler(DatabaseUnavailableError)
    @app.errorhandler(KeyMissingError)
    @app.errorhandler(ClockError)
    def store_unavailable(error: Exception) -> tuple[str, int, dict[str, str]]:
        log.error("the store cannot be used in %s: %s", request.endpoint, error)
        say = spoken().gettext
        text = say(
            "Nothing was lost: what was sent before is kept, and your answers are still in your browser. "
            "Please go back and try again in a while."
        )
        title = say("Not possible just now")
        return render_template("errors/error.html", title=title, text=text), 503, health.RETRY_AFTER

    @app.errorhandler(CookieTooLargeError)
    def too_large(_error: CookieTooLargeError) -> tuple[str, int]:
        text = spoken().gettext("Your answers are too long to be kept. Go back and type shorter numbers.")
        return render_template("errors/error.html", title=spoken().gettext("Too long"), text=text), 400

    @app.errorhandler(HTTPException)
    def plain(error: HTTPException) -> tuple[str, int]:
        code = error.code or 500
        say = spoken().gettext
        texts = {
            404: (say("Page not found"), say("There is no such page. Your answers are still here.")),
            405: (say("That does not work here"), say("Go back and use the buttons on the page.")),
            413: (say("Too much was sent"), say("Go back and type less.")),
        }
        title, text = texts.get(code, (say("Something is wrong with this request"), say("Go back and try again.")))
        return render_template("errors/error.html", title=title, text=text), code

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> tuple[str, int]:
        log.error("unexpected error in %s: %s", request.endpoint, type(error).__name__, exc_info=app.debug)
        say = spoken().gettext
        text = say(
            "This is our mistake, not yours. Your answers are still in your browser. Please try again in a while."
        )
        return render_template("errors/error.html", title=say("Something went wrong"), text=text), 500


def explain_no_pdf(app: Flask) -> None:
    """Say why there is no PDF, and that nothing is lost."""

    @app.errorhandler(BusyError)
    def busy(_error: BusyError) -> tuple[str, int, dict[str, str]]:
        text = spoken().gettext(
            "Many PDFs are being made right now. Please wait some seconds, go back and press the button once more. "
            "Your answers are still in your browser."
        )
        title = spoken().gettext("Please wait a moment")
        return render_template("errors/error.html", title=title, text=text), 503, {"Retry-After": "5"}

    @app.errorhandler(WorkError)
    def not_made(error: WorkError) -> tuple[str, int]:
        log.error("work for %s failed: %s", request.endpoint, error)
        text = spoken().gettext(
            "The file could not be made or looked at. This is our mistake, not yours. Your answers are still in your "
            "browser. Please try again in a while; you can also print the page with the result."
        )
        return render_template("errors/error.html", title=spoken().gettext("No PDF this time"), text=text), 500
