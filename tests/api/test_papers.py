"""Papers made and verified for programs: those of the pages, by the same workers and within the same limits."""

from __future__ import annotations

import pytest
from flask import Flask

from screening.documents.attachments import MAX_FILE
from screening.documents.workers import BusyError
from screening.runtime import EXTENSION
from tests.api.asking import PROBLEM, Asking, read

PDF = "application/pdf"
ANSWERS = {"age": 54, "ascites": "now", "told": "cirrhosis_late"}


@pytest.fixture(scope="module")
def paper(api_app: Flask) -> bytes:
    response = Asking(api_app.test_client()).post("/summary.pdf", {"answers": ANSWERS, "for": "doctor"})
    assert (response.status_code, response.mimetype) == (200, PDF), response.text
    content: bytes = response.data
    return content


def test_a_paper_is_the_one_that_these_answers_make_and_is_verified(api: Asking, paper: bytes) -> None:
    assert paper.startswith(b"%PDF-")
    again = api.post("/summary.pdf", {"answers": {**ANSWERS, "child_pugh": None}, "for": "doctor"})
    assert again.status_code == 200
    verdict = read(api.post("/verify", paper, PDF))
    assert (verdict["seal"], verdict["attached"]) == ("unsigned", "record")
    assert verdict["again"]["same"] is True
    assert verdict["again"]["category"]
    changed = read(api.post("/verify", b"%PDF-1.7 nothing", PDF))
    assert changed["seal"] in ("unsigned", "unreadable")


def test_a_paper_without_data_attaches_nothing(api: Asking) -> None:
    response = api.post("/summary.pdf", {"answers": ANSWERS, "language": "ms", "data": False, "typed_by": "helper"})
    assert response.status_code == 200
    assert read(api.post("/verify", response.data, PDF))["attached"] == "nothing"


def test_what_is_wrong_is_told_before_a_paper_is_made(api: Asking) -> None:
    body = {"answers": {"told": "no"}, "for": "nurse", "language": "ta", "data": 1, "typed_by": None}
    errors = read(api.post("/summary.pdf", body))["errors"]
    pointers = {error["pointer"] for error in errors}
    assert pointers == {"/for", "/language", "/data", "/typed_by", "/answers/told", "/answers/age"}


def test_a_file_over_the_limit_of_the_page_is_refused(api: Asking) -> None:
    assert api.post("/verify", b"%PDF-" + b" " * MAX_FILE, PDF).status_code == 413
    assert api.post("/verify", b"%PDF-", "application/json").status_code == 415


def test_where_too_many_wait_it_is_told_when_to_come_again(
    api: Asking, api_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise BusyError

    monkeypatch.setattr(api_app.extensions[EXTENSION].workers, "run_for", busy)
    response = api.post("/summary.pdf", {"answers": ANSWERS})
    assert (response.status_code, response.mimetype) == (503, PROBLEM)
    assert response.headers["Retry-After"] == "5"
