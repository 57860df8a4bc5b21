"""Checks of our own of what is written: what schemas of FHIR do not see.

A linkId that stands twice, a condition that reads a variable or an item that is not there, a reference into nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from screening.fhir.names import Resource

_VARIABLE = re.compile(r"%([A-Za-z]+[A-Za-z0-9]*)")
_LINK = re.compile(r"linkId = '([^']*)'")
_ALWAYS_THERE = frozenset(("resource", "questionnaire"))


def questionnaire_mistakes(form: Resource) -> list[str]:
    """What is wrong with a Questionnaire, each with where; empty where nothing is."""
    links = [item["linkId"] for item in _items(form)]
    mistakes = [f"linkId {link} stands {count} times" for link, count in Counter(links).items() if count > 1]
    known = set(_ALWAYS_THERE)
    for expression in _expressions(form.get("extension", [])):
        mistakes += _dangling(expression, known, links, f"variable {expression.get('name')}")
        known.add(expression.get("name", ""))
    for item in _items(form):
        for expression in _expressions(item.get("extension", [])):
            mistakes += _dangling(expression, known, links, f"condition of {item['linkId']}")
    return mistakes


def bundle_mistakes(bundle: Resource) -> list[str]:
    """What is wrong with a document: references into nothing, entries that nothing refers to, two of one address."""
    addresses = [entry["fullUrl"] for entry in bundle["entry"]]
    referred = list(_references(bundle))
    mistakes = [f"{url} stands {count} times" for url, count in Counter(addresses).items() if count > 1]
    mistakes += [f"nothing is at {url}" for url in dict.fromkeys(referred) if url not in addresses]
    mistakes += [f"nothing refers to {url}" for url in addresses[1:] if url not in referred]
    return mistakes


def _items(element: Mapping[str, Any]) -> Iterator[Resource]:
    for item in element.get("item", []):
        yield item
        yield from _items(item)


def _expressions(extensions: list[Resource]) -> Iterator[Resource]:
    return (extension["valueExpression"] for extension in extensions if "valueExpression" in extension)


def _dangling(expression: Resource, known: set[str], links: list[str], place: str) -> Iterator[str]:
    text = expression["expression"]
    yield from (f"{place}: there is no %{name}" for name in _VARIABLE.findall(text) if name not in known)
    yield from (f"{place}: there is no item {link}" for link in _LINK.findall(text) if link not in links)


def _references(element: object) -> Iterator[str]:
    if isinstance(element, Mapping):
        for name, member in element.items():
            if name == "reference" and isinstance(member, str):
                yield member
            else:
                yield from _references(member)
    elif isinstance(element, list):
        for member in element:
            yield from _references(member)
