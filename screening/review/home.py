"""The first page after signing in."""

from __future__ import annotations

from flask import Blueprint, render_template

from screening.review.guard import for_staff

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@for_staff
def home() -> str:
    """Greet who signed in."""
    return render_template("review/home.html")
