"""Hostile texts in what people send, and at the clinic's desk: kept as text, shown as text, never run."""

from __future__ import annotations

import pytest
from flask import Flask

from screening.storage.accounts.staff import Role
from screening.storage.submissions.record.records import find_by_code
from tests.hostile.naughty import STRINGS, sendable
from tests.support.calls import confirm
from tests.support.desk import Desk, signed_in
from tests.support.page import Element, read_page
from tests.support.sharing import CONTACT, open_form, send
from tests.support.submissions import EARLY, UNCLEAR
from tests.support.submissions import send as send_case
from tests.support.web import Web
from tests.support.web_fixtures import make_app

MARKUP = [text for text in STRINGS if "<" in text or "{{" in text or "${" in text or "%(" in text]
"""Those that would do something in a page, a template or a message."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application of this module's own."""
    return make_app(tmp_path_factory.mktemp("hostile"))


@pytest.mark.slow
def test_naughty_strings_in_the_form_that_sends_answers_are_refused_in_words(served: Flask) -> None:
    web = Web(served)
    open_form(web)
    form = web.page.one("form")
    token = form.one("input", name="csrf_token")["value"]
    for text in STRINGS:
        fields = {**dict.fromkeys(CONTACT, sendable(text)), "csrf_token": token}
        response = web.client.post("/share/form", data=fields, base_url=web.base_url)
        assert response.status_code in (303, 400), text
        if response.status_code == 400:
            page = read_page(response.text)
            assert [element["src"].split("?")[0] for element in page.all("script")] == ["/static/idle.js"]
            assert not [name for element in page.walk() for name in element.attributes if name.startswith("on")]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["\n".join(MARKUP)[:300], *MARKUP[:12]])
def test_what_was_typed_is_text_wherever_it_is_shown(served: Flask, text: str) -> None:
    web = Web(served)
    open_form(web)
    receipt = send(web, {**CONTACT, "name": sendable(text)[:40].strip() or "x", "note": sendable(text)[:300]})
    desk = signed_in(served, Role.COORDINATOR)
    desk.get(f"/desk/?code={receipt.code}")  # every page of the desk is checked for what could run
    with desk.store.reading() as transaction:
        row = find_by_code(transaction, receipt.code)
    assert row is not None
    page = desk.get(f"/desk/submissions/{row.id}")
    assert " ".join(sendable(text).split()[:1]) in page.text or not text.strip()


def shown(desk: Desk, path: str) -> Element:
    """A page of the desk, with nothing in it that could run."""
    response = desk.client.get(path, base_url=desk.base_url)
    assert response.status_code == 200
    page = read_page(response.text)
    assert not page.one("body").all("script", "iframe", "embed")
    assert not [name for element in page.walk() for name in element.attributes if name.startswith("on")]
    return page


@pytest.mark.slow
def test_naughty_strings_as_notes_do_nothing_at_the_desk(served: Flask) -> None:
    desk = signed_in(served, Role.COORDINATOR)
    path = f"/desk/submissions/{send_case(desk.store, EARLY).id}"
    for text in STRINGS[::6]:
        form = shown(desk, path).one("form", id="work")
        hidden = {element["name"]: element["value"] for element in form.all("input", type="hidden")}
        typed = {element["name"]: sendable(text) for element in form.all("textarea")}
        response = desk.client.post(f"{path}/note", data={**hidden, **typed}, base_url=desk.base_url)
        assert response.status_code in (200, 400), text
    shown(desk, path)


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/desk/?assignee=nobody", "", "/answers/age", "/deletion", "/desk/export"])
def test_whatever_stands_in_the_fields_of_a_form_of_the_desk_it_is_refused_in_words(served: Flask, path: str) -> None:
    desk = signed_in(served, Role.CLINICIAN)
    own = f"/desk/submissions/{send_case(desk.store, UNCLEAR).id}"
    confirm(desk, own.rsplit("/", 1)[-1])
    page = shown(desk, path if path.startswith("/desk") else own + path)
    names = {element["name"] for element in page.all("input", "textarea", "select")} - {"csrf_token"} | {
        "marked",
        "outcome",
    }
    token = page.one("main").all("input", name="csrf_token")[0]["value"]
    addresses = {element["formaction"] or element["action"] for element in page.one("main").all("form", "button")} - {
        ""
    }
    for address in sorted(addresses):
        for text in ("\x00", "9" * 400, "-1", "told-x/?", "\u202e{{ 7 }}"):
            fields = dict.fromkeys(names, text) | {"csrf_token": token}
            response = desk.client.post(address, data=fields, base_url=desk.base_url)
            assert response.status_code in (200, 303, 400, 403, 404, 405, 409, 429), (address, text)


@pytest.mark.slow
def test_naughty_strings_in_addresses_of_the_desk_lead_to_a_page_in_words(served: Flask) -> None:
    desk = signed_in(served, Role.COORDINATOR)
    for text in STRINGS[::4]:
        sent = sendable(text)
        response = desk.client.get("/desk/", query_string={"code": sent, "state": sent, "after": sent, "section": sent})
        assert response.status_code < 500, text
        response = desk.client.get("/desk/submissions/" + sent.replace("?", "%3F").replace("#", "%23"))
        assert response.status_code in (200, 303, 308, 400, 404, 405, 410), text
