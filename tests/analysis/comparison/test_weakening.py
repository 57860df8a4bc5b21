"""Guarantees that a new rule set takes back, wholly or in part, are told; those that it keeps are not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from screening.analysis.comparison.weakening import Effect, GuaranteeChange, weakened
from screening.ruleset.engine.engine import Engine
from tests.support.rules.small_rules import Members, choice, engine, ground, number, rule, rule_file, unit, value

IMPLIES = {"id": "kept", "kind": "implies", "text": "A.", "when": "big", "then": ["large"]}


def promising(*guarantees: Members, limit: int = 8) -> Engine:
    """A rule set with these guarantees."""
    pages = [number("size", unit(maximum=50, decimals=1)), choice("seen", "yes", "no", strict=True)]
    rules = [
        rule("large", ground("is_large", "definitely(size >= 5)")),
        rule("seen_it", ground("is_seen", 'seen == "yes"')),
    ]
    values = [value("big", f"definitely(size >= {limit})")]
    return engine(rule_file(pages, rules, values=values, guarantees=list(guarantees)))


def change(old: Members, new: Members, limit: int = 8) -> GuaranteeChange | None:
    """What became of one guarantee."""
    found = weakened(promising(old), promising(new, limit=limit))
    assert len(found) <= 1
    return found[0] if found else None


def test_the_same_guarantee_is_not_told() -> None:
    assert change(IMPLIES, IMPLIES) is None


def test_a_guarantee_that_is_gone_comes_first() -> None:
    other = {**IMPLIES, "id": "other"}
    found = weakened(promising(IMPLIES, other), promising({**other, "then": ["large", "seen_it"]}))
    assert [(change.id, change.effect) for change in found] == [("kept", Effect.REMOVED), ("other", Effect.WEAKENED)]


@pytest.mark.parametrize(
    ("members", "lost"),
    [
        ({"when": 'big and seen == "yes"'}, ("when",)),
        ({"except_when": 'seen == "yes"'}, ("except_when",)),
        ({"then": ["large", "seen_it"]}, ("then",)),
    ],
    ids=["narrowed", "excepted", "wider"],
)
def test_a_weaker_promise_is_told(members: Members, lost: tuple[str, ...]) -> None:
    found = change(IMPLIES, {**IMPLIES, **members})
    assert found is not None
    assert (found.effect, found.lost) == (Effect.WEAKENED, lost)


def test_the_answers_show_what_the_guarantee_no_longer_speaks_of() -> None:
    found = change(IMPLIES, {**IMPLIES, "when": 'big and seen == "no"'})
    assert found is not None
    assert found.answers is not None
    assert found.answers["seen"] == "yes"
    size = found.answers["size"]
    assert isinstance(size, Decimal)
    assert size >= 8


def test_a_value_that_means_less_weakens_a_guarantee_written_as_before() -> None:
    found = change(IMPLIES, IMPLIES, limit=9)
    assert found is not None
    assert (found.effect, found.lost) == (Effect.WEAKENED, ("when",))
    assert change(IMPLIES, IMPLIES, limit=7) is None


@pytest.mark.parametrize(
    "members", [{"when": "big or definitely(size > 7)"}, {"text": "B."}, {"when": "not not big"}], ids=str
)
def test_a_promise_as_strong_or_stronger_is_told_calmly(members: Members) -> None:
    found = change(IMPLIES, {**IMPLIES, **members})
    assert found is not None
    assert found.effect is Effect.CHANGED


def test_another_kind_is_to_be_compared_by_hand() -> None:
    found = change(IMPLIES, {"id": "kept", "kind": "never_with", "text": "A.", "when": "big", "never": ["seen_it"]})
    assert found is not None
    assert found.effect is Effect.UNCLEAR


def test_what_can_happen_is_weakened_by_more_room() -> None:
    reachable = {"id": "kept", "kind": "reachable", "text": "A.", "when": "big", "categories": ["large"]}
    narrower = {**reachable, "when": 'big and seen == "yes"'}
    found = change(narrower, reachable)
    assert found is not None
    assert found.effect is Effect.WEAKENED
    calm = change(reachable, narrower)
    assert calm is not None
    assert calm.effect is Effect.CHANGED


def test_a_new_guarantee_is_told_last() -> None:
    found = weakened(promising(), promising(IMPLIES))
    assert [(change.id, change.effect) for change in found] == [("kept", Effect.ADDED)]


@pytest.mark.parametrize(
    ("kept", "less", "effect"),
    [
        ({"kind": "interrupts", "grounds": ["is_large", "is_seen"]}, {"grounds": ["is_large"]}, Effect.WEAKENED),
        ({"kind": "interrupts", "grounds": ["is_large"], "speed": "now"}, {"speed": "today"}, Effect.UNCLEAR),
        ({"kind": "never_shared", "categories": ["large", "seen_it"]}, {"categories": ["large"]}, Effect.WEAKENED),
        ({"kind": "cites_sources", "cited_by": ["grounds", "notes"]}, {"cited_by": ["notes"]}, Effect.WEAKENED),
        ({"kind": "cites_sources", "cited_by": ["grounds"]}, {"uncited": ["is_large"]}, Effect.WEAKENED),
        ({"kind": "numbers_shown", "numbers": {"here": "999"}}, {"numbers": {"here": "998"}}, Effect.WEAKENED),
    ],
    ids=["a ground less", "another speed", "a category less", "a kind less", "an exception more", "another number"],
)
def test_a_weaker_promise_about_the_file_itself_is_told(kept: Members, less: Members, effect: Effect) -> None:
    promise = {"id": "kept", "text": "A.", **kept}
    found = change(promise, {**promise, **less})
    assert found is not None
    assert (found.effect, found.lost) == (effect, tuple(less))
