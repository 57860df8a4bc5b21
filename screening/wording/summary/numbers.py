"""The numbers that a person typed from a paper, each on a scale in words, and what they did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from screening.ruleset.engine.number_rows import NumberRow, NumberStatus
from screening.ruleset.engine.number_zones import OUTER, ZoneWord
from screening.ruleset.model.questions import Unit
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.document.answers import amount_typed, beside_line, in_unit, readable_number, with_sign
from screening.wording.document.blocks import Block, Items, Paragraph, Part
from screening.wording.document.result_blocks import NumberLine, Zone
from screening.wording.document.value_lines import number_line as value_on_line
from screening.wording.document.value_lines import told_lines
from screening.wording.language.languages import N_
from screening.wording.summary.context import SummaryContext

SHOWN = 6
"""Beyond so many, those in the usual range are folded under one line."""
_REMARKS = {
    NumberStatus.COUNTS: "",
    NumberStatus.NO_UNIT: N_("Without its unit this number does not count. It is kept for your doctor."),
    NumberStatus.SET_ASIDE: N_("Another answer of yours changes this number, so it does not count here."),
}


def number_parts(context: SummaryContext) -> Iterator[Part]:
    """The numbers and what they did; none in an emergency, and none where there are none."""
    rows = context.number_rows
    values = tuple(told_lines(context.engine, context.plain, context.language))
    if context.is_emergency or not (rows or values):
        return
    folded = [row for row in rows if len(rows) > SHOWN and row.zone is ZoneWord.USUAL]
    shown = [row for row in rows if row not in folded]
    blocks: list[Block] = [Paragraph(sentence) for sentence in _what_they_did(rows, context) if sentence]
    blocks += [value_on_line(told, context.citations.cite(told.value.sources)) for told in values]
    blocks += [number_line(row, context) for row in shown]
    yield Part("numbers", context.say("Your numbers"), tuple(blocks))
    if folded:
        title = context.say("In the usual range: %(numbers)s", numbers=_labels(folded, context))
        yield Part("usual_numbers", title, tuple(number_line(row, context) for row in folded), folded=True)
    yield from _where_limits_come_from(rows, context)


def _what_they_did(rows: Sequence[NumberRow], context: SummaryContext) -> Iterator[str]:
    """One sentence on what rests on them, and how to read the scales."""
    reasons = [row for row in rows if row.is_reason]
    others = [row for row in rows if not row.is_reason and row.status is NumberStatus.COUNTS]
    ngettext = context.language.ngettext
    sentences = []
    if reasons:
        sentences.append(
            ngettext(
                "Of these numbers, one is a reason for this result: %(names)s.",
                "Of these numbers, these are reasons for this result: %(names)s.",
                len(reasons),
                names=_labels(reasons, context),
            )
        )
    if reasons and others:
        names = _labels(others, context)
        sentences.append(ngettext("Not a reason: %(names)s.", "The others are not.", len(others), names=names))
    elif others:
        sentences.append(
            ngettext(
                "This number is no reason for this result.",
                "These numbers are no reason for this result.",
                len(others),
            )
        )
    yield context.language.sentences(sentences)
    if any(row.zones for row in rows) and context.rule_set.numbers:
        yield context.language.sentences((*_outer_zones(rows, context), context.rule_set.numbers.remark))


def _outer_zones(rows: Sequence[NumberRow], context: SummaryContext) -> Iterator[str]:
    """By when a doctor should look, where some number lies, or may lie, in such a zone."""
    numbers = context.rule_set.numbers
    shown = set(chain.from_iterable(row.held for row in rows)) & OUTER
    if numbers and shown:
        words = context.language.any_of([f"“{zone_word(context.rule_set, word)}”" for word in sorted(shown)])
        time_frame = context.rule_set.note[numbers.soon].time_frame
        yield context.say("%(words)s: see a doctor (%(time_frame)s).", words=words, time_frame=time_frame)


def _where_limits_come_from(rows: Sequence[NumberRow], context: SummaryContext) -> Iterator[Part]:
    """By name, from where the limits between the zones are."""
    drawn = [row for row in rows if row.zones]
    titles = context.rule_set.source
    items = tuple(
        context.language.with_label(row.question.label, context.language.apart(titles[name].title for name in names))
        for row in drawn
        if (names := _sources(row, context))
    )
    if items:
        sources = context.citations.cite(name for row in drawn for name in _sources(row, context))
        yield Part("limits", context.say("Where these limits come from"), (Items(items, sources=sources),), folded=True)


def _labels(rows: Sequence[NumberRow], context: SummaryContext) -> str:
    return context.language.all_of([row.question.label for row in rows])


def zone_word(rule_set: RuleSet, zone: ZoneWord) -> str:
    """What the rule file calls a zone; empty where it has no scales."""
    return str(getattr(rule_set.numbers.words, zone)) if rule_set.numbers else ""


def number_line(row: NumberRow, context: SummaryContext) -> NumberLine:
    """One number as it is shown: the typed unit first, the other beside it."""
    rule_set = context.rule_set
    zones = row.zones.words if row.zones else ()
    looks = {ZoneWord.USUAL: "usual", ZoneWord.VERY_LOW: "outer", ZoneWord.VERY_HIGH: "outer"}
    return NumberLine(
        label=row.question.label,
        typed=number_as_typed(row, context),
        other=_other(row, context),
        number=amount_typed(row.question, row.answer, context.language),
        zones=tuple(Zone(zone_word(rule_set, word), looks.get(word, "")) for word in zones),
        cut_offs=_cut_offs(row, context),
        place=row.place,
        place_to=row.place_to,
        remark=context.say(_REMARKS[row.status]) if _REMARKS[row.status] else "",
        description=_description(row, context),
        sources=context.citations.cite(_sources(row, context)),
    )


def _in_words(row: NumberRow, number: Decimal, unit: Unit, context: SummaryContext) -> str:
    """A number with its unit, unless the number is called what the unit is."""
    written = beside_line if unit.label == row.question.label else in_unit
    return with_sign(row.answer, written(number, unit, context.language))


def number_as_typed(row: NumberRow, context: SummaryContext) -> str:
    """The number as it was typed."""
    if row.typed is None:
        return context.answer(row.question.id)
    return _in_words(row, row.typed.number, row.typed.unit, context)


def _other(row: NumberRow, context: SummaryContext) -> str:
    """The same in the other unit, rounded for reading."""
    if row.other is None:
        return ""
    return _in_words(row, readable_number(row.other.number), row.other.unit, context)


def _cut_offs(row: NumberRow, context: SummaryContext) -> tuple[str, ...]:
    if row.zones is None or row.typed is None:
        return ()
    unit = row.typed.unit
    limits = (readable_number(mark.in_unit(unit).limit) for mark in row.zones.marks)
    return tuple(beside_line(limit, unit, context.language) for limit in limits)


def _description(row: NumberRow, context: SummaryContext) -> str:
    """The drawing in a sentence: the number, its zone or those that it may be in, and where the zones lie."""
    if row.zones is None or not row.held or row.typed is None:
        return ""
    words = [zone_word(context.rule_set, word) for word in row.zones.words]
    cut_offs = _cut_offs(row, context)
    zones = [part for pair in zip(words, (*cut_offs, ""), strict=True) for part in pair if part]
    return context.say(
        "%(label)s: %(number)s, %(zone)s. Zones and limits: %(zones)s",
        label=row.question.label,
        number=number_as_typed(row, context),
        zone=context.language.any_of([zone_word(context.rule_set, word) for word in row.held]),
        zones=context.language.apart(zones),
    )


def _sources(row: NumberRow, context: SummaryContext) -> tuple[str, ...]:
    """Where the limits of the zones shown come from."""
    numbers = context.rule_set.numbers
    if numbers is None or row.zones is None:
        return ()
    scale = next(scale for scale in numbers.scales if scale.id == row.question.id)
    outer = context.rule_set.note[numbers.soon].sources if not OUTER.isdisjoint(row.zones.words) else ()
    return (*scale.sources, *outer)
