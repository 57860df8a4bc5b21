"""Keys that do something without a modifier: off until somebody switches them on in their browser (WCAG 2.1.4)."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from screening.addresses import endpoint_of, own_page
from screening.desk.access.guard import for_staff
from screening.runtime import current_service

blueprint = Blueprint("single_keys", __name__)
REMEMBERED = 400 * 24 * 60 * 60
"""Seconds: browsers keep nothing longer."""


def are_on() -> bool:
    """Whether this browser asked for them."""
    return request.cookies.get(_name()) == "on"


@blueprint.post("/keys")
@for_staff
def switch() -> BaseResponse:
    """Switch them on or off, and go back to the page."""
    page = request.form.get("next", "")
    target = (own_page(page) or "") if endpoint_of(page).startswith("desk.") else ""
    response = redirect(target or url_for("desk.listing.index"), 303)
    if not isinstance(response, Response):
        raise TypeError
    https = current_service().settings.https
    value = "on" if request.form.get("keys") == "on" else "off"
    response.set_cookie(_name(), value, max_age=REMEMBERED, secure=https, httponly=True, samesite="Strict", path="/")
    return response


def _name() -> str:
    """With https, a name that browsers accept from this host and path alone."""
    return "__Host-keys" if current_service().settings.https else "keys"
