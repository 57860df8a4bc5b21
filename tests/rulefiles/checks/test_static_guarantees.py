"""What a rule file promises of itself is read off it: a broken promise is told with its place, a kept one holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.analysis.proof.prover import Prover
from screening.rulefiles.checks.static_guarantees import STATIC, check_static_guarantees, holds
from screening.rulefiles.model.shape import rule_file_schema
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.guarantees import Guarantee
from screening.wording.authors.proofs.static_guarantees import static_sentence
from tests.rulefiles.edited import ENGLISH, SMALL_TEXT, edited, load_text, mistakes, places, rule_set_of
from tests.support.every import for_every

INTERRUPT = "        interrupt: true\n"
SPEED = "        speed: now\n"
BEFORE = "    order: [wet, moist, dry]\n"
PROMISES = """
  - id: now_interrupts
    kind: interrupts
    text: Animals interrupt.
    grounds: [animals]
    speed: now
  - id: stays_here
    kind: never_shared
    text: Nobody who needs rescue is offered to a clinic.
    categories: [rescue, unclear]
  - id: all_cite
    kind: cites_sources
    text: All cite a source.
    cited_by: [notes, claims, emergency_numbers]
    uncited: [look_again]
  - id: number_stays
    kind: numbers_shown
    text: The number is 999.
    numbers: {here: "999"}
"""
PROMISING = edited((BEFORE, BEFORE + PROMISES), text=SMALL_TEXT)
PLACE_OF_NUMBERS = "emergency.numbers.0"


def test_promises_that_are_kept_are_held_and_counted_as_proved(tmp_path: Path) -> None:
    rules = load_text(tmp_path, PROMISING)
    promises = [guarantee for guarantee in rules.rule_set.guarantees if guarantee.kind in STATIC]
    assert {guarantee.kind for guarantee in promises} == set(STATIC)
    assert all(holds(rules.rule_set, guarantee) for guarantee in promises)
    prover = Prover(rules.engine)
    assert [prover.verdict(guarantee).holds for guarantee in promises] == [True] * 4


@for_every(
    ("old", "new", "code", "path"),
    [
        (INTERRUPT + SPEED, "", "guarantee.no_interrupt", "rules.0.grounds.0"),
        (
            INTERRUPT + SPEED,
            "        interrupt: true\n",
            "guarantee.speed",
            "rules.0.grounds.0",
        ),
        (
            "    speed: now\n  - id: stays_here",
            "  - id: stays_here",
            "guarantee.speed",
            "rules.0.grounds.0.speed",
        ),
        ("categories: [rescue, unclear]", "categories: [thirsty]", "guarantee.shared", "categories.1.share"),
        ("text: The soil may be wet already.\n    sources: [leaflet]", "text: x", "guarantee.no_source", "notes.1"),
        ('number: "999", sources: [leaflet]}', 'number: "999"}', "guarantee.no_source", PLACE_OF_NUMBERS),
        ("uncited: [look_again]", "uncited: [too_wet]", "guarantee.no_source", "notes.0"),
        (
            "uncited: [look_again]",
            "uncited: [look_again, too_wet]",
            "guarantee.needless_exception",
            "guarantees.4.uncited.1",
        ),
        ("uncited: [look_again]", "uncited: [look_again, nobody]", "name.missing", "guarantees.4.uncited.1"),
        ('number: "999"', 'number: "998"', "guarantee.number", f"{PLACE_OF_NUMBERS}.number"),
        ('numbers: {here: "999"}', 'numbers: {there: "999"}', "name.missing", "guarantees.5.numbers.there"),
        ('numbers: {here: "999"}', "numbers: {}", "shape.too_few", "guarantees.5.numbers"),
        (
            'numbers: {here: "999"}',
            'numbers: {here: "999"}\n    then: [rescue]',
            "guarantee.foreign_member",
            "guarantees.5.then",
        ),
    ],
)
def test_a_broken_promise_is_told_with_its_place(old: str, new: str, code: str, path: str) -> None:
    rule_set = rule_set_of(edited((old, new), text=PROMISING))
    assert (code, path) in places(check_static_guarantees(rule_set))
    if code in ("guarantee.no_interrupt", "guarantee.speed", "guarantee.shared", "guarantee.number"):
        broken = [
            guarantee
            for guarantee in rule_set.guarantees
            if guarantee.kind in STATIC and not holds(rule_set, guarantee)
        ]
        assert len(broken) == 1
        assert not Prover(Engine(rule_set)).verdict(broken[0]).holds


def test_what_a_promise_names_exists(tmp_path: Path) -> None:
    wrong = edited(("grounds: [animals]\n    speed: now", "grounds: [animal]\n    speed: soon"), text=PROMISING)
    said = mistakes(tmp_path, wrong)
    assert any('There is no ground "animal". Did you mean "animals"?' in sentence for sentence in said)
    assert any('There is no speed "soon"' in sentence for sentence in said)


@pytest.mark.parametrize(
    "members", ["grounds: [animals]\n    speed: now", "categories: [rescue, unclear]", 'numbers: {here: "999"}']
)
def test_a_promise_of_nothing_is_refused(members: str, tmp_path: Path) -> None:
    name = members.partition(":")[0]
    empty = edited((f"\n    {members}", ""), text=PROMISING)
    assert any(f'"{name}" is missing here' in mistake for mistake in mistakes(tmp_path, empty))


def test_every_kind_has_words_for_what_it_names_and_no_other_has() -> None:
    rule_set = rule_set_of(PROMISING)
    for guarantee in rule_set.guarantees:
        assert bool(static_sentence(guarantee, rule_set, ENGLISH)) == (guarantee.kind in STATIC)
    kinds = rule_file_schema()["$defs"]["guarantee"]["properties"]["kind"]["enum"]
    assert set(STATIC) < set(kinds)
    described = rule_file_schema()["$defs"]["guarantee"]["properties"]
    for kind, static in STATIC.items():
        for member in static.members:
            assert f"{kind}:" in described[member]["description"] or f"{kind}," in described[member]["description"]


def test_only_its_own_kinds_are_asked() -> None:
    with pytest.raises(KeyError):
        holds(rule_set_of(SMALL_TEXT), Guarantee("a", "implies", "A."))
