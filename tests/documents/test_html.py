"""The HTML of a summary: every text in it, none of it as markup."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import Any

from screening.documents.html import summary_html
from screening.wording.document.blocks import Document
from screening.wording.document.paper_blocks import NumberTable
from screening.wording.summary.selection import summary_of
from tests.support.cases import CASES, ENGLISH, ONE_OF_EACH, document_of
from tests.support.every import for_every
from tests.support.page import read_page
from tests.wording.summary.random_documents import texts_in

HOSTILE = "<script>alert('1')</script>\"><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}&amp;]]>"
KEPT = {"id", "kind", "tone", "category", "language", "address"}
"""Members that name something, and are no text for people."""


def made_hostile(something: Any) -> Any:
    """The same with every text for people replaced by one that would like to be markup."""
    if isinstance(something, str):
        return HOSTILE if something else ""
    if isinstance(something, tuple):
        return tuple(made_hostile(member) for member in something)
    if isinstance(something, dict):
        return {name: made_hostile(value) for name, value in something.items()}
    if is_dataclass(something) and not isinstance(something, type):
        members = {field.name: getattr(something, field.name) for field in fields(something) if field.name not in KEPT}
        return replace(something, **{name: made_hostile(value) for name, value in members.items()})
    return something


def squeezed(text: str) -> str:
    """A text without spaces, in one case: subheadings begin with a capital."""
    return re.sub(r"\s+", "", text).casefold()


@for_every("kind", ONE_OF_EACH)
def test_every_text_of_the_printed_parts_stands_in_the_html(kind: str) -> None:
    document = document_of(ONE_OF_EACH[kind])
    page = squeezed(read_page(summary_html(document, ENGLISH)).text)
    short = summary_of(document)
    blocks = [block for part in short.parts.values() for block in part.blocks if not isinstance(block, NumberTable)]
    wanted = [*texts_in(blocks), document.disclaimer, document.review]
    wanted += [document.paper_stamp, *(entry.text for entry in short.sources)]
    for text in wanted:
        assert squeezed(text) in page, text


@for_every("kind", ONE_OF_EACH)
def test_no_text_becomes_markup(kind: str) -> None:
    document: Document = made_hostile(document_of(ONE_OF_EACH[kind]))
    html = summary_html(document, ENGLISH)
    tree = read_page(html)
    assert not tree.all("script", "img", "iframe", "object", "link", "style")
    assert not [name for element in tree.walk() for name in element.attributes if name.startswith("on")]
    assert HOSTILE in tree.text
    assert "{{ 7*7 }}" in html
    assert not re.search(r"onerror=alert\(1\)&gt;\s*49", html)


@for_every("kind", ONE_OF_EACH)
def test_the_html_refers_to_nothing_but_its_own_sources(kind: str) -> None:
    tree = read_page(summary_html(document_of(ONE_OF_EACH[kind]), ENGLISH))
    ids = {element["id"] for element in tree.walk()}
    for element in tree.walk():
        assert not element.has("src")
        assert re.match(r"(#|tel:|https://)", element["href"]) or not element.has("href")
        assert element["href"][1:] in ids or not element["href"].startswith("#")


@for_every("kind", ONE_OF_EACH)
def test_headings_descend_by_one_level(kind: str) -> None:
    tree = read_page(summary_html(document_of(ONE_OF_EACH[kind]), ENGLISH))
    levels = [int(element.tag[1]) for element in tree.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_the_language_and_the_day_are_told_to_programs() -> None:
    tree = read_page(summary_html(document_of(CASES[0]), ENGLISH))
    assert tree.one("html")["lang"] == "en"
    assert tree.one("meta", name="dcterms.created")["content"] == "2026-11-22"
    assert tree.one("title").text == "What I answered about my liver, 22 November 2026"
