"""Hostile texts in names and notes, looked for inside the PDF and JSON exports."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from screening.storage.accounts.staff import Role
from screening.storage.database.schema import submission
from screening.wording.sharing.contact import MAX_NAME, MAX_NOTE
from tests.hostile.naughty import sendable
from tests.support.desk import Desk, signed_in
from tests.support.desk_submissions import assess_case, clear
from tests.support.desk_submissions import send as send_judged
from tests.support.pdf import words_of
from tests.support.sharing import HELPER, open_form, send
from tests.support.web import Web
from tests.support.web_fixtures import make_app

HOSTILE = (
    '<script>alert("zkqplant")</script>',
    '<img src="file:///etc/passwd"><a href="file:///etc/passwd">zkqplant</a>',
    "{{ zkqplant.__class__ }}{% include 'x' %}",
    ") Tj ET /S /JavaScript /JS (zkqplant) endobj",
    '","zkqplant":"yes","x":"\\u0000',
    "\u202ezkqplant\u2066",
    '=HYPERLINK("http://zkqplant.example","zkqplant")',
    "+zkqplant|' /C calc'!A0",
    "@zkqplant",
    "/Launch << /S /URI /URI (zkqplant) >> stream\r\nzkqplant\r\nendstream",
    "zkqplant\x07\x1b[31m\x9b",
    "zkqplant" * 100,
)
"""Each holds a word by which it is found again."""
ACTIVE = (b"/JavaScript", b"/JS ", b"/Launch", b"/SubmitForm", b"/OpenAction", b"file:///", b"/RichMedia")
"""What in a PDF does something, or reaches for something."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application of this module's own."""
    return make_app(tmp_path_factory.mktemp("hostile"))


def exported(desk: Desk, kind: str) -> bytes:
    """The file that the page of exports gives."""
    form = desk.get("/desk/export").one("main").one("form")
    token = form.one("input", name="csrf_token")["value"]
    response = desk.raw(form["action"], "POST", {"csrf_token": token, "format": kind})
    if kind == "pdf":
        response = desk.raw(desk.raw(response.headers["Location"]).headers["Refresh"].removeprefix("0; url="))
    content: bytes = response.data
    return content


def inside(pdf: bytes) -> bytes:
    """The objects of a PDF, its packed ones unpacked, but without the text that is drawn on its pages."""
    pieces = [pdf]
    for match in re.finditer(rb"stream\r?\n", pdf):
        try:
            content = zlib.decompressobj().decompress(pdf[match.end() :])
        except zlib.error:
            continue
        if b" Tf" not in content and not content.startswith(b"{"):
            pieces.append(content)
    return b"\n".join(pieces)


def pdfs_of(desk: Desk) -> list[bytes]:
    with ZipFile(io.BytesIO(exported(desk, "pdf"))) as archive:
        return [archive.read(name) for name in archive.namelist() if name.endswith(".pdf")]


@pytest.fixture
def desk(served: Flask) -> Iterator[Desk]:
    """A coordinator where nothing was sent yet."""
    signed = signed_in(served, Role.COORDINATOR)
    clear(signed.store)
    yield signed
    clear(signed.store)


@pytest.mark.slow
def test_names_and_notes_stand_in_no_export(served: Flask, desk: Desk) -> None:
    """Those of the person, of a helper, and of staff."""
    texts = [sendable(text) for text in HOSTILE]
    thirds = list(zip(texts[::3], texts[1::3], texts[2::3], strict=True))
    for name, helper, note in thirds:
        web = Web(served)
        open_form(web, "helper")
        send(web, {**HELPER, "name": name[:MAX_NAME], "helper_name": helper[:MAX_NAME], "note": note[:MAX_NOTE]})
    with desk.store.reading() as transaction:
        sent = transaction.connection.execute(select(submission.c.id)).scalars().all()
    for identity, texts_of_staff in zip(sent, thirds, strict=True):
        for text in texts_of_staff:
            desk.get(f"/desk/submissions/{identity}")
            desk.submit({"note": text[:MAX_NOTE]}, action="/note")
    content = exported(desk, "json")
    assert len(json.loads(content)) == len(thirds)
    assert b"zkqplant" not in content
    assert b"zkqplant" not in exported(desk, "csv")
    for pdf in pdfs_of(desk):
        assert "zkqplant" not in words_of(pdf)
        assert not [mark for mark in (b"zkqplant", *ACTIVE) if mark in inside(pdf)]


@pytest.mark.slow
def test_hostile_text_that_a_person_was_shown_is_exported_as_text(desk: Desk) -> None:
    """As if it stood among the reasons that were shown: the JSON holds it to the letter, nothing in the PDF acts."""
    rules = desk.service.rules
    record = assess_case(rules, 7)
    part = record.document["parts"]["reasons"]
    items = {**part["blocks"][0], "items": [sendable(text) for text in HOSTILE]}
    parts = {**record.document["parts"], "reasons": {**part, "blocks": [items]}}
    send_judged(desk.store, 1, replace(record, document={**record.document, "parts": parts}))
    (one,) = json.loads(exported(desk, "json"))
    assert one["versions"][0]["document"]["parts"]["reasons"]["blocks"][0]["items"] == items["items"]
    (pdf,) = pdfs_of(desk)
    assert words_of(pdf).count("zkqplant") > len(HOSTILE)
    assert not [mark for mark in (b"(zkqplant)", *ACTIVE) if mark in inside(pdf)]
