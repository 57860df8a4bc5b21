"""The numbers of the person's own paper: as typed first, in the other unit, and on a line of zones in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screening.ruleset.engine.number_rows import Amount, NumberRow, NumberStatus, number_rows
from screening.wording.document.answers import amount_typed, beside_line, in_unit, quantity, readable_number, with_sign
from screening.wording.document.blocks import Paragraph, Part
from screening.wording.document.paper_blocks import LineZone, NumberTable, NumberTableRow
from screening.wording.document.value_lines import table_row, told_lines
from screening.wording.language.punctuation import punctuation
from screening.wording.summary.context import SummaryContext


def person_numbers(context: SummaryContext) -> Iterator[Part]:
    """A line for each value, and for each number from a paper, with what it is a reason for; nothing without any."""
    rows = number_rows(context.engine, context.input.answers, context.plain, context.outcome)
    values = [
        table_row(told, told.where, context.citations.cite(told.value.sources))
        for told in told_lines(context.engine, context.plain, context.language)
    ]
    if not (rows or values):
        return
    say = context.say
    columns = (say("Measured"), say("Value"), say("Other unit"), say("Where it lies"), say("Reason"))
    table = NumberTable(say("My numbers"), columns, (*values, *(_row(context, row) for row in rows)))
    yield Part("my_numbers", say("My numbers"), (*_remark(context, rows), table))


def _remark(context: SummaryContext, rows: Sequence[NumberRow]) -> Iterator[Paragraph]:
    """What the numbers from papers are a reason for, and what counts more than their limits."""
    if not rows:
        return
    say, numbers = context.say, context.rule_set.numbers
    if any(row.is_reason for row in rows):
        lead = say("A number that is a reason for what this paper says is marked. The others are no reason for it.")
    else:
        lead = say("None of these numbers is a reason for what this paper says.")
    yield Paragraph(context.language.sentences((lead, numbers.remark if numbers else "")))


def _row(context: SummaryContext, row: NumberRow) -> NumberTableRow:
    question = row.question
    typed = _amount(context, row, row.typed) if row.typed else quantity(question, row.answer, context.language)
    zones = _zones(context, row)
    reason = _reason(context, row)
    return NumberTableRow(
        label=question.label,
        number=typed,
        other=_amount(context, row, row.other) if row.other else "",
        zones=zones,
        zone=row.zones.words.index(row.held[0]) if row.zones and row.held else 0,
        zone_to=row.zones.words.index(row.held[-1]) if row.zones and row.held else None,
        place=row.place if zones else 0.0,
        place_to=row.place_to if zones else None,
        pin=amount_typed(question, row.answer, context.language) if row.typed else "",
        description=_description(context, f"{question.label} {typed}", row, zones),
        named=reason,
        sources=context.citations.cite(_sources(context, row)) if zones else (),
    )


def _amount(context: SummaryContext, row: NumberRow, amount: Amount) -> str:
    written = beside_line if amount.unit.label == row.question.label else in_unit
    return with_sign(row.answer, written(readable_number(amount.number), amount.unit, context.language))


def _zones(context: SummaryContext, row: NumberRow) -> tuple[LineZone, ...]:
    """The zones beside a number, with their limits in the unit in which it was typed."""
    numbers = context.rule_set.numbers
    if row.zones is None or row.typed is None or numbers is None:
        return ()
    unit = row.typed.unit
    limits = (readable_number(mark.in_unit(unit).limit) for mark in row.zones.marks)
    ends = [beside_line(limit, unit, context.language) for limit in limits]
    words = [str(getattr(numbers.words, word)) for word in row.zones.words]
    return tuple(LineZone(word, end) for word, end in zip(words, [*ends, ""], strict=True))


def _reason(context: SummaryContext, row: NumberRow) -> str:
    say = context.say
    if row.status is NumberStatus.NO_UNIT:
        return say("It does not count, because its unit is not known.")
    if row.status is NumberStatus.SET_ASIDE:
        return say("It does not count here, because of another answer.")
    return say("It is a reason for what this paper says.") if row.is_reason else ""


def _sources(context: SummaryContext, row: NumberRow) -> tuple[str, ...]:
    numbers = context.rule_set.numbers
    scales = (scale for scale in (numbers.scales if numbers else ()) if scale.id == row.question.id)
    return next((scale.sources for scale in scales), ())


def _description(context: SummaryContext, number: str, row: NumberRow, zones: tuple[LineZone, ...]) -> str:
    """The line in words, for who cannot see the drawing."""
    if not zones or row.zones is None or not row.held:
        return number
    say = context.say
    named = [say("%(zone)s up to %(end)s", zone=zone.text, end=zone.end) if zone.end else zone.text for zone in zones]
    here = context.language.any_of([zones[row.zones.words.index(word)].text for word in row.held])
    return say(
        "%(number)s lies in: %(zone)s. Zones: %(zones)s",
        number=number,
        zone=here,
        zones=punctuation(context.language.tag).comma.join(named),
    )
