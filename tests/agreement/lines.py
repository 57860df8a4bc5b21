"""Answer sets with their outcomes as lines of JSON, `{"answers": ..., "outcome": ...}`, to hold any reader to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.cases.outcome_json import outcome_json, outcome_members
from screening.ruleset.engine.engine import Engine
from screening.ruleset.reading.answer_reader import read_answer
from tests.agreement.answer_sets import Raw

Members = Mapping[str, Any]


def day_of(answers: Members) -> date | None:
    """The day that is today in an answer set that was sent; None where no date is asked."""
    return date.fromisoformat(answers["today"]) if "today" in answers else None


def line(engine: Engine, answers: Raw) -> str:
    """One answer set and what the engine makes of it."""
    question = engine.rule_set.question
    read = {name: read_answer(question[name], raw) for name, raw in answers.items() if name != "today"}
    plain = plain_answers(engine.rule_set, read, day_of(answers))
    at_once = {
        "interrupts": [ground.id for ground in engine.interrupts(plain, read)],
        "open_interrupts": [ground.id for ground in engine.open_interrupts(plain, read)],
    }
    outcome = outcome_members(engine.rule_set, engine.evaluate(plain)) | at_once
    return outcome_json({"answers": answers, "outcome": outcome})


def lines(engine: Engine, drawn: Iterable[Raw]) -> list[str]:
    """The lines of some answer sets."""
    return [line(engine, answers) for answers in drawn]


def parsed(text: str) -> Members:
    """A line, or any other JSON of this service, with exact numbers."""
    members: Members = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return members


def differences(wanted: Members, found: Members, near: Decimal) -> Iterator[str]:
    """The members that a reader tells otherwise; its numbers may be off by `near` of themselves."""
    for name, of_reader in found.items():
        if not alike(wanted[name], of_reader, near):
            yield f"{name}: {wanted[name]} is read as {of_reader}"


def alike(one: object, other: object, near: Decimal) -> bool:
    """Whether two members of an outcome say the same; in lists the order says nothing."""
    match one, other:
        case bool(), _:
            return one is other
        case {"from": _, "to": _}, None:
            return near > 0  # a column of numbers holds none that lies between two
        case Decimal(), Decimal():
            return abs(one - other) <= near * max(abs(one), abs(other))
        case list(), list():
            return sorted(one) == sorted(other)
        case dict(), dict():
            return one.keys() == other.keys() and all(alike(one[name], other[name], near) for name in one)
        case _:
            return one == other
