"""The addresses under `/api/v1`: each operation with its view, and every error as a problem."""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import HTTPException

from screening.api.access import guard
from screening.api.operation import PREFIX
from screening.api.operations import offered
from screening.api.problems import ProblemError, problem_response
from screening.api.reference import with_code
from screening.api.views import VIEWS
from screening.config.settings import Settings
from screening.documents.workers import BusyError, FilesBusyError
from screening.forms.uploads import takes_file
from screening.logs.failure import failure_of
from screening.runtime import FILES_RETRY_AFTER, PROGRAMS, RETRY_AFTER
from screening.storage.store import NOT_USABLE

log = logging.getLogger(__name__)
_TITLES = {
    400: ("request", "The request cannot be read"),
    404: ("not_found", "There is no such address"),
    405: ("method", "This address does not take this method"),
    413: ("too_large", "Too much was sent"),
    415: ("media_type", "The body is of another media type"),
}


def api_blueprint(settings: Settings) -> Blueprint:
    """Every address for programs that these settings offer."""
    blueprint = Blueprint(PROGRAMS, __name__, url_prefix=PREFIX)
    blueprint.before_request(guard)
    blueprint.add_app_template_filter(with_code, "code")
    for operation in offered(settings):
        view = _view(VIEWS[operation.id], operation.most)
        blueprint.add_url_rule(_route(operation.path), operation.id, view, methods=[operation.method])
    blueprint.register_error_handler(ProblemError, problem_response)
    blueprint.register_error_handler(HTTPException, http_problem)
    blueprint.register_error_handler(FilesBusyError, _files_busy)
    blueprint.register_error_handler(BusyError, _busy)
    for reason in NOT_USABLE:
        blueprint.register_error_handler(reason, _not_usable)
    blueprint.register_error_handler(Exception, failed)
    return blueprint


def _route(path: str) -> str:
    """A path as Flask writes it."""
    return path.replace("{", "<").replace("}", ">")


def _view(view: Callable[..., Response], most: int) -> Callable[..., Response]:
    """A view of its own for one address, with the size of its bodies."""

    def answer(**parts: str) -> Response:
        return view(**parts)

    return takes_file(most)(answer)


def is_for_programs() -> bool:
    """Whether the present request was sent to an address for programs, one that is not there included."""
    return PROGRAMS in current_app.blueprints and f"{request.path}/".startswith("/api/")


def http_problem(error: HTTPException) -> Response:
    """What the framework refuses, as a problem; with its `Allow` where that is what it says."""
    status = error.code or 500
    code, title = _TITLES.get(status, ("request", "The request cannot be answered"))
    headers = {name: value for name, value in error.get_headers() if name == "Allow"}
    return problem_response(ProblemError(status, code, title, headers=headers))


def _busy(_error: BusyError) -> Response:
    title = "Many PDFs are being made"
    return problem_response(ProblemError(503, "busy", title, headers={"Retry-After": "5"}))


def _files_busy(_error: FilesBusyError) -> Response:
    return problem_response(ProblemError(429, "busy", "Many files are being looked at", headers=FILES_RETRY_AFTER))


def _not_usable(error: Exception) -> Response:
    log.error("the store cannot be used in %s: %s", request.endpoint, error)
    return problem_response(ProblemError(503, "store", "Not possible just now", headers=RETRY_AFTER))


def failed(error: Exception) -> Response:
    """A mistake of ours."""
    log.error("unexpected error in %s: %s", request.endpoint, failure_of(error))
    return problem_response(ProblemError(500, "ours", "Something went wrong", detail="This is our mistake."))
