"""Every error as a page in plain words."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import Flask, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from screening.api.blueprint import failed, http_problem, is_for_programs
from screening.documents.workers import BusyError, FilesBusyError, WorkError
from screening.forms.uploads import largest_file
from screening.logs.failure import failure_of
from screening.logs.request_id import request_id
from screening.questionnaire import questions, sharing
from screening.questionnaire.answers_cookie import CookieTooLargeError
from screening.questionnaire.current_request import current_language
from screening.questionnaire.form_reply import FormReply, reply_at, reply_here, with_status
from screening.questionnaire.status_access import current_visit
from screening.runtime import FILES_RETRY_AFTER, RETRY_AFTER
from screening.storage.store import NOT_USABLE
from screening.wording.document.busy import files_busy_text

log = logging.getLogger(__name__)

ErrorPage = Response
"""A page with its status, or the way to it."""
_PROBLEM = "/problem"
NO_WAIT: Mapping[str, str] = {}


def explain_errors(app: Flask) -> None:
    """Every error is a page in plain words; what was typed is shown again wherever it can be."""
    app.add_url_rule(_PROBLEM, "problem", _problem)
    _explain_refused_forms(app)
    _explain_no_store(app)
    _explain_no_pdf(app)
    _explain_everything_else(app)


def _explain_refused_forms(app: Flask) -> None:
    @app.errorhandler(CSRFError)
    def form_not_ours(_error: CSRFError) -> ErrorPage:
        message = current_language().gettext(
            "Your browser did not send what we need to know that this form is ours. Press the button once more. "
            "If this comes again, allow cookies for this page: your answers are kept in one."
        )
        page_id = (request.view_args or {}).get("page_id")
        if request.endpoint == "questions.answer" and page_id:
            shown = questions.answer_not_accepted(page_id, message)
            if shown:
                return shown
        if request.blueprint in ("status", "amending") and request.endpoint != "status.enter" and not current_visit():
            return _visit_over()
        if request.endpoint == "sharing.submit" and (shown := sharing.not_accepted(message)):
            return shown
        return _told(current_language().gettext("Please try again"), message, 400)

    @app.errorhandler(CookieTooLargeError)
    def too_large(_error: CookieTooLargeError) -> ErrorPage:
        text = current_language().gettext("Your answers are too long to be kept. Go back and type shorter numbers.")
        return _told(current_language().gettext("Too long"), text, 400)


def _visit_over() -> ErrorPage:
    say = current_language().gettext
    text = say("You were away for a while, so this page was closed for you. Nothing was changed by it. Open it again.")
    return _told(say("Please open it again"), text, 400, url_for("status.look_up"))


def _explain_no_store(app: Flask) -> None:
    def store_unavailable(error: Exception) -> ErrorPage:
        log.error("the store cannot be used in %s: %s", request.endpoint, error)
        say = current_language().gettext
        text = say(
            "Nothing was lost: what was sent before is kept, and your answers are still in your browser. "
            "Please go back and try again in a while."
        )
        return _told(say("Not possible just now"), text, 503, wait=RETRY_AFTER)

    for reason in NOT_USABLE:
        app.register_error_handler(reason, store_unavailable)


def _explain_no_pdf(app: Flask) -> None:
    """Say why there is no PDF, and that nothing is lost."""

    @app.errorhandler(BusyError)
    def busy(_error: BusyError) -> ErrorPage:
        text = current_language().gettext(
            "Many PDFs are being made right now. Please wait some seconds, go back and press the button once more. "
            "Your answers are still in your browser."
        )
        return _told(current_language().gettext("Please wait a moment"), text, 503, wait={"Retry-After": "5"})

    @app.errorhandler(FilesBusyError)
    def files_busy(_error: FilesBusyError) -> ErrorPage:
        title = current_language().gettext("Please wait a moment")
        return _told(title, files_busy_text(current_language()), 429, wait=FILES_RETRY_AFTER)

    @app.errorhandler(WorkError)
    def not_made(error: WorkError) -> ErrorPage:
        log.error("work for %s failed: %s", request.endpoint, error.failure or error)
        text = current_language().gettext(
            "The file could not be made or looked at. This is our mistake, not yours. Your answers are still in your "
            "browser. Please try again in a while; you can also print the page with the result."
        )
        return _told(current_language().gettext("No PDF this time"), text, 500)


def _explain_everything_else(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def plain(error: HTTPException) -> ErrorPage:
        if is_for_programs():
            return http_problem(error)
        say = current_language().gettext
        texts = {
            404: (say("Page not found"), say("There is no such page. Your answers are still here.")),
            405: (say("That does not work here"), say("Go back and use the buttons on the page.")),
            413: (say("Too much was sent"), _too_much(largest_file())),
        }
        code = error.code or 500
        title, text = texts.get(code, (say("Something is wrong with this request"), say("Go back and try again.")))
        return _told(title, text, code)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> ErrorPage:
        if is_for_programs():
            return failed(error)
        log.error("unexpected error in %s: %s", request.endpoint, failure_of(error))
        say = current_language().gettext
        text = say(
            "This is our mistake, not yours. Your answers are still in your browser. Please try again in a while."
        )
        return _told(say("Something went wrong"), text, 500)


def _too_much(largest: int | None) -> str:
    """What to do where a request is too large, by the bytes that its file may have; None: it sends none."""
    say = current_language().gettext
    if largest is None:
        return say("Go back and type less.")
    size = f"{largest // 1024**2} MB" if largest >= 1024**2 else f"{largest // 1024} KB"
    return say("A file may have at most %(size)s here. Nothing was kept. Go back and choose a smaller one.", size=size)


def _told(title: str, text: str, code: int, onwards: str = "", wait: Mapping[str, str] = NO_WAIT) -> ErrorPage:
    """`onwards`: the page to go on to, where there is a better one than the start.

    What comes of a form is told by a page of its own, so that it can be opened again. A browser that takes no cookies
    could not be told there why nothing works, so it is told at once.
    """
    members = {"title": title, "text": text, "onwards": onwards, "reference": request_id()}
    seconds = int(wait.get("Retry-After", 0))
    reply = FormReply(_PROBLEM, status=code, wait=seconds, more=members)
    is_form = request.method == "POST" and request.endpoint and request.cookies
    return reply_at(url_for("problem"), reply) if is_form else _page(reply)


def _page(reply: FormReply) -> Response:
    return with_status(render_template("errors/error.html", **reply.more), reply)


def _problem() -> Response:
    """What went wrong with the form that was sent last."""
    reply = reply_here()
    return _page(reply) if reply else redirect(url_for("start.start"), 303)
