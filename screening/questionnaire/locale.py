"""The language of a person: from the browser at first, changed on any page without losing an answer or anything typed.

A button of the language sends the form of its page, so that what was typed comes along. A view that shows it
again is marked with `preserves_input` and asks `is_language_change`; every other page is simply opened again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Flask, Response, abort, current_app, g, redirect, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as BaseResponse

from screening.addresses import has_control_symbols, own_page, present_page
from screening.questionnaire.answers_cookie import MAX_AGE
from screening.questionnaire.current_request import LANGUAGE_FIELD, language_cookie
from screening.ruleset.model.texts import Untranslated
from screening.runtime import PROGRAMS, current_service

blueprint = Blueprint("locale", __name__)

View = TypeVar("View", bound=Callable[..., Any])
_PRESERVES = "screening_keeps_typed"


def preserves_input(view: View) -> View:
    """Mark a POST view that shows its page again, with all that was typed, where only the language is changed."""
    setattr(view, _PRESERVES, True)
    return view


def is_language_change() -> bool:
    """Whether the present request only asks for its page in another language."""
    return "language_choice" in g


def init_app(app: Flask) -> None:
    """Let every page speak the language of its reader. Comes after the guard that a form is ours."""
    app.register_blueprint(blueprint)
    app.before_request(_take_choice)
    app.after_request(_keep_choice)
    app.jinja_env.finalize = _mark_untranslated
    app.jinja_env.filters["plain"] = str


def _take_choice() -> BaseResponse | None:
    """Note the language asked for; unless the view keeps what was typed, open the page again."""
    if request.method != "POST" or request.endpoint is None or request.blueprint == PROGRAMS:
        return None
    chosen = request.form.get(LANGUAGE_FIELD, "")
    if chosen not in current_service().languages:
        return None
    g.language_choice = chosen
    g.pop("spoken", None)
    view = current_app.view_functions.get(request.endpoint or "")
    if request.endpoint == "locale.change" or getattr(view, _PRESERVES, False):
        return None
    return redirect(present_page() or url_for("start.start"), 303)


def _keep_choice(response: Response) -> Response:
    if is_language_change():
        settings = current_service().settings
        response.set_cookie(
            language_cookie(settings.https),
            g.language_choice,
            max_age=MAX_AGE,
            secure=settings.https,
            httponly=True,
            samesite="Lax",
            path="/",
        )
    return response


@blueprint.post("/language")
def change() -> BaseResponse:
    """Open the page again from which the language was changed, or the start page."""
    back = request.form.get("back", "")
    if has_control_symbols(back):
        abort(400)
    return redirect(own_page(back) or url_for("start.start"), 303)


def _mark_untranslated(value: object) -> object:
    """A text that stands in for a missing translation says which language it is in, for screen readers."""
    if isinstance(value, Untranslated):
        return Markup('<span lang="{}">{}</span>').format(value.language, escape(str(value)))
    return value
