"""Programs with keys: each is let in for its scopes, from its network, until it is revoked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from screening.cli import main
from screening.config.reading import read_settings
from screening.config.settings import SettingsError
from screening.runtime import EXTENSION
from tests.api.asking import PROBLEM, Asking, read
from tests.support.web_fixtures import make_app, settings_of

NETWORK = "127.0.0.0/8"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="module")
def keys_app(folder: Path) -> Iterator[Flask]:
    app = make_app(folder, api="keys", api_per_minute="1000000")
    yield app
    app.extensions[EXTENSION].store.database.engine.dispose()


def call(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["api-keys", *arguments], env=settings_of(folder, api="keys"))


def issue(folder: Path, name: str, *scopes: str, network: str = NETWORK) -> str:
    chosen = [part for scope in scopes for part in ("--scope", scope)]
    result = call(folder, "issue", name, *chosen, "--network", network)
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def asking(app: Flask, key: str) -> Asking:
    return Asking(app.test_client(), {"Authorization": f"Bearer {key}"})


def test_a_program_is_let_in_for_its_scopes_alone(keys_app: Flask, folder: Path) -> None:
    ward = asking(keys_app, issue(folder, "ward", "evaluate"))
    assert ward.evaluate({"age": 54})["category"] == "unclear"
    refused = ward.get("/questions")
    assert (refused.status_code, refused.mimetype) == (403, PROBLEM)
    assert "rules" in read(refused)["detail"]
    assert ward.post("/verify", b"%PDF-", "application/pdf").status_code == 403
    both = asking(keys_app, issue(folder, "both", "rules", "verify"))
    assert both.get("/questions").status_code == 200
    assert both.post("/evaluate", {"answers": {"age": 54}}).status_code == 403


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer ", "Bearer screening_", "Basic YTpi", "Bearer " + "a" * 53])
def test_nobody_is_let_in_without_a_key(keys_app: Flask, sent: str) -> None:
    response = Asking(keys_app.test_client(), {"Authorization": sent}).get("/rule-set")
    assert (response.status_code, response.mimetype) == (401, PROBLEM)
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert Asking(keys_app.test_client()).get("/openapi.json").status_code == 200
    page = Asking(keys_app.test_client()).get("/reference").text
    assert "Authorization: Bearer" in page


def test_a_key_from_another_network_is_refused(keys_app: Flask, folder: Path) -> None:
    elsewhere = asking(keys_app, issue(folder, "elsewhere", "rules", network="192.0.2.0/24"))
    assert elsewhere.get("/rule-set").status_code == 403
    client = keys_app.test_client()
    answered = client.get("/api/v1/rule-set", headers=elsewhere.headers, environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert answered.status_code == 200


def test_a_revoked_key_is_refused_from_the_next_request_on(keys_app: Flask, folder: Path) -> None:
    program = asking(keys_app, issue(folder, "lab", "rules"))
    assert program.get("/rule-set").status_code == 200
    listed = next(line for line in call(folder, "list").output.splitlines() if line.startswith("lab\t"))
    assert listed.startswith("lab\trules\t127.0.0.0/8\t")
    assert listed.endswith("\tactive")
    assert "never used" not in listed
    assert call(folder, "revoke", "lab").output == "lab has no key any more.\n"
    assert program.get("/rule-set").status_code == 401
    assert "\trevoked" in call(folder, "list").output
    assert call(folder, "revoke", "lab").exit_code == 1
    told = CliRunner().invoke(main, ["audit", "verify"], env=settings_of(folder))
    assert told.exit_code == 0, told.output


def test_each_key_has_a_limit_of_its_own(folder: Path) -> None:
    app = make_app(folder, api="keys", api_per_minute="2")
    one, other = (asking(app, issue(folder, name, "rules")) for name in ("one", "other"))
    assert [one.get("/rule-set").status_code for _ in range(3)] == [200, 200, 429]
    assert other.get("/rule-set").status_code == 200
    nobody = Asking(app.test_client())
    assert [nobody.get("/rule-set").status_code for _ in range(3)] == [401, 401, 429]
    app.extensions[EXTENSION].store.database.engine.dispose()


def test_a_key_has_one_limit_whichever_process_answers(folder: Path) -> None:
    processes = [make_app(folder, api="keys", api_per_minute="3") for _ in range(2)]
    key = issue(folder, "spread", "rules")
    answered = [asking(processes[number % 2], key).get("/rule-set") for number in range(5)]
    assert [response.status_code for response in answered] == [200, 200, 200, 429, 429]
    assert 0 < int(answered[-1].headers["Retry-After"]) <= 20
    for flask in processes:
        flask.extensions[EXTENSION].store.database.engine.dispose()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("issue", "a", "--scope", "rules", "--network", "10.0.0.1/8"), "10.0.0.1/8 is no network"),
        (("issue", "", "--scope", "rules", "--network", NETWORK), "Give a name"),
        (("issue", "x" * 81, "--scope", "rules", "--network", NETWORK), "Give a name"),
        (("revoke", "nobody"), "There is no key of the name nobody"),
    ],
)
def test_what_is_wrong_is_said(folder: Path, keys_app: Flask, arguments: tuple[str, ...], said: str) -> None:
    result = call(folder, *arguments)
    assert result.exit_code == 1
    assert said in result.output


def test_a_name_is_given_to_one_key_that_counts(folder: Path, keys_app: Flask) -> None:
    issue(folder, "pharmacy", "rules")
    again = call(folder, "issue", "pharmacy", "--scope", "rules", "--network", NETWORK)
    assert again.exit_code == 1
    assert "pharmacy has a key already" in again.output


def test_keys_need_a_store_and_are_never_sent_in_the_open(tmp_path: Path) -> None:
    bare = settings_of(tmp_path, api="keys", demonstration="0")
    with pytest.raises(SettingsError, match="there is none before sharing is set up"):
        read_settings(bare)
    with pytest.raises(SettingsError, match="Set SCREENING_HTTPS to 1"):
        read_settings({**bare, "SCREENING_HOST": "0.0.0.0"})


def test_the_document_says_that_a_key_is_asked_for(keys_app: Flask, api: Asking) -> None:
    document = read(Asking(keys_app.test_client()).get("/openapi.json"))
    assert document["components"]["securitySchemes"] == {"key": {"type": "http", "scheme": "bearer"}}
    assert document["paths"]["/api/v1/evaluate"]["post"]["security"] == [{"key": ["evaluate"]}]
    assert "securitySchemes" not in read(api.get("/openapi.json"))["components"]
