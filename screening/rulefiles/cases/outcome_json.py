"""Outcomes as JSON: one line, numbers exact, sets in a fixed order. Commands and summaries write the same."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from screening.rulefiles.model.canonical import canonical_json
from screening.ruleset.compiler.numbers.exact_spans import is_infinite
from screening.ruleset.compiler.numbers.surds import Real
from screening.ruleset.compiler.numbers.thresholds import steady
from screening.ruleset.engine.engine import Answers, Engine
from screening.ruleset.engine.value_ranges import ValueRange
from screening.ruleset.language.rendering import render
from screening.ruleset.model.answers import Bound
from screening.ruleset.model.outcome import Explanation, Outcome
from screening.ruleset.model.rule_set import Kind, RuleSet
from screening.ruleset.reading.raw_plain import raw_plain


def outcome_members(rule_set: RuleSet, outcome: Outcome) -> dict[str, object]:
    """An outcome as the members of a JSON object."""
    return {
        "category": outcome.category,
        "possible": [category.id for category in rule_set.categories if category.id in outcome.possible],
        "kind": outcome.kind,
        "underlying": outcome.underlying.category if outcome.underlying else None,
        "grounds": outcome.grounds,
        "open_grounds": outcome.open_grounds,
        "notes": outcome.notes,
        "values": outcome.values,
        "not_asked": [question.id for question in rule_set.questions if question.id not in outcome.asked],
        "ignored": outcome.ignored,
    }


def first_members(rule_set: RuleSet, outcome: Outcome) -> dict[str, object]:
    """An outcome as the first records told it: the kind went by the named categories possible, whatever held."""
    overriding = {category.id for category in rule_set.categories if category.overrides}
    named = outcome.possible - overriding - {rule_set.undetermined.category}
    kind = outcome.kind
    if kind is not None and named:
        kind = Kind.UNLESS if len(named) == 1 else Kind.SEVERAL
    return outcome_members(rule_set, outcome) | {"kind": kind}


def range_members(engine: Engine, told: Sequence[str], answers: Answers) -> dict[str, object]:
    """Between which numbers the values lie that people are told, whatever is open; null: they are not told them.

    An end that is null is none, as an answer is a bound. Where `above` or `below` is true, that end is none of them.
    """
    ranges: dict[str, object] = {}
    for name in told:
        span, thresholds = engine.value_range(name, answers), engine.functions.thresholds.get(name, ())
        ranges[name] = _range(span, thresholds) if span else None
    return {"ranges": ranges}


def _range(span: ValueRange | Bound, thresholds: Sequence[Real] = ()) -> dict[str, object]:
    low, high = (None if is_infinite(end) else steady(end, thresholds) for end in (span.low, span.high))
    is_open = {"above": span.low_open and low is not None, "below": span.high_open and high is not None}
    return {"from": low, "to": high, **{name: True for name, yes in is_open.items() if yes}}


def explanation_members(rule_set: RuleSet, explanation: Explanation) -> dict[str, object]:
    """What explains an outcome as the members of a JSON object; answers are in the form in which they are sent."""
    question = rule_set.question
    return {
        "missing": explanation.missing,
        "settled_by": {
            settling.category: {name: raw_plain(question[name], plain) for name, plain in settling.answers.items()}
            for settling in explanation.settled_by
        },
        "disagree": [
            {"category": disagreement.category, "against": disagreement.against, "for": disagreement.speaking_for}
            for disagreement in explanation.disagreements
        ],
        "unknown_values": {
            unknown_value.value: [render(condition) for condition in unknown_value.because]
            for unknown_value in explanation.unknown_values
        },
        "cut_short": explanation.cut_short,
    }


def outcome_json(members: Mapping[str, object]) -> str:
    """The members as one line of JSON, in their order."""
    return "{" + ",".join(f"{json.dumps(name)}:{_json(value)}" for name, value in members.items()) + "}"


def _json(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool() | int() | str() | Decimal():
            return canonical_json(value)
        case Bound():
            return _json(_range(value))
        case frozenset():
            codes = sorted(code for code in value if code is not None)
            return _json([*codes, None] if None in value else codes)
        case list() | tuple():
            return f"[{','.join(map(_json, value))}]"
        case Mapping():
            return outcome_json(value)
        case _:
            raise TypeError(type(value))
