"""What came since the list was opened: a number, asked for by the list's script; the list itself never changes."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, abort, jsonify, request

from screening.desk.access.current_request import current_language, current_store
from screening.desk.access.guard import READERS, for_roles, unattended
from screening.desk.narrowing.filters import list_request
from screening.storage.submissions.desk_list.listing import came_since

blueprint = Blueprint("arrivals", __name__)


@blueprint.get("/arrivals")
@unattended
@for_roles(*READERS)
def count() -> Response:
    """How many fit the filters and came after the second `since` (since 1970), in words; empty where none did."""
    try:
        since = datetime.fromtimestamp(int(request.args["since"]), UTC)
    except (ValueError, OverflowError, OSError):
        abort(400)
    with current_store().reading() as transaction:
        number = came_since(transaction, list_request().filters, since)
    words = current_language().ngettext("%(number)s new: show", "%(number)s new: show", number)
    return jsonify(words=words if number else "")
