"""Hostile texts in names and notes, looked for inside the PDF and JSON exports."""

from __future__ import annotations

import io
import json
import re
import zlib
from zipfile import ZipFile

import pytest
from flask import Flask

from screening.storage.accounts.staff import Role
from tests.hostile.naughty import sendable
from tests.support.desk import Desk, signed_in
from tests.support.pdf import words_of
from tests.support.sharing import CONTACT, open_form, send
from tests.support.web import Web
from tests.support.web_fixtures import make_app

HOSTILE = (
    '<script>alert("planted")</script>',
    '<img src="file:///etc/passwd"><a href="file:///etc/passwd">planted</a>',
    "{{ planted.__class__ }}{% include 'x' %}",
    ") Tj ET /S /JavaScript /JS (planted) endobj",
    '","planted":"yes","x":"\\u0000',
    "\u202eplanted\u2066",
)
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


@pytest.mark.slow
def test_names_and_notes_stand_in_no_export(served: Flask) -> None:
    for text in HOSTILE:
        web = Web(served)
        open_form(web)
        send(web, {**CONTACT, "name": sendable(text)[:40], "note": sendable(text)[:300]})
    desk = signed_in(served, Role.COORDINATOR)
    content = exported(desk, "json")
    assert len(json.loads(content)) == len(HOSTILE)
    assert b"planted" not in content
    for pdf in pdfs_of(desk):
        assert "planted" not in words_of(pdf)
        assert not [mark for mark in (b"planted", *ACTIVE) if mark in inside(pdf)]
