"""Programs that read what people shared: off by default, as a role, audited, and never as if the clinic opened it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from screening.cli import main
from screening.config.reading import read_settings
from screening.config.settings import SettingsError
from screening.fhir.checks import bundle_mistakes
from screening.runtime import EXTENSION
from screening.storage.audit.verification import entries
from screening.storage.database.schema import event, submission
from screening.storage.store import Store
from screening.storage.submissions.record.records import open_submission
from tests.api.asking import Asking, read
from tests.support.sharing import CONTACT, Receipt, identity_of, shared, visiting_restricted
from tests.support.web import Web
from tests.support.web_fixtures import make_app, settings_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="module")
def reading_app(folder: Path) -> Iterator[Flask]:
    app = make_app(folder, api="keys", api_submissions="1", api_per_minute="1000000")
    yield app
    app.extensions[EXTENSION].store.database.engine.dispose()


@pytest.fixture(scope="module")
def receipt(reading_app: Flask) -> Receipt:
    return shared(Web(reading_app))


@pytest.fixture(scope="module")
def store(reading_app: Flask) -> Store:
    found: Store = reading_app.extensions[EXTENSION].store
    return found


def call(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["api-keys", *arguments], env=settings_of(folder, api="keys"))


@pytest.fixture(scope="module")
def reader(reading_app: Flask, folder: Path) -> Asking:
    issued = call(folder, "issue", "records", "--scope", "submissions", "--role", "clinician", "--network", "127.0.0.1")
    assert issued.exit_code == 0, issued.output
    return Asking(reading_app.test_client(), {"Authorization": f"Bearer {issued.stdout.strip()}"})


def state_of(store: Store) -> list[Any]:
    """All that the database holds of submissions and of what happened to them."""
    with store.reading() as transaction:
        return [
            *transaction.connection.execute(select(submission)).all(),
            *transaction.connection.execute(select(event)).all(),
        ]


def test_it_is_read_with_its_outcome_and_nothing_of_it_is_changed(
    reader: Asking, receipt: Receipt, store: Store
) -> None:
    before = state_of(store)
    listed = read(reader.get("/submissions"))
    assert receipt.code in [row["code"] for row in listed["submissions"]]
    assert listed["next"] is None
    one = reader.get(f"/submissions/{receipt.code}")
    told = read(one)
    assert told["opened_by_clinic"] is False
    (version,) = told["versions"]
    assert version["outcome"]["category"] == told["category"]
    assert version["answers"]["age"]
    assert version["not_advice"]
    assert version["review"]["notice"]
    for secret in (CONTACT["name"], CONTACT["note"], "123456789", "12-345", receipt.phrase):
        assert secret not in one.text
    assert state_of(store) == before
    last = listed["submissions"][-1]["code"]
    assert read(reader.get(f"/submissions?after={last}"))["submissions"] == []
    paths = read(reader.get("/openapi.json"))["paths"]
    (parameter,) = paths["/api/v1/submissions/{code}"]["get"]["parameters"]
    assert re.search(parameter["schema"]["pattern"], receipt.code)


def test_its_document_of_fhir_is_read_as_it_is(reader: Asking, receipt: Receipt, store: Store) -> None:
    before = state_of(store)
    answered = reader.get(f"/fhir/submissions/{receipt.code}")
    assert (answered.status_code, answered.mimetype) == (200, "application/fhir+json")
    assert bundle_mistakes(read(answered)) == []
    for secret in (CONTACT["name"], CONTACT["note"], "123456789", receipt.phrase, receipt.code):
        assert secret not in answered.text
    assert reader.get("/fhir/submissions/AAA-AAA-AAA").status_code == 404
    assert state_of(store) == before
    with store.reading() as transaction:
        assert [entry.action for entry in entries(transaction, newest=1)] == ["program_read"]


def test_each_reading_is_in_the_audit_before_it_leaves(
    reader: Asking, receipt: Receipt, store: Store, folder: Path
) -> None:
    lines = len(read(reader.get("/submissions"))["submissions"])
    reader.get(f"/submissions/{receipt.code}")
    with store.reading() as transaction:
        latest = list(entries(transaction, newest=2))
    assert [entry.action for entry in latest] == ["program_read", "program_listed"]
    assert all(entry.actor.startswith("key:") for entry in latest)
    printed = CliRunner().invoke(main, ["audit", "--newest", "2"], env=settings_of(folder)).output
    assert "The program records read it. Nobody at the clinic has opened it by that." in printed
    assert f"The program records read the list of submissions (number of lines: {lines})." in printed


@pytest.mark.parametrize("code", ["AAA-AAA-AAA", "nothing", "234-679-ACD", "x" * 200])
def test_what_is_not_there_is_told_alike_whatever_the_reason(reader: Asking, receipt: Receipt, code: str) -> None:
    for path in (f"/submissions/{code}", f"/submissions?after={code}"):
        response = reader.get(path)
        assert response.status_code == 404
        assert read(response)["title"] == "There is no such submission to read"


def test_what_is_taken_back_is_not_read_any_more(reading_app: Flask, reader: Asking) -> None:
    web = Web(reading_app)
    receipt = shared(web)
    assert reader.get(f"/submissions/{receipt.code}").status_code == 200
    web.get("/status")
    web.submit({"code": receipt.code, "phrase": receipt.phrase})
    web.get("/status/withdraw")
    web.submit()
    assert reader.get(f"/submissions/{receipt.code}").status_code == 404


def test_what_somebody_asked_to_be_deleted_is_not_read(reading_app: Flask, reader: Asking) -> None:
    restricted = visiting_restricted(Web(reading_app))
    assert reader.get(f"/submissions/{restricted.code}").status_code == 404
    assert restricted.code not in reader.get("/submissions").text


def test_a_key_without_the_scope_or_a_role_reads_nothing(reading_app: Flask, folder: Path) -> None:
    for arguments in (
        ("--scope", "submissions"),
        ("--scope", "rules", "--role", "clinician"),
    ):
        refused = call(folder, "issue", "half", *arguments, "--network", "127.0.0.1")
        assert refused.exit_code == 1
        assert "belong together" in refused.output
    assert call(folder, "issue", "m", "--scope", "submissions", "--role", "manager", "--network", "::1").exit_code == 2
    rules = call(folder, "issue", "rules", "--scope", "rules", "--network", "127.0.0.1").stdout.strip()
    assert (
        Asking(reading_app.test_client(), {"Authorization": f"Bearer {rules}"}).get("/submissions").status_code == 403
    )
    assert Asking(reading_app.test_client()).get("/submissions").status_code == 401


def test_it_is_not_there_unless_it_is_switched_on(api: Asking, tmp_path: Path) -> None:
    assert api.get("/submissions").status_code == 404
    assert "/api/v1/submissions" not in read(api.get("/openapi.json"))["paths"]
    with pytest.raises(SettingsError, match="only who has a key may read"):
        read_settings(settings_of(tmp_path, api="local", api_submissions="1"))


def test_who_sends_is_told_that_programs_read_and_only_then_they_do(
    reading_app: Flask, reader: Asking, folder: Path
) -> None:
    web = Web(reading_app)
    told = shared(web)
    with reading_app.extensions[EXTENSION].store.reading() as transaction:
        contact = open_submission(transaction, identity_of(transaction, told)).contact
    assert contact["consents"][0]["text"].endswith("may read these answers, its staff and its programs.")
    assert any("What these programs keep is not deleted here." in term for term in contact["terms"])
    silent = make_app(folder)
    not_told = shared(Web(silent))
    silent.extensions[EXTENSION].store.database.engine.dispose()
    assert reader.get(f"/submissions/{told.code}").status_code == 200
    assert reader.get(f"/submissions/{not_told.code}").status_code == 404
    assert not_told.code not in reader.get("/submissions").text
