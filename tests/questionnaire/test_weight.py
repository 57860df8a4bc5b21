"""How much a page weighs and how hard it is to read, in every state in which a person may see it."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask

from screening.rulefiles.checks.readability import HIGHEST_AGE, reading_age
from tests.browser.states import STATES, answered
from tests.support.every import for_every
from tests.support.page import Element, read_page
from tests.support.web import Web

MAX_STYLE = 12_000
"""Bytes of the compressed stylesheet."""
MAX_PAGE = 17_000
"""Bytes of a page of questions with its stylesheet, as they are sent: under two seconds by 3G (400 kbit/s, 400 ms)."""
SPOKEN = ("p", "li", "h1", "h2", "h3", "dt", "dd", "label", "legend", "summary", "th", "td")


def style_sent(web: Web) -> bytes:
    """The stylesheet as a browser gets it."""
    response = web.client.get("/static/style.css", headers={"Accept-Encoding": "gzip, br"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"] == "Accept-Encoding"
    sent: bytes = response.data
    return sent


def test_the_stylesheet_is_small_and_the_same_with_and_without_compression(web: Web) -> None:
    sent = style_sent(web)
    assert len(sent) < MAX_STYLE
    plain = web.client.get("/static/style.css", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(sent) == plain.data


QUESTIONS = [name for name in STATES if name.startswith("/questions/")]


@for_every("name", QUESTIONS)
def test_a_page_of_questions_is_light(app: Flask, name: str) -> None:
    web = answered(app, STATES[name])
    sent = web.raw(STATES[name].path).data
    assert len(sent) + len(style_sent(web)) < MAX_PAGE


def sentences(page: Element) -> str:
    """What a page says, each heading, item and label as a sentence of its own."""
    spoken_elements = (
        element for element in page.one("main").all(*SPOKEN) if element.text and not element.all(*SPOKEN)
    )
    return " ".join(element.text if element.text[-1] in ".?!:" else f"{element.text}." for element in spoken_elements)


@pytest.mark.slow
@pytest.mark.parametrize("name", STATES)
def test_a_page_can_be_read_at_eleven(app: Flask, name: str) -> None:
    state = STATES[name]
    web = answered(app, state)
    rules = web.service.rules
    text = sentences(read_page(web.raw(state.path).get_data(as_text=True)))
    age = reading_age(text, {term.term for term in rules.rule_set.glossary})
    assert age is None or age <= HIGHEST_AGE, text
