"""What was typed into the present form: its fields, what is left of them once a part was kept, and all of it in words.

Forms carry more than was typed: tokens, and what the page itself put in. None of that is here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain
from typing import NamedTuple

from flask import request
from werkzeug.datastructures import MultiDict

from screening.desk.access.current_request import current_language
from screening.forms.fields import UNSURE
from screening.runtime import current_service
from screening.wording.desk.next_step import ENDINGS
from screening.wording.desk.terms import REASONS

TOLD = "told-"
"""Of the inputs for what was not sure, which stand on a page with others."""
TOLD_WORDS = f"{TOLD}words-"
"""Of the inputs for what the person said to it."""
OFFERED = "offered"
"""Day and time as the page proposed them: whoever changed neither has typed neither."""
SHOWN = "shown"
"""Answers that the page showed as ticked, each as `name/value`: whoever left them so has typed nothing."""
PAGE = "page"
"""The submission on whose page the form stands."""
_CARRIED = frozenset({"csrf_token", "revision", "next", PAGE, OFFERED, SHOWN})
"""What forms carry for the service."""
_SECRETS = frozenset({"password", "current", "again", "code", "word", "nearest", "app"})
"""Fields that no page shows again after signing in: what proves who somebody is."""
_WITHOUT_WORDS = frozenset({"to", "action", "ground", "format", "identity", "receiver", "role"})
"""Choices by ids or codes, which say nothing to a reader."""

Fields = MultiDict[str, str]


class TypedInWords(NamedTuple):
    """What was typed and chosen, to be looked at."""

    texts: tuple[str, ...]
    has_more: bool
    """Whether something was chosen that has no words here."""


def typed_fields(without: Collection[str] = ()) -> Fields:
    """All that was typed and chosen in the present form, but for these fields; what is empty is not there."""
    return typed_in(request.form, without)


def typed_in(form: Fields, without: Collection[str] = ()) -> Fields:
    """The same of any form."""
    left_out = {*_CARRIED, *without, *_proposed(form), *_as_shown(form)}
    pairs = [
        (name, value)
        for name, value in form.items(multi=True)
        if name not in left_out and value.strip() and not (name.startswith(TOLD) and value == UNSURE)
    ]
    return MultiDict(pairs)


def _proposed(form: Fields) -> tuple[str, ...]:
    """The fields of a moment that is still as the page proposed it."""
    typed = f"{form.get('day', '')}T{form.get('time', '')}"
    return ("day", "time") if typed == form.get(OFFERED) else ()


def _as_shown(form: Fields) -> set[str]:
    """The answers of which just what the page showed is ticked."""
    shown = {tuple(shown_tick.rsplit("/", 1)) for shown_tick in form.getlist(SHOWN)}
    names = {pair[0] for pair in shown}
    ticked = {name: {(name, value) for value in form.getlist(name) if value != UNSURE} for name in names}
    return {name for name in names if ticked[name] == {pair for pair in shown if pair[0] == name}}


def without_secrets(fields: Fields) -> Fields:
    """What may be shown again after somebody has signed in."""
    return MultiDict([pair for pair in fields.items(multi=True) if pair[0] not in _SECRETS])


def in_words(fields: Fields) -> TypedInWords:
    """What was typed and chosen, each in words where there are any."""
    pairs = list(without_secrets(fields).items(multi=True))
    said = [_said(name, value) for name, value in pairs if name != "marked"]
    marked = [_marked(len(fields.getlist("marked")))] if "marked" in fields else []
    return TypedInWords(tuple(chain(marked, filter(None, said))), has_more=not all(said))


def _marked(number: int) -> str:
    return current_language().ngettext("%(number)s marked submission", "%(number)s marked submissions", number)


def _said(name: str, value: str) -> str:
    """One field in words; empty where there are none."""
    if name in _WITHOUT_WORDS:
        return ""
    known: Mapping[str, Mapping[str, str]] = {"outcome": ENDINGS, "reason": REASONS}
    if value in known.get(name, {}):
        return current_language().gettext(known[name][value])
    asked = current_service().rules.rule_set.question
    if name == "paper":
        return asked[value].label if value in asked else ""
    question, _, code = value.partition("/") if name == "signs" else (name.removeprefix(TOLD), "", value)
    if question in asked and (options := asked[question].options):
        return next((option.text for option in options if option.code == code), "")
    return "" if name == "signs" else value.strip()
