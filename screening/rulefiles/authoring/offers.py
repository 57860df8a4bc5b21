"""What may stand where an author types in a rule file: names of its questions, options, values, categories and grounds.

The file may be half written: it is read as far as it goes, with the line in which the author types left out where that
makes it readable. Nothing here speaks of an editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from screening.rulefiles.model.frames import put_into_frame
from screening.rulefiles.model.scales import scales_of
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.language.signatures import SIGNATURES


class OfferKind(StrEnum):
    """What is offered."""

    QUESTION = "question"
    VALUE = "value"
    FUNCTION = "function"
    OPTION = "option"
    CATEGORY = "category"
    GROUND = "ground"
    SOURCE = "source"
    SPEED = "speed"


@dataclass(frozen=True, slots=True)
class Offer:
    """A name, what is typed for it, and what it stands for in the author's own words."""

    kind: OfferKind
    name: str
    typed: str
    about: str = ""


@dataclass
class Names:
    """The names of a rule file, each with what it stands for; options by their question."""

    questions: dict[str, str] = field(default_factory=dict)
    options: dict[str, dict[str, str]] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    grounds: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    speeds: dict[str, str] = field(default_factory=dict)


_EXPRESSION = re.compile(r"""(?:^|[\s{,])(?:when|is|ask_if|disagree_when|except_when)\s*:\s+(?P<text>.*)$""")
_FOLDED = re.compile(r"(?:^|[\s-])(?:when|is|ask_if|disagree_when|except_when)\s*:\s+[>|][-+]?\s*$")
_WORD = re.compile(r"[A-Za-z_]\w*$")
_COMPARED = re.compile(r"""(\w+)\s*(?:==|!=)\s*["']?\w*$""")
_AMONG = re.compile(r"""(\w+)\s+(?:not\s+)?in\s*\{[^}]*$""")
_TICKED = re.compile(r"""any_of\(\s*(\w+)\s*,[^)]*$""")
_CALLED = re.compile(r"""(may_be|holds)\(\s*["']?\w*$""")
_REFERENCE = re.compile(
    r"""(?:^|[\s{,-])(category|unsure|speed|question|sources|then|never|categories)\s*:\s+\[?[\w\s,]*$"""
)
_PLACEHOLDER = re.compile(r"""(?::\s+["']?[^{\[\s"'][^{]*|["'])\{\w*$""")


def names_in(text: str, line: int) -> Names | None:
    """The names of a file's text, in which line `line` (from 0) is being typed; None where it cannot be read at all."""
    lines = text.split("\n")
    for tried in (text, "\n".join([*lines[:line], *lines[line + 1 :]])):
        parsed = read_yaml(tried.encode())
        if isinstance(parsed.data, dict):
            put_into_frame(parsed)
            return _names(parsed.data)
    return None


def offers_at(before: str, above: list[str], names: Names) -> list[Offer]:
    """What may stand at a place: `before` is its line up to there, `above` the lines above it."""
    expression = _expression(before, above)
    if expression is not None:
        return [*_in_expression(expression, names)]
    if match := _REFERENCE.search(before):
        return [*_references(match[1], names)]
    if _PLACEHOLDER.search(before):
        placeholders = {**names.questions, **names.values}
        return [Offer(OfferKind.QUESTION, name, name, about) for name, about in placeholders.items()]
    return []


def word_at(line: str, column: int) -> str:
    """The name that stands at a column of a line."""
    begin = _WORD.search(line[:column])
    rest = re.match(r"\w*", line[column:])
    return (begin[0] if begin else "") + (rest[0] if rest else "")


def _expression(before: str, above: list[str]) -> str | None:
    """What stands of an expression up to the place, if one stands there."""
    if match := _EXPRESSION.search(before):
        return match["text"].lstrip("'\"")
    indent = len(before) - len(before.lstrip(" "))
    for line in reversed(above):
        if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
            return before.strip() if _FOLDED.search(line) else None
    return None


def _in_expression(text: str, names: Names) -> Iterator[Offer]:
    if match := _CALLED.search(text):
        kind = OfferKind.CATEGORY if match[1] == "may_be" else OfferKind.GROUND
        members = names.categories if match[1] == "may_be" else names.grounds
        yield from _quoted(kind, members, text)
        return
    for pattern in (_COMPARED, _AMONG, _TICKED):
        if match := pattern.search(text):
            if match[1] in ("category", "underlying"):
                yield from _quoted(OfferKind.CATEGORY, names.categories, text)
            elif options := names.options.get(match[1]):
                yield from _quoted(OfferKind.OPTION, options, text)
            if match[1] in (*names.options, "category", "underlying") or _within_quotes(text):
                return
    if _within_quotes(text):
        return
    yield from (Offer(OfferKind.QUESTION, name, name, about) for name, about in names.questions.items())
    yield from (Offer(OfferKind.VALUE, name, name, about) for name, about in names.values.items())
    yield from (Offer(OfferKind.FUNCTION, name, f"{name}(", written) for name, written in SIGNATURES.items())


def _within_quotes(text: str) -> bool:
    return text.count('"') % 2 == 1


def _quoted(kind: OfferKind, members: Mapping[str, str], text: str) -> Iterator[Offer]:
    """Names as they stand in an expression, in quotation marks but where one was typed already."""
    mark = "" if _within_quotes(text) else '"'
    yield from (Offer(kind, name, f"{mark}{name}{mark}", about) for name, about in members.items())


def _references(member: str, names: Names) -> Iterator[Offer]:
    kinds: dict[str, tuple[OfferKind, Mapping[str, str]]] = {
        "sources": (OfferKind.SOURCE, names.sources),
        "speed": (OfferKind.SPEED, names.speeds),
        "unsure": (OfferKind.SPEED, names.speeds),
        "question": (OfferKind.QUESTION, names.questions),
    }
    kind, members = kinds.get(member, (OfferKind.CATEGORY, names.categories))
    yield from (Offer(kind, name, name, about) for name, about in members.items())


def _names(data: Any) -> Names:
    names = Names()
    scales = scales_of(data)
    for page in _listed(data, "pages"):
        for question in _listed(page, "questions"):
            name = str(question.get("id"))
            names.questions[name] = f"{question.get('text', '')} ({question.get('type', '')})"
            options = question.get("options")
            shared = scales.get(options, []) if isinstance(options, str) else _listed(question, "options")
            texts = {
                str(option.get("code")): str(option.get("text", "")) for option in shared if isinstance(option, dict)
            }
            names.options.update({name: texts} if texts else {})
    names.values = {str(value.get("id")): str(value.get("is", "")) for value in _listed(data, "values")}
    names.categories = {
        str(category.get("id")): str(category.get("name", "")) for category in _listed(data, "categories")
    }
    for rule in _listed(data, "rules"):
        names.grounds |= {str(ground.get("id")): str(ground.get("because", "")) for ground in _listed(rule, "grounds")}
    names.sources = {str(source.get("id")): str(source.get("title", "")) for source in _listed(data, "sources")}
    emergency = data.get("emergency")
    names.speeds = {str(speed.get("id")): str(speed.get("title", "")) for speed in _listed(emergency, "speeds")}
    return names


def _listed(node: Any, member: str) -> list[Any]:
    """The mappings of a list that may not be there, nor be a list."""
    members = node.get(member) if isinstance(node, dict) else None
    return [element for element in members if isinstance(element, dict)] if isinstance(members, list) else []
