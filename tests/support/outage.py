"""What a person and an operator see while something fails, and that all is well again without anybody's hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import func, select

from screening.runtime import EXTENSION
from screening.storage.database.schema import submission
from screening.storage.store import Store
from screening.wording.language.secret_phrases import phrase_words
from tests.support.sharing import CONTACT, open_form, receipt_on
from tests.support.web import Web, form_values


def without_memory(app: Flask) -> None:
    """Have readiness find out anew, however lately it did."""
    app.extensions.pop("screening readiness", None)


def store_of(app: Flask) -> Store:
    store: Store = app.extensions[EXTENSION].store
    return store


def count(store: Store) -> int:
    with store.reading() as transaction:
        return int(transaction.connection.execute(select(func.count()).select_from(submission)).scalar_one())


def said_and_kept(web: Web) -> None:
    """Press: the page says that it could not be sent, and shows all that was typed."""
    page = web.submit(CONTACT, status=503)
    assert "It could not be sent just now" in page.text
    assert "What you typed is still here" in page.text
    assert CONTACT["name"] in form_values(page.one("form"))["name"]


def pressing_says_so_and_works_afterwards(
    app: Flask, trouble: Callable[[], Iterator[None]], *, status: int = 503
) -> None:
    """A person fills the form in and presses while something is wrong, and again when it is not.

    `status`: of looking up what was sent meanwhile, which some troubles leave possible.
    """
    before = count(store_of(app))
    web = Web(app)
    open_form(web)
    form = web.page
    with contextmanager(trouble)():
        without_memory(app)
        said_and_kept(web)
        refused = web.raw("/readyz")
        assert (refused.status_code, refused.text) == (503, "not ready\n")
        assert refused.headers["Retry-After"] == "30"
        assert web.raw("/healthz").status_code == 200
        web.get("/questions/age")
        web.get("/status")
        page = web.submit({"code": "X2K-MCD-UCA", "phrase": " ".join(phrase_words(bytes(10), "en"))}, status=status)
        assert "your answers are still in your browser" in page.text or status != 503
    assert web.raw("/readyz").text == "ready\n"
    web.page = form
    web.submit(CONTACT)
    assert receipt_on(web.page).code
    assert count(store_of(app)) == before + 1
