"""Every page of the service in every state that it can be in, and how a browser gets there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.visiting import proceed
from tests.support.cases import ONE_OF_EACH, RULES
from tests.support.person import answer_until, begin, inputs_of, inputs_with
from tests.support.sharing import (
    open_form,
    open_form_again,
    send_again,
    shared,
    taking_back,
    visiting,
    visiting_restricted,
    visiting_too_late,
)
from tests.support.web import Web

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
    """Whether the form is sent as it is, to show its errors, or what else comes of it."""
    comes: str = "#error-summary"
    """What is on the page then."""
    case: str = ""
    """The kind of outcome whose case is answered instead."""
    after: Callable[[Web], object] | None = None
    """What a person has done instead, such as sending their answers."""


EVERYTHING = {"has_papers": "yes", "lsm": "6.5", "scan_age": "?", "inr": "6", "ast": "1200", "labs_age": "?"}
UNUSUAL = {**EVERYTHING, "bilirubin": "12", "bilirubin_unit": "?", "platelets": "112.000", "platelets_unit": "/uL"}


def all_states() -> Iterator[tuple[str, State]]:
    """Every state with a name."""
    for path in ("/", "/emergency", "/about", "/read/", "/who", "/delete", "/deleted", "/nothing", "/verify"):
        yield path, State(path)
    yield "/ with answers", State("/", {}, "/questions/told")
    yield "/who with an error", State("/who", submit=True)
    yield "/verify with an error", State("/verify", submit=True)
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
    not_sure = {"red_flags": ("?",)}
    yield "/help-may-be-needed", State("/help-may-be-needed", not_sure, "/help-may-be-needed")
    yield "/questions/age not sure of a sign", State("/questions/age", not_sure, "/questions/age")
    yield "/check not sure of a sign", State("/check", not_sure)
    for path in ("/check", "/before-result", "/summary"):
        yield path, State(path, EVERYTHING)
    yield "/save", State("/save", EVERYTHING)
    yield "/save with the words", State("/save", EVERYTHING, submit=True, comes=".phrase")
    yield "/open", State("/open")
    yield "/open with an error", State("/open", submit=True)
    yield from sharing_states()
    for kind in ONE_OF_EACH:
        yield f"/result {kind}", State("/result", case=kind)


def sharing_states() -> Iterator[tuple[str, State]]:
    """The pages on which answers are sent to the clinic, and found again."""
    yield "/privacy", State("/privacy")
    yield "/share", State("/share", after=open_form)
    yield "/share/form", State("/share/form", after=open_form)
    yield "/share/form with an error", State("/share/form", submit=True, after=open_form)
    yield "/share/form for another", State("/share/form", after=lambda web: open_form(web, "helper"))
    yield (
        "/share/form for another with an error",
        State("/share/form", submit=True, after=lambda web: open_form(web, "helper")),
    )
    yield "/share/form again", State("/share/form", after=open_form_again)
    yield "/shared", State("/shared", after=shared)
    yield "/shared again", State("/shared", after=send_again)
    yield "/status", State("/status")
    yield "/status with an error", State("/status", submit=True)
    yield "/status/standing", State("/status/standing", after=visiting)
    yield "/status/standing with changed answers", State("/status/standing", after=send_again)
    yield "/status/standing too late", State("/status/standing", after=visiting_too_late)
    yield "/status/standing restricted", State("/status/standing", after=visiting_restricted)
    yield "/status/standing taken back", State("/status/standing", after=taking_back)
    for path in ("/status/result/0", "/status/answers", "/status/reach", "/status/withdraw"):
        yield path, State(path, after=visiting)


STATES = dict(all_states())


def states(quick: Collection[str], every: int = 1) -> pytest.MarkDecorator:
    """Run a test in every state; in these also where only the quick tests run.

    `every`: in one of so many of the others, where states with one template would all show the same fault.
    """
    chosen = [name for place, name in enumerate(STATES) if name in quick or place % every == 0]
    marks = {name: () if name in quick else pytest.mark.slow for name in chosen}
    return pytest.mark.parametrize("name", [pytest.param(name, marks=value) for name, value in marks.items()])


def answered(app: Flask, state: State, who: str = "me") -> Web:
    """A browser without a window that has given the answers of a state."""
    web = Web(app)
    if state.after:
        state.after(web)
    elif state.case or state.answers is not None:
        web.set_cookie(_answers_cookie(app, who, state.case, tuple((state.answers or {}).items()), state.stop))
    return web


@cache
def _answers_cookie(
    app: Flask, who: str, case: str, answers: tuple[tuple[str, str | tuple[str, ...]], ...], stop: str
) -> str:
    """The cookie of somebody who has answered so, page by page; walked once, for many states begin alike."""
    web = Web(app)
    begin(web, who)
    if case:
        answer_until(web, inputs_of(web, ONE_OF_EACH[case].answers))
    else:
        answer_until(web, inputs_with(web, **dict(answers)), stop)
    return web.cookie()


def show(page: Page, state: State) -> None:
    """Bring a window into a state."""
    page.goto(state.path)
    if state.submit:
        proceed(page)
        page.locator(state.comes).wait_for()
