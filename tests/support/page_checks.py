"""What must hold for every page that the service sends: each check gives the complaints that it has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

from werkzeug.datastructures import Headers

from screening.rulefiles.checks.texts import PhraseFinder
from screening.rulefiles.loading.loader import LoadedRules
from tests.support.page import Element

REFERRING = ("aria-describedby", "aria-labelledby", "aria-controls", "for")
"""Attributes that hold ids of the same page."""
SHOWN = ("aria-label", "title", "alt", "placeholder", "value")
"""Attributes whose text a person may see or hear; a value only on buttons."""
ADDRESSES = ("href", "action", "src", "formaction")
"""Attributes that lead to an address."""
UNFILLED = r"\{[a-z_]\w*\}|%\(\w+\)|\bNone\b(?! of)"
"""What a text says where a value was forgotten."""
SCRIPTS = (
    "/static/idle.js?v=",
    "/static/share.js?v=",
    "/static/wait.js?v=",
    "/static/shorten.js?v=",
    "/static/keep.js?v=",
    "/static/desk.js?v=",
)
"""The scripts that a page may load."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
POLICY = {"default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "style-src 'self'"}
POLICY |= {"script-src 'self'"}
"""What the content security policy says at least; nothing in it may allow anything inline or from elsewhere."""


def complaints(page: Element, headers: Headers, rules: LoadedRules, secrets: Collection[str]) -> list[str]:
    """Everything that is wrong with a page; `secrets` are answers that no address may hold."""
    return [
        *_frame(page),
        *_references(page),
        *_inputs(page),
        *_forms(page),
        *_inline(page),
        *_headers(headers),
        *_wording(page, rules),
        *_addresses(page, rules, secrets),
    ]


def desk_complaints(page: Element, headers: Headers) -> list[str]:
    """The same for a page of the desk, whose filters stand in its address."""
    found = [*_frame(page), *_references(page), *_inputs(page), *_inline(page), *_headers(headers)]
    found += _forms(page)
    found += _asking(page, headers)
    found += [f"{match[0]} is not filled in" for match in re.finditer(UNFILLED, shown_text(page))]
    return found


def _asking(page: Element, headers: Headers) -> Iterator[str]:
    """The script of the desk asks the service: a page that widens its policy must not take that away."""
    loads = any("/static/desk.js" in script["src"] for script in page.all("script"))
    if loads and "connect-src 'self'" not in headers["Content-Security-Policy"]:
        yield "its script may ask nothing"


def _frame(page: Element) -> Iterator[str]:
    headings = page.all("h1")
    if len(headings) != 1 or not headings[0].text:
        yield f"{len(headings)} h1"
    levels = [int(element.tag[1]) for element in page.all("h1", "h2", "h3", "h4", "h5")]
    start = levels.index(1) if 1 in levels else 0
    if any(later > earlier + 1 for earlier, later in zip(levels[start:], levels[start + 1 :], strict=False)):
        yield f"a level of headings is left out: {levels}"
    if not page.one("html")["lang"]:
        yield "no lang"
    title = page.one("head").one("title").text
    if not title or title.startswith(("–", "Error: –")):
        yield f"no title of its own: {title!r}"
    has_errors = bool(page.all(id="error-summary"))
    if title.startswith("Error:") != has_errors:
        yield f"the title {title!r} does not fit the errors on the page"
    if len(page.all("main")) != 1:
        yield "not one main part"


def _references(page: Element) -> Iterator[str]:
    ids = Counter(element["id"] for element in page.walk() if element.has("id"))
    for name, count in ids.items():
        if count > 1 or not name:
            yield f"id {name!r} stands {count} times"
    for element in page.walk():
        for attribute, value in element.attributes.items():
            for name in _ids_in(attribute, value):
                if name not in ids:
                    yield f"<{element.tag}> points to #{name}, which is not there"


def _ids_in(attribute: str, value: str) -> list[str]:
    """The ids of the same page that an attribute names."""
    if attribute == "href":
        return [value[1:]] if value.startswith("#") else []
    return value.split() if attribute in REFERRING else []


def _inputs(page: Element) -> Iterator[str]:
    labels = Counter(element["for"] for element in page.all("label") if element.text)
    for element in page.all("input", "select", "textarea"):
        if element["type"] != "hidden" and labels[element["id"]] != 1:
            yield f"input {element['name']}={element['value']} has {labels[element['id']]} labels"
    for element in page.all("button", "a", "summary"):
        if not (element.text or element["aria-label"]):
            yield f"<{element.tag} {element.attributes}> says nothing"


def _forms(page: Element) -> Iterator[str]:
    for form in page.all("form"):
        if form["role"] == "search":
            continue
        if form["method"] != "post":
            yield f"form to {form['action']} puts its fields into the address"
        if len([element for element in form.all("input", name="csrf_token") if element["value"]]) != 1:
            yield f"form to {form['action']} has no csrf token"


def _inline(page: Element) -> Iterator[str]:
    for element in page.walk():
        if element.tag == "object" and element["data"].startswith("/desk/") and element["type"] == "application/pdf":
            continue  # a PDF of our own in a page of the desk
        if element.tag == "iframe" and element["src"].startswith("/desk/export/archives/") and element["title"]:
            continue  # how far an archive is, asked again without a script
        ours = element.tag == "script" and element["src"].startswith(SCRIPTS) and not element.text
        if element.tag in ("script", "style", "iframe", "object", "embed") and not ours:
            yield f"<{element.tag}>"
        for name, value in element.attributes.items():
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield f"<{element.tag} {name}={value!r}>"


def _headers(headers: Headers) -> Iterator[str]:
    for name, wanted in HEADERS.items():
        if headers.get(name) != wanted:
            yield f"{name} is {headers.get(name)!r}"
    policy = headers.get("Content-Security-Policy", "")
    if not set(policy.split("; ")) >= POLICY or re.search(r"unsafe|\*|https?:", policy):
        yield f"Content-Security-Policy is {policy!r}"


def shown_text(page: Element) -> str:
    """All that a person sees or hears of a page."""
    attributes = [
        value
        for element in page.walk()
        for name, value in element.attributes.items()
        if value and name in SHOWN and (name != "value" or element.tag == "button")
    ]
    return "\n".join([*page.lines, *attributes])


def _wording(page: Element, rules: LoadedRules) -> Iterator[str]:
    text = shown_text(page)
    for match in re.finditer(UNFILLED, text):
        if match[0] != "None":
            yield f"{match[0]} is not filled in"
    banned = rules.rule_set.banned
    excepted = {exception.text for exception in banned.exceptions}
    texts = [" ".join(text.text.split()) for text in rules.texts if text.id in excepted]
    yield from _banned(text, banned.phrases, tuple(texts))


@cache
def _banned(text: str, phrases: tuple[str, ...], excepted: tuple[str, ...]) -> tuple[str, ...]:
    """What a text says of these phrases, looked for once: most pages are opened by many tests."""
    for exception in excepted:
        text = text.replace(exception, "")
    return tuple(
        f"says {phrase!r}: ...{text[max(0, start - 40) : start + 40]!r}"
        for phrase, start in PhraseFinder(phrases).find(text)
    )


def _addresses(page: Element, rules: LoadedRules, secrets: Collection[str]) -> Iterator[str]:
    rule_set = rules.rule_set
    codes = {option.code for question in rule_set.questions for option in question.options}
    forbidden = (codes | set(secrets)) - rule_set.page.keys() - {article.id for article in rule_set.articles}
    for address in {element[name] for element in page.walk() for name in ADDRESSES if name in element.attributes}:
        # of which question it is may stand in the fragment, which leads to its input and is sent nowhere
        sent, _, fragment = address.partition("#")
        told = parts_of(sent) & forbidden | parts_of(fragment) & forbidden - rule_set.question.keys()
        if urlsplit(address).scheme in ("", "http") and told:
            yield f"the address {address} tells {sorted(told)}"


@lru_cache(maxsize=10_000)
def parts_of(address: str) -> frozenset[str]:
    """The words of an address that could be an answer: steps of its path, its query and its fragment."""
    return frozenset(part for part in re.split(r"[/?&=#;+]", unquote(address)) if part)
