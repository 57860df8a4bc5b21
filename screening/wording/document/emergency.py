"""Whom to call and how fast help is needed: what stands above everything else, with or without answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screening.ruleset.model.rule_set import RuleSet
from screening.wording.document.blocks import Items, PhoneNumber, PhoneNumbers, SourceEntry
from screening.wording.document.citations import Citations
from screening.wording.language.languages import Language


@dataclass(frozen=True, slots=True)
class EmergencyDocument:
    """What the emergency page prints."""

    phones: PhoneNumbers
    title: str
    """How fast help is needed at most."""
    steps: Items
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class OpenEmergency:
    """What is told where answers leave an emergency open."""

    title: str
    """How fast help is needed then."""
    what: str
    """What is open, in a sentence."""
    steps: Items


def open_emergency(rule_set: RuleSet, open_points: Sequence[str], language: Language) -> OpenEmergency:
    """The title, the reason and the steps for grounds of which nobody knows whether they hold, by what is open then."""
    points = language.apart(dict.fromkeys(filter(None, open_points)))
    what = language.gettext("From your answers it is not clear %(open)s.", open=points) if points else ""
    speed = rule_set.emergency.cautious
    return OpenEmergency(speed.title, what, Items(speed.steps))


def phone_numbers(rule_set: RuleSet, citations: Citations | None = None) -> PhoneNumbers:
    """Whom to call, by country; with the numbers of the sources where these are listed below."""
    emergency = rule_set.emergency
    cited = citations.cite if citations else lambda _sources: ()
    numbers = tuple(
        PhoneNumber(number.country, number.number, number.note, cited(number.sources), number.region)
        for number in emergency.numbers
    )
    return PhoneNumbers(numbers, emergency.elsewhere)


def nearest_first(numbers: Sequence[PhoneNumber], regions: Sequence[str]) -> tuple[PhoneNumber, ...]:
    """All of them, those of these countries (ISO 3166-1 alpha-2) first; a language says nothing of where one is."""
    place = {region: index for index, region in reversed(list(enumerate(regions)))}
    return tuple(sorted(numbers, key=lambda number: place.get(number.region, len(regions))))


def emergency_document(rule_set: RuleSet, language: Language) -> EmergencyDocument:
    """The emergency page: nothing is asked, and the fastest speed is told."""
    citations = Citations(rule_set)
    phones = phone_numbers(rule_set, citations)
    fastest = rule_set.emergency.fastest
    return EmergencyDocument(phones, fastest.title, Items(fastest.steps, ordered=True), citations.entries(language))
