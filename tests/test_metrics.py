"""Metrics for operators: nobody reads them without the token, they say how the service does, and nothing of anybody."""

from __future__ import annotations

import http.client
import re
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from screening.config.notifications import NoticeEvent
from screening.config.settings import SettingsError
from screening.documents.workers import Became
from screening.monitoring.meters import Pool
from screening.runtime import EXTENSION, Service
from screening.storage.database.clock import now
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.person.pace import Slowed
from screening.storage.submissions.record.records import change, open_submission
from screening.storage.upkeep.last_backup import note_backup
from tests.browser.conftest import serving
from tests.support.sharing import CONTACT, identity_of, shared
from tests.support.web import Web
from tests.support.web_fixtures import make_app

TOKEN = "a-token-of-more-than-32-characters-for-tests"
Samples = Mapping[tuple[str, frozenset[tuple[str, str]]], float]
"""Values by name and labels."""


def token_file(folder: Path, content: str = TOKEN, mode: int = 0o600) -> str:
    """A file with a token; its path."""
    path = folder / "metrics.token"
    path.write_text(content + "\n")
    path.chmod(mode)
    return str(path)


@pytest.fixture
def watched(tmp_path: Path) -> Flask:
    """An application that somebody watches."""
    return make_app(tmp_path, metrics_token=token_file(tmp_path))


def exposition(app: Flask) -> str:
    """What is read with the token."""
    response = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    assert response.content_type.startswith("text/plain; version=0.0.4")
    return response.text


def samples(text: str) -> Samples:
    """Every sample, but for when a series began, which the library adds."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith("_created")
    }


def value(text: str, name: str, **labels: str) -> float:
    return samples(text)[name, frozenset(labels.items())]


def store_of(app: Flask) -> Store:
    service: Service = app.extensions[EXTENSION]
    assert service.store is not None
    return service.store


# --- who reads them ---


def test_without_a_token_in_the_settings_there_is_no_such_page(tmp_path: Path) -> None:
    client = make_app(tmp_path).test_client()
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 404


@pytest.mark.parametrize(
    "sent",
    ["", TOKEN, f"Basic {TOKEN}", "Bearer", "Bearer ", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x", "Bearer \u00e9"],
)
def test_nobody_reads_them_without_the_token(watched: Flask, sent: str) -> None:
    response = watched.test_client().get("/metrics", headers={"Authorization": sent})
    assert (response.status_code, response.text) == (401, "not allowed\n")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        ("short", 0o600, "32 characters or more"),
        ("", 0o600, "32 characters or more"),
        (f"{TOKEN} {TOKEN}", 0o600, "without spaces"),
        (TOKEN, 0o644, "others can read it; run: chmod 600"),
    ],
)
def test_a_token_that_protects_nothing_keeps_it_from_starting(
    tmp_path: Path, content: str, mode: int, said: str
) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        make_app(tmp_path, metrics_token=token_file(tmp_path, content, mode))
    assert "SCREENING_METRICS_TOKEN" in str(caught.value)
    assert not content or content not in str(caught.value).replace(str(tmp_path), "")


def test_a_token_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: No such file or directory"):
        make_app(tmp_path, metrics_token=str(tmp_path / "none"))


# --- what they say ---


def test_requests_are_counted_by_the_name_of_the_view_and_the_class_of_the_status(watched: Flask) -> None:
    client = watched.test_client()
    for _ in range(3):
        client.get("/about")
    client.get("/questions/age")
    for path in ("/nowhere", "/\x01", "/questions/secret-of-mine"):
        client.get(path)
    client.get("/about", headers={"Host": "x" * 300})
    text = exposition(watched)
    count = "screening_request_seconds_count"
    assert value(text, count, route="start.about", status="2xx") == 3
    assert value(text, count, route="questions.question", status="3xx") == 1
    assert value(text, count, route="none", status="4xx") >= 1
    assert 0 < value(text, "screening_request_seconds_sum", route="start.about", status="2xx") < 600
    assert "secret-of-mine" not in text


def test_every_series_that_is_watched_for_begins_with_0(watched: Flask) -> None:
    text = exposition(watched)
    for pool in Pool:
        assert value(text, "screening_work_waiting", pool=pool) == 0
        for became in Became:
            assert value(text, "screening_work_total", pool=pool, became=became) == 0
    for by in Slowed:
        assert value(text, "screening_sharing_slowed_total", by=by) == 0
    for event in NoticeEvent:
        for state in ("waiting", "failed"):
            assert value(text, "screening_notices", event=event, state=state) == 0
    for name in ("promises_passed", "clock_disagrees", "deletion_held", "sharing_turns_this_hour"):
        assert value(text, f"screening_{name}") == 0
    assert value(text, "screening_store_usable") == 1
    assert "screening_last_backup_timestamp_seconds" not in text


def test_pdfs_and_files_are_counted_by_what_became_of_them(watched: Flask) -> None:
    service: Service = watched.extensions[EXTENSION]
    service.workers.run(len, "abc")
    service.file_workers.run_for("203.0.113.7", len, "abc")
    text = exposition(watched)
    for pool in Pool:
        assert value(text, "screening_work_total", pool=pool, became="done") == 1
        assert value(text, "screening_work_waiting", pool=pool) == 0
    service.workers.close()
    service.file_workers.close()


def test_what_stands_in_the_store_is_told(watched: Flask) -> None:
    web, store = Web(watched), store_of(watched)
    receipt = shared(web)

    def let_it_wait(transaction: StoreTransaction) -> None:
        submission = open_submission(transaction, identity_of(transaction, receipt))
        change(transaction, submission, promised_at=now() - timedelta(days=1))
        note_backup(transaction)

    store.write(let_it_wait)
    text = exposition(watched)
    assert value(text, "screening_promises_passed") == 1
    assert value(text, "screening_sharing_turns_this_hour") in (0, 1)  # 0 where an hour of the clock just began
    assert value(text, "screening_sharing_turns_hourly") == 1_000_000
    assert abs(value(text, "screening_last_backup_timestamp_seconds") - now().timestamp()) < 600


def test_a_database_that_cannot_be_used_is_told_and_all_else_still_is(watched: Flask) -> None:
    store = store_of(watched)
    store.database.file.rename(store.database.file.with_name("elsewhere"))
    text = exposition(watched)
    assert value(text, "screening_store_usable") == 0
    assert "screening_promises_passed" not in text
    assert value(text, "screening_work_total", pool=Pool.PDFS, became=Became.DONE) == 0


def test_where_nothing_is_shared_there_are_metrics_without_a_store(tmp_path: Path) -> None:
    app = make_app(tmp_path, demonstration="0", mode="match", metrics_token=token_file(tmp_path))
    text = exposition(app)
    assert "screening_store_usable" not in text
    assert value(text, "screening_work_waiting", pool=Pool.PDFS) == 0


# --- nothing of a person ---


def test_nothing_of_a_person_stands_in_them(watched: Flask) -> None:
    """Whatever people type, ask for and are given: words are looked for, and every label is of a list of the code."""
    web = Web(watched)
    receipt = shared(web, age="47")
    web.get("/result")
    odd = f"odd{secrets.token_hex(8)}"
    for path in (f"/{odd}", f"/questions/{odd}", f"/status/result/{odd}", f"/about?x={odd}"):
        web.client.get(path, headers={"User-Agent": odd, "X-Forwarded-For": "203.0.113.77", "Referer": odd})
    web.client.post("/status", data={"code": receipt.code, "phrase": receipt.phrase})
    web.client.open("/about", method="PROPFIND")
    text = exposition(watched)
    store = store_of(watched)
    with store.reading() as transaction:
        identity = identity_of(transaction, receipt)
        row = open_submission(transaction, identity).row
    assert row.category
    names = re.sub(r"(?m) \S+$", "", text)  # a time may hold any digits
    typed = {CONTACT["note"], *re.findall(r"\w{3,}", CONTACT["name"]), *re.findall(r"\d{3,}", CONTACT["address"])}
    for word in (*typed, receipt.phrase, receipt.code, identity, row.category, odd, "203.0.113.77", "127.0.0.1"):
        assert word not in names
    routes = {*watched.view_functions, "none"}
    lists: dict[str, set[str]] = {
        "route": routes,
        "status": {f"{digit}xx" for digit in range(1, 6)},
        "pool": set(Pool),
        "became": set(Became),
        "by": set(Slowed),
        "event": set(NoticeEvent),
        "state": {"waiting", "failed"},
    }
    for name, labels in samples(text):
        assert name.startswith("screening_"), name
        for label, content in labels:
            assert label == "le" or content in lists[label], (name, label, content)


# --- over all processes ---


@pytest.mark.slow
def test_all_web_processes_are_counted_together(tmp_path: Path) -> None:
    with serving(tmp_path, 2, metrics_token=token_file(tmp_path)) as server:
        port = urlsplit(server.url).port

        def ask(path: str, **headers: str) -> tuple[int, str]:
            connection = http.client.HTTPConnection("127.0.0.1", port or 0)
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            answer = response.status, response.read().decode()
            connection.close()
            return answer

        assert [ask("/about")[0] for _ in range(30)] == [200] * 30
        assert ask("/metrics")[0] == 401
        texts = [ask("/metrics", Authorization=f"Bearer {TOKEN}")[1] for _ in range(6)]
    for text in texts:
        assert value(text, "screening_request_seconds_count", route="start.about", status="2xx") == 30
        assert value(text, "screening_store_usable") == 1
    assert len(list((tmp_path / "metrics").glob("histogram_*.db"))) >= 2
