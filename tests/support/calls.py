"""Calls as staff make them at the desk: the stored number first, then the word."""

from __future__ import annotations

from screening.storage.database.schema import submission
from screening.storage.store import Store
from tests.support.desk import Desk
from tests.support.page import Element
from tests.support.stores import PAIR


def call(desk: Desk, submission_id: str) -> Element:
    """Call the number that is stored."""
    desk.get(f"/desk/submissions/{submission_id}")
    return desk.submit(action="/dialled")


def say(desk: Desk, word: str, status: int = 200) -> Element:
    """Check a word on the page that is shown."""
    return desk.submit({"word": word}, action="/identity", status=status)


def confirm(desk: Desk, submission_id: str) -> Element:
    """Call, and hear the right word."""
    call(desk, submission_id)
    return say(desk, PAIR.person)


def press(desk: Desk, value: str, fields: dict[str, str] | None = None, status: int = 200) -> None:
    """Press a button of the form of the call, as a browser does: its own address and value."""
    button = desk.page.one(id="try").one("button", value=value)
    desk.submit({"outcome": value, **(fields or {})}, action=button["formaction"], status=status)


def without_pair(store: Store, submission_id: str) -> None:
    """As if it was sent before there were pairs."""
    older = submission.update().where(submission.c.id == submission_id).values(pair_sealed=None)
    store.write(lambda transaction: transaction.connection.execute(older))
