"""Guarantees about what a rule file says of itself: no answer bears on them, so they are read off, not solved.

`screening check` tells every place that breaks one. The prover asks `holds`, so that all guarantees are counted alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields

from screening.rulefiles.checks.references import exists
from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.notes import Note
from screening.ruleset.model.parts import grounds
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.model.texts import Claim


@dataclass(frozen=True, slots=True)
class StaticKind:
    """One kind: the members that it reads, and every place that breaks it."""

    members: frozenset[str]
    breaches: Callable[[RuleSet, Guarantee], Iterator[Problem]]


def holds(rule_set: RuleSet, guarantee: Guarantee) -> bool:
    """Whether a guarantee of one of these kinds is kept; `KeyError` for any other kind."""
    return next(STATIC[guarantee.kind].breaches(rule_set, guarantee), None) is None


def check_static_guarantees(rule_set: RuleSet) -> list[Problem]:
    """Every breach of a guarantee that needs no solver, and every member of one that says nothing in its kind."""
    return [
        problem
        for index, guarantee in enumerate(rule_set.guarantees)
        if guarantee.kind in STATIC
        for problem in (*_foreign(guarantee, index), *STATIC[guarantee.kind].breaches(rule_set, guarantee))
    ]


def _foreign(guarantee: Guarantee, index: int) -> Iterator[Problem]:
    known = STATIC[guarantee.kind].members
    for field in fields(Guarantee):
        if field.name not in {"id", "kind", "text", *known} and getattr(guarantee, field.name):
            key = str(field.metadata.get("key", field.name))
            values = {"name": key, "kind": guarantee.kind, "wanted": sorted(known)}
            yield Problem("guarantee.foreign_member", ("guarantees", index, key), values=values)


# --- a ground interrupts, at this speed -----------------------------------------------------------


def _interrupts(rule_set: RuleSet, guarantee: Guarantee) -> Iterator[Problem]:
    for ground, path in grounds(rule_set):
        if ground.id not in guarantee.grounds:
            continue
        if not ground.interrupt:
            yield Problem("guarantee.no_interrupt", path, values={"name": ground.id, "guarantee": guarantee.id})
        if ground.speed != guarantee.speed:
            values = {"name": ground.id, "guarantee": guarantee.id, "speed": ground.speed, "wanted": guarantee.speed}
            place = (*path, "speed") if ground.speed else path
            yield Problem("guarantee.speed", place, values=values)


# --- categories that are never shared -------------------------------------------------------------


def _never_shared(rule_set: RuleSet, guarantee: Guarantee) -> Iterator[Problem]:
    for index, category in enumerate(rule_set.categories):
        if category.id in guarantee.categories and category.share:
            values = {"name": category.id, "guarantee": guarantee.id}
            yield Problem("guarantee.shared", ("categories", index, "share"), values=values)


# --- everything cites a source --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Citing:
    """A thing that may cite sources."""

    id: str
    sources: tuple[str, ...]
    path: Path


def _citing(rule_set: RuleSet, kind: str) -> list[_Citing]:
    """All things of one kind, such as `notes`, in the order of the file."""
    if kind == "grounds":
        return [_Citing(ground.id, ground.sources, path) for ground, path in grounds(rule_set)]
    if kind == "emergency_numbers":
        numbers = enumerate(rule_set.emergency.numbers)
        return [_Citing(number.id, number.sources, ("emergency", "numbers", index)) for index, number in numbers]
    listed: tuple[Note | Claim, ...] = rule_set.notes if kind == "notes" else rule_set.claims
    return [_Citing(thing.id, thing.sources, (kind, index)) for index, thing in enumerate(listed)]


def _cites_sources(rule_set: RuleSet, guarantee: Guarantee) -> Iterator[Problem]:
    things = [thing for kind in guarantee.cited_by for thing in _citing(rule_set, kind)]
    for thing in things:
        if not thing.sources and thing.id not in guarantee.uncited:
            yield Problem("guarantee.no_source", thing.path, values={"name": thing.id, "guarantee": guarantee.id})
    at = ("guarantees", rule_set.guarantees.index(guarantee), "uncited")
    for index, name in enumerate(guarantee.uncited):
        named = [thing for thing in things if thing.id == name]
        yield from exists(name, [thing.id for thing in things], "citing text", (*at, index))
        if named and all(thing.sources for thing in named):
            yield Problem("guarantee.needless_exception", (*at, index), values={"name": name})


# --- numbers that are shown -----------------------------------------------------------------------


def _numbers_shown(rule_set: RuleSet, guarantee: Guarantee) -> Iterator[Problem]:
    at = ("guarantees", rule_set.guarantees.index(guarantee), "numbers")
    if not guarantee.numbers:
        yield Problem("shape.too_few", at, values={"count": 0, "limit": 1})
    listed = {number.id: (index, number.number) for index, number in enumerate(rule_set.emergency.numbers)}
    for country, wanted in guarantee.numbers.items():
        yield from exists(country, listed, "emergency number", (*at, country))
        index, number = listed.get(country, (0, wanted))
        if number != wanted:
            values = {"name": country, "number": number, "wanted": wanted, "guarantee": guarantee.id}
            yield Problem("guarantee.number", ("emergency", "numbers", index, "number"), values=values)


STATIC: Mapping[str, StaticKind] = {
    "interrupts": StaticKind(frozenset({"grounds", "speed"}), _interrupts),
    "never_shared": StaticKind(frozenset({"categories"}), _never_shared),
    "cites_sources": StaticKind(frozenset({"cited_by", "uncited"}), _cites_sources),
    "numbers_shown": StaticKind(frozenset({"numbers"}), _numbers_shown),
}
"""The kinds of guarantees that are read off a rule file."""
