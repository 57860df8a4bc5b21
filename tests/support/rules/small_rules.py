"""Small rule sets for tests: rule files as data with everything that does not matter filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from screening.rulefiles.model.builder import build_rule_set
from screening.ruleset.engine.engine import Engine
from screening.ruleset.language.type_checks import check
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.questions import Question
from screening.ruleset.model.rule_set import RuleSet

Members = dict[str, Any]
"""A part of a rule file as its YAML would hold it."""


def choice(name: str, *options: str | Members, **members: object) -> Members:
    """A choice question; an option is a code, or a mapping with its `code`."""
    return _question(name, "choice", options=[_option(option) for option in options], **members)


def several(name: str, *options: str | Members, **members: object) -> Members:
    """A several-choice question."""
    return _question(name, "several", options=[_option(option) for option in options], **members)


def number(name: str, *units: Members, **members: object) -> Members:
    """A number, from 0 to 100 where no unit is given."""
    return _question(name, "number", units=list(units) or [unit()], **members)


def text(name: str, most: int = 40, **members: object) -> Members:
    """A question that is answered in words."""
    return _question(name, "text", most=most, **members)


def date(name: str, within_years: int = 1, **members: object) -> Members:
    """A date, not long ago."""
    return _question(name, "date", within_years=within_years, **members)


def unit(code: str = "1", minimum: object = 0, maximum: object = 100, **members: object) -> Members:
    """A unit."""
    return {"code": code, "label": code, "minimum": minimum, "maximum": maximum, **members}


def _question(name: str, kind: str, **members: object) -> Members:
    return {"id": name, "type": kind, "text": f"What is {name}?", "label": name, **members}


def _option(option: str | Members) -> Members:
    return {"code": option, "text": option} if isinstance(option, str) else {"text": option["code"], **option}


def ground(name: str, when: str, **members: object) -> Members:
    """A ground."""
    return {"id": name, "when": when, "because": f"Because of {name}.", **members}


def rule(category: str, *grounds: Members) -> Members:
    """A rule."""
    return {"category": category, "grounds": list(grounds)}


def value(name: str, expression: str, **members: object) -> Members:
    """A value."""
    return {"id": name, "is": expression, **members}


def note(name: str, when: str, **members: object) -> Members:
    """A note."""
    return {"id": name, "kind": "information", "audience": "both", "when": when, "text": f"Note {name}.", **members}


def page(*questions: Members, **members: object) -> Members:
    """A page, named after its first question."""
    return {"id": questions[0]["id"], "title": "A page", "questions": list(questions), **members}


def rule_file(
    pages: Sequence[Members],
    rules: Sequence[Members],
    *,
    values: Sequence[Members] = (),
    notes: Sequence[Members] = (),
    disagree_when: str = "1 > 2",
    overriding: Sequence[str] = (),
    **members: object,
) -> Members:
    """What decides in a rule file; a question stands for a page of its own, and `other` is undetermined."""
    listed = [part if "questions" in part else page(part) for part in pages]
    told = {"headings": [_block("heading")], "texts": [_block("text")]}
    kinds = dict.fromkeys(("unless", "several", "nothing_known", "disagree"), told)
    categories = [*(rule["category"] for rule in rules), "other"]
    return {
        "undetermined": {"category": "other", "disagree_when": disagree_when, "kinds": kinds},
        "pages": listed,
        "categories": [_category(category, category in overriding) for category in categories],
        "rules": list(rules),
        "values": list(values),
        "notes": list(notes),
        **members,
    }


def _category(name: str, overrides: bool) -> Members:
    return {"id": name, "name": name, "headings": [_block("heading")], "tone": "plain", "overrides": overrides}


def _block(name: str) -> Members:
    return {"id": name, "text": "A text."}


_FRAME: Mapping[str, Any] = {
    "id": "small",
    "title": "Which part?",
    "version": "1.0.0",
    "language": "en",
    "about": "A rule set for tests.",
    "regulatory_statement": "For tests.",
    "disclaimer": "Not advice.",
    "summary_title": "A summary",
    "guide": {"source": "guide", "about": "A guide."},
    "section_titles": [{"id": "meaning", "text": "Meaning"}],
    "short_answer": [_block("short")],
    "emergency": {
        "signs": "Signs?",
        "instead": "Call.",
        "numbers": [{"id": "here", "country": "Here", "number": "999"}],
        "elsewhere": "Call.",
        "speeds": [{"id": "now", "title": "Now", "steps": ["Call."]}],
        "unsure": "now",
    },
    "sources": [{"id": "guide", "title": "The guide", "confirmed": True}],
}


def whole(data: Members) -> Members:
    """The same with all that a rule file must have and that decides nothing."""
    return {**_FRAME, **data}


def problems_in(data: Members) -> list[Problem]:
    """What parsing and checking find in a rule file."""
    rule_set, unparsed = build_rule_set(whole(data))
    return [*unparsed, *check(rule_set)]


def built(data: Members) -> RuleSet:
    """The rule set of a rule file that has no mistake."""
    rule_set, unparsed = build_rule_set(whole(data))
    assert unparsed == []
    assert check(rule_set) == []
    return rule_set


def engine(data: Members, *parts_off: str) -> Engine:
    """The engine of a rule file that has no mistake."""
    return Engine(built(data), frozenset(parts_off))


def question(data: Members) -> Question:
    """One question of a rule file."""
    names = rule("found", ground("always", "1 < 2"))
    return built(rule_file([data], [names])).questions[0]


def decimals(*texts: str) -> tuple[Decimal, ...]:
    """Exact numbers."""
    return tuple(map(Decimal, texts))
