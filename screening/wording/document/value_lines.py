"""Values on the lines of their zones, as blocks: those of the page, and those of both papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screening.ruleset.engine.engine import Answers, Engine
from screening.ruleset.engine.value_ranges import ValueRange
from screening.ruleset.model.papers import Zone
from screening.ruleset.model.rule_set import Value
from screening.ruleset.told.value_lines import ValueLine, value_line
from screening.wording.document.paper_blocks import LineZone, NumberTableRow
from screening.wording.document.result_blocks import NumberLine
from screening.wording.document.result_blocks import Zone as DrawnZone
from screening.wording.document.told_values import value_in_words
from screening.wording.language.languages import Language


@dataclass(frozen=True)
class ToldLine:
    """One value that can be told, on its line, in one language."""

    value: Value
    number: str
    """With its unit; or the range that open answers leave."""
    line: ValueLine
    language: Language

    @property
    def zones(self) -> tuple[LineZone, ...]:
        """The zones that are drawn, with the bounds between them."""
        bounds = [self.language.number(zone.bound) for zone in self.line.zones[:-1] if zone.bound is not None]
        return tuple(LineZone(zone.text, end) for zone, end in zip(self.line.zones, [*bounds, ""], strict=True))

    @property
    def held(self) -> str:
        """In which of the zones it lies, or may lie."""
        return self.language.any_of([zone.text for zone in self.line.held])

    @property
    def is_certain(self) -> bool:
        """Whether it lies in one zone, whatever is open."""
        return len(self.line.held) == 1

    @property
    def where(self) -> str:
        """Where it lies, in a sentence: words that have no room in a drawing stand here."""
        where = self.language.gettext("It lies here: %(zone)s.", zone=self.held)
        return where if self.is_certain else self.language.gettext("It may lie here: %(zone)s.", zone=self.held)


def told_lines(engine: Engine, plain: Answers, language: Language) -> Iterator[ToldLine]:
    """The values of a rule file that have zones and can be told, in its order."""
    for value in engine.rule_set.values:
        value_range = engine.value_range(value.id, plain) if value.zones else None
        if value_range:
            yield told_line(value, value_range, engine, language)


def told_line(
    value: Value, value_range: ValueRange, engine: Engine, language: Language, zones: Sequence[Zone] = ()
) -> ToldLine:
    """A value on the line of its zones, or on a line of all of these."""
    number = value_in_words(value, value_range, engine, language)
    line = value_line(zones, value_range, len(zones)) if zones else value_line(value.zones, value_range)
    return ToldLine(value, number, line, language)


def number_line(told: ToldLine, sources: tuple[int, ...]) -> NumberLine:
    """A value as the page shows a number."""
    line = told.line
    return NumberLine(
        label=told.value.label,
        typed=told.number,
        other="",
        number=told.number,
        zones=tuple(
            DrawnZone(zone.text, "held" if line.first <= index <= line.last else "")
            for index, zone in enumerate(line.zones)
        ),
        cut_offs=tuple(zone.end for zone in told.zones if zone.end),
        place=line.start,
        place_to=line.end,
        remark=told.where,
        description=_description(told),
        sources=sources,
    )


def table_row(told: ToldLine, named: str, sources: tuple[int, ...]) -> NumberTableRow:
    """A value as a paper shows a number; `named`: whose cut-offs these are."""
    line = told.line
    return NumberTableRow(
        label=told.value.label,
        number=told.number,
        other="",
        zones=told.zones,
        zone=line.first,
        zone_to=line.last,
        place=line.start,
        place_to=line.end,
        pin=told.number,
        description=_description(told),
        named=named,
        sources=sources,
    )


def _description(told: ToldLine) -> str:
    """The line in words, for who cannot see the drawing."""
    zones = (part for zone in told.zones for part in (zone.text, zone.end) if part)
    return told.language.gettext(
        "%(label)s: %(number)s, %(zone)s. Zones and limits: %(zones)s",
        label=told.value.label,
        number=told.number,
        zone=told.held,
        zones=told.language.apart(zones),
    )
