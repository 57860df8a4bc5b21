"""The page that verifies a PDF: what it says of files of this service and of strangers, and that it keeps nothing."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from screening.crypto.certificates import new_certificate
from screening.documents.attachments import MAX_FILE
from screening.forms.uploads import ENVELOPE
from tests.support.page import read_page
from tests.support.person import complete
from tests.support.uploads import form
from tests.support.web import Web
from tests.support.web_fixtures import make_app


@pytest.fixture(scope="module")
def signing_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A deployment that signs."""
    folder = tmp_path_factory.mktemp("instance")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    new_certificate(key, certificate, "A clinic")
    return make_app(folder, signing_key=str(key), signing_certificate=str(certificate))


@pytest.fixture
def signing_web(signing_app: Flask) -> Web:
    """A browser at a deployment that signs."""
    return Web(signing_app)


def sent(web: Web, content: bytes) -> TestResponse:
    """The answer to a file that was chosen or dropped."""
    token = web.reopen("/verify").one("input", name="csrf_token")["value"]
    body = form(content, "x", "summary.pdf", {"csrf_token": token})
    return web.client.post("/verify", data=body, content_type="multipart/form-data; boundary=x", follow_redirects=True)


@pytest.mark.slow
def test_a_pdf_of_this_service_is_known_again_and_its_result_worked_out(signing_web: Web) -> None:
    complete(signing_web)
    assert "The files are signed" in signing_web.get("/summary").text
    content = signing_web.raw("/summary.pdf").data
    assert signing_web.raw("/summary.pdf").data == content
    page = read_page(sent(signing_web, content).text)
    assert "Made by this service, and unchanged" in page.text
    assert "The same: these rules give the result" in page.text
    assert "nobody checked the answers" in page.text


@pytest.mark.slow
def test_a_changed_pdf_is_told_as_changed(signing_web: Web) -> None:
    complete(signing_web)
    content = signing_web.raw("/summary.pdf").data
    changed = content[:5000] + bytes([content[5000] ^ 1]) + content[5001:]
    assert "Do not rely on it" in sent(signing_web, changed).text


@pytest.mark.slow
def test_a_pdf_that_is_not_signed_is_told_as_such(web: Web) -> None:
    complete(web)
    text = sent(web, web.raw("/summary.pdf").data).text
    assert "Not signed" in text
    assert "The same: these rules give the result" in text


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"nothing", b"%PDF-1.7 /ByteRange", bytes(1000)])
def test_another_file_is_told_as_such(web: Web, content: bytes) -> None:
    response = sent(web, content)
    assert response.status_code == 200
    assert "Cannot be read" in response.text


def test_nothing_sent_is_an_error_that_says_what_to_do(web: Web) -> None:
    assert sent(web, b"").status_code == 400
    web.reopen("/verify")
    page = web.submit(status=400)
    assert "Choose the PDF that you want to check." in page.one(id="error-summary").text


@pytest.mark.parametrize("size", [MAX_FILE + 1, MAX_FILE + ENVELOPE, 2 * MAX_FILE])
def test_a_file_over_the_stated_limit_is_refused_in_calm_words(web: Web, size: int) -> None:
    response = sent(web, bytes(size))
    assert response.status_code == 413
    page = read_page(response.text)
    assert page.one("h1").text == "Too much was sent"
    assert "A file may have at most 2 MB here. Nothing was kept." in page.text


def test_a_file_of_the_stated_limit_is_looked_at(web: Web) -> None:
    response = sent(web, b"%PDF-" + b"\r" * (MAX_FILE - 5))
    assert response.status_code == 200
    assert "Not signed" in response.text or "Cannot be read" in response.text


def test_a_file_never_touches_a_disk(web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    token = web.get("/verify").one("input", name="csrf_token")["value"].encode()
    head = b'--x\r\nContent-Disposition: form-data; name="'
    file = head + b'file"; filename="a.pdf"\r\n\r\n%PDF-' + bytes(1024 * 1024)
    body = head + b'csrf_token"\r\n\r\n' + token + b"\r\n" + file + b"\r\n--x--\r\n"
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    response = web.client.post(
        "/verify", data=body, content_type="multipart/form-data; boundary=x", follow_redirects=True
    )
    assert response.status_code == 200
    assert "Cannot be read" in response.text or "Not signed" in response.text


def test_a_form_without_its_token_is_refused(web: Web) -> None:
    data = {"file": (io.BytesIO(b"%PDF-"), "summary.pdf")}
    assert web.client.post("/verify", data=data, content_type="multipart/form-data").status_code == 400


def test_the_schema_of_the_data_is_published_and_nothing_else_is(web: Web) -> None:
    response = web.raw("/schema/summary.schema.json")
    assert response.mimetype == "application/schema+json"
    assert response.json is not None
    assert response.json["$id"] == "summary.schema.json"
    assert web.raw("/schema/liver.yaml").status_code == 404
    assert web.raw("/schema/..%2fliver.yaml").status_code == 404
