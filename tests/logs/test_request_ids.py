"""Every request has an id: in a header, on each page that tells of an error, and in the line of the log about it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from screening.app.request_ids import HEADER
from screening.desk.access.guard import for_staff
from screening.logs.records import SafeRecord, TextFormatter
from screening.logs.request_id import request_id
from screening.runtime import EXTENSION
from screening.storage.accounts.staff import Role
from tests.support.desk import signed_in
from tests.support.web import Web
from tests.support.web_fixtures import make_app

ID = re.compile(r"[bcdfghjkmnpqrstvwxz]{5}-[bcdfghjkmnpqrstvwxz]{5}")


@pytest.fixture
def failing(tmp_path: Path) -> Flask:
    """An application with views that fail, for patients and at the desk."""
    made = make_app(tmp_path)
    made.add_url_rule("/fails", "fails", fails)
    made.add_url_rule("/works/fails", "works", work_fails)
    made.add_url_rule("/desk/fails", "desk.listing.fails", for_staff(fails))
    return made


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """The log as it is written."""
    usual, shown = logging.getLogRecordFactory(), caplog.handler.formatter
    logging.setLogRecordFactory(SafeRecord)
    caplog.handler.setFormatter(TextFormatter())
    yield caplog
    logging.setLogRecordFactory(usual)
    caplog.handler.setFormatter(shown)


def fails() -> str:
    raise RuntimeError("the age is 47")


def work_fails() -> str:
    from flask import current_app  # noqa: PLC0415 - of this request

    current_app.extensions[EXTENSION].workers.run(int, "the age is 47")
    raise AssertionError


@pytest.mark.parametrize(("path", "status"), [("/fails", 500), ("/nothing", 404), ("/questions/nothing", 404)])
def test_a_page_that_tells_of_an_error_shows_the_id_of_its_request(failing: Flask, path: str, status: int) -> None:
    web = Web(failing)
    seen = set()
    for _ in range(3):
        page = web.get(path, status=status)
        seen.add(page.one("code").text)
        assert "please give this reference" in page.text
    assert len(seen) == 3
    assert all(ID.fullmatch(identity) for identity in seen)


def test_the_same_id_stands_on_the_page_in_the_header_and_in_the_log(
    failing: Flask, lines: pytest.LogCaptureFixture
) -> None:
    response = Web(failing).raw("/fails")
    identity = response.headers[HEADER]
    assert ID.fullmatch(identity)
    assert f'<code translate="no">{identity}</code>' in response.text
    first, kind, *frames = lines.text.splitlines()
    assert first.endswith(f"ERROR screening.app.errors [{identity}]: unexpected error in fails: RuntimeError")
    assert kind == "  RuntimeError"
    assert re.fullmatch(r"    flask/app\.py:\d+ in full_dispatch_request", frames[0])
    assert re.fullmatch(r"    tests/logs/test_request_ids\.py:\d+ in fails", frames[-1])
    assert "47" not in re.sub(r":\d+", "", lines.text[30:])


def test_work_that_fails_in_another_process_is_told_by_its_places_there(
    failing: Flask, lines: pytest.LogCaptureFixture
) -> None:
    response = Web(failing).raw("/works/fails")
    failing.extensions[EXTENSION].workers.close()
    assert response.headers[HEADER] in lines.text
    assert "work for works failed: ValueError" in lines.text
    assert re.search(r"    screening/documents/workers\.py:\d+ in _outcome", lines.text)
    assert "the age" not in lines.text


@pytest.mark.slow
def test_the_desk_shows_it_too(failing: Flask) -> None:
    desk = signed_in(failing, Role.COORDINATOR)
    for path, status in (("/desk/submissions/nothing", 410), ("/desk/fails", 500)):
        page = desk.get(path, status=status)
        assert ID.fullmatch(page.one("code").text), path
        assert "whoever looks after the service" in page.text


def test_what_a_browser_or_a_proxy_calls_a_request_is_not_taken_over(failing: Flask) -> None:
    response = Web(failing).client.get("/fails", headers={HEADER: "my-age-is-47", "X-Correlation-Id": "47"})
    assert "my-age-is-47" not in response.text
    assert ID.fullmatch(response.headers[HEADER])
    response.close()
    assert request_id() == ""


def test_every_response_has_one_of_its_own(failing: Flask) -> None:
    web = Web(failing)
    ids = [web.raw(path).headers.get_all(HEADER) for path in ("/", "/nothing", "/readyz", "/static/style.css", "/")]
    assert all(len(identity) == 1 and ID.fullmatch(identity[0]) for identity in ids)
    assert len({identity[0] for identity in ids}) == len(ids)
