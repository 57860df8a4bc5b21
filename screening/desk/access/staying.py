"""How long the session lasts, for the script that warns before its end; and staying, for whoever presses it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from screening.desk.access import current_request
from screening.desk.access.guard import for_staff, unattended
from screening.storage.accounts.sessions import touch_session

blueprint = Blueprint("staying", __name__)


@blueprint.get("/session")
@unattended
@for_staff
def left() -> Response:
    """The seconds until the session is over. Asking prolongs nothing: another window may have been used."""
    return jsonify(seconds=current_request.seconds_left())


@blueprint.post("/session")
@for_staff
def stay() -> Response:
    """Somebody is there: the session lasts on, though not beyond its longest time."""
    value, at = current_request.session_cookie(), current_request.now()
    current_request.current_store().write(lambda transaction: touch_session(transaction, value, at))
    current_request.forget_read_session()
    return jsonify(seconds=current_request.seconds_left())
