"""Every page of the service in every state that it can be in, and how a browser gets there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Page

from tests.browser.visiting import proceed
from tests.cases import ONE_OF_EACH, RULES
from tests.person import answer_until, begin, inputs_of, inputs_with
from tests.web import Web

Window = Callable[[Web], Page]


@dataclass(frozen=True)
class State:
    """A path, the answers with which it is opened, and what is done there."""

    path: str
    answers: Mapping[str, str | tuple[str, ...]] | None = None
    """None: nothing was answered."""
    stop: str = "/check"
    """Where the answering stops."""
    submit: bool = False
    """Whether the form is sent as it is, to show its errors."""
    case: str = ""
    """The kind of outcome whose case is answered instead."""


EVERYTHING = {"has_papers": "yes", "lsm": "6.5", "scan_age": "?", "inr": "6", "ast": "1200", "labs_age": "?"}
UNUSUAL = {**EVERYTHING, "bilirubin": "12", "bilirubin_unit": "?"}


def all_states() -> Iterator[tuple[str, State]]:
    """Every state with a name."""
    for path in ("/", "/emergency", "/about", "/read/", "/who", "/delete", "/deleted", "/nothing"):
        yield path, State(path)
    yield "/ with answers", State("/", {}, "/questions/told")
    yield "/who with an error", State("/who", submit=True)
    for article in RULES.rule_set.articles:
        yield f"/read/{article.id}", State(f"/read/{article.id}")
    for page in RULES.rule_set.pages:
        path = f"/questions/{page.id}"
        yield path, State(path, EVERYTHING, path)
        if page.id != "doctor_scores":
            yield f"{path} with an error", State(path, EVERYTHING, path, submit=True)
        yield f"{path} answered", State(path, EVERYTHING)
    confirm = "/questions/blood_test/confirm"
    yield confirm, State(confirm, UNUSUAL, confirm)
    yield f"{confirm} with an error", State(confirm, UNUSUAL, confirm, submit=True)
    yield "/help-first now", State("/help-first", {"red_flags": ("collapse",)}, "/help-first")
    yield "/help-first today", State("/help-first", {"red_flags": ("jaundice_fast",)}, "/help-first")
    yield "/help-first for a child", State("/help-first", {"age": "12"}, "/help-first")
    for path in ("/check", "/before-result", "/summary"):
        yield path, State(path, EVERYTHING)
    for kind in ONE_OF_EACH:
        yield f"/result {kind}", State("/result", case=kind)


STATES = dict(all_states())


def answered(app: Flask, state: State, who: str = "me") -> Web:
    """A browser without a window that has given the answers of a state."""
    web = Web(app)
    if state.case:
        begin(web, who)
        answer_until(web, inputs_of(web, ONE_OF_EACH[state.case].answers))
    elif state.answers is not None:
        begin(web, who)
        answer_until(web, inputs_with(web, **state.answers), state.stop)
    return web


def show(page: Page, state: State) -> None:
    """Bring a window into a state."""
    page.goto(state.path)
    if state.submit:
        proceed(page)
        page.locator("#error-summary").wait_for()
