"""The numbers of the doctor's paper: as given, in the other unit, and on a line with named cut-offs, or why on none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from screening.ruleset.engine.value_ranges import ValueRange
from screening.ruleset.model.answers import Bound
from screening.ruleset.model.papers import DoctorScale
from screening.ruleset.model.questions import Question, Unit
from screening.ruleset.model.rule_set import Value
from screening.ruleset.model.texts import Block as TextBlock
from screening.ruleset.model.texts import Expression
from screening.ruleset.reading.answer_types import Quantity, unit_of
from screening.ruleset.told.value_lines import value_line
from screening.wording.document.answers import (
    amount_typed,
    beside_line,
    convert,
    in_unit,
    other_unit,
    readable_number,
    with_sign,
)
from screening.wording.document.blocks import Paragraph, Part
from screening.wording.document.paper_blocks import LineZone, NumberTable, NumberTableRow, Statements
from screening.wording.document.value_lines import table_row, told_line
from screening.wording.summary.clinic import value_result
from screening.wording.summary.context import SummaryContext
from screening.wording.summary.doctor_words import DoctorWords, capital, is_from_paper

_ROOM = 2
"""The last zone of a line ends at this many times its lower bound; what lies beyond stands at the end."""


def numbers_part(words: DoctorWords) -> Iterator[Part]:
    """How old the tests are; every number that was given, whether it counts or not; named values worked out."""
    context = words.context
    rows = [*_given(words), *_worked_out(words)]
    if not rows:
        return
    say = context.say
    columns = (say("Measured"), say("Value"), say("Other unit"), say("Where it lies"), say("Cut-offs"))
    table = NumberTable(say("Numbers given"), columns, tuple(rows))
    remarks = context.language.sentences(
        [words.fill(block.text) for block in context.shown_blocks(words.paper.remarks)]
    )
    about = tuple(words.about_papers())
    blocks = (*((Statements(about),) if about else ()), table, *((Paragraph(remarks),) if remarks else ()))
    yield Part("doctor_numbers", say("Numbers given"), blocks)


def _given(words: DoctorWords) -> Iterator[NumberTableRow]:
    context = words.context
    for question in context.rule_set.questions:
        answer = context.input.answers.get(question.id)
        is_scaled = is_from_paper(context, question) or any(scale.of == question.id for scale in words.paper.scales)
        if isinstance(answer, Quantity) and is_scaled and question.id in context.outcome.asked:
            yield _row(words, question, answer)


def _row(words: DoctorWords, question: Question, answer: Quantity) -> NumberTableRow:
    context, language = words.context, words.language
    label, number = capital(words.label(question)), words.typed(question, answer)
    if answer.unit is None:
        return _without_line(label, number, "", context.say("Not used: its unit is not known"))
    unit = unit_of(question, answer.unit)
    other = other_unit(question, unit)
    in_other = ""
    if other is not None:
        amount = readable_number(convert(answer.amount, unit, other))
        in_other = with_sign(answer, in_unit(amount, other, language))
    for left_out in words.paper.set_aside:
        if left_out.question == question.id and _holds(context, left_out.when):
            return _without_line(label, number, in_other, left_out.text)
    scale = _scale_of(words, question.id)
    if scale is None:
        return _without_line(label, number, in_other, "")
    plain = context.plain[question.id]
    if isinstance(plain, Bound):
        row = _on_line(words, scale, (label, number, in_other), (plain.low, answer.amount), unit)
        return _from_bound(words, scale, row, plain, amount_typed(question, answer, language))
    stored = convert(answer.amount, unit, question.stored_unit)
    return _on_line(words, scale, (label, number, in_other), (stored, answer.amount), unit)


def _from_bound(
    words: DoctorWords, scale: DoctorScale, row: NumberTableRow, bound: Bound, typed: str
) -> NumberTableRow:
    """The row of a number of which a bound is known: all that it leaves is marked, and no place in it."""
    value_range = ValueRange(bound.low, bound.high, bound.low_open, bound.high_open)
    line = value_line(scale.zones, value_range, len(scale.zones))
    held = range(line.first, line.last + 1)
    return replace(
        row,
        zone=line.first,
        zone_to=line.last,
        place=line.start,
        place_to=line.end,
        pin=typed,
        description=_description(words, f"{row.label} {row.number}", row.zones, held),
    )


def _worked_out(words: DoctorWords) -> Iterator[NumberTableRow]:
    context = words.context
    for value in context.rule_set.values:
        scale = _scale_of(words, value.id) if value.label else None
        is_drawn = bool(scale or value.zones)
        value_range = context.engine.value_range(value.id, context.plain) if is_drawn else None
        if value_range:
            told = told_line(value, value_range, context.engine, context.language, scale.zones if scale else ())
            sources = context.citations.cite(scale.sources if scale else value.sources)
            cut_offs = scale.cut_offs if scale else value.cut_offs
            named = cut_offs if told.is_certain else context.language.sentences((told.where, cut_offs))
            yield table_row(told, named, sources)
        elif is_drawn and _was_tried(context, value):
            yield _without_line(value.label, "", "", value_result(value, context))


def _was_tried(context: SummaryContext, value: Value) -> bool:
    """Whether everything that a value reads was answered, so that it has another reason for being unknown."""
    return any(unknown.value == value.id and unknown.because for unknown in context.explanation.unknown_values)


def _zone_at(scale: DoctorScale, number: Decimal) -> int:
    return next(index for index, zone in enumerate(scale.zones) if zone.holds(number))


def _scale_of(words: DoctorWords, name: str) -> DoctorScale | None:
    scales = (scale for scale in words.paper.scales if scale.of == name)
    return next((scale for scale in scales if scale.when is None or _holds(words.context, scale.when)), None)


def _holds(context: SummaryContext, condition: Expression) -> bool:
    return bool(context.shown_blocks((TextBlock("", when=condition),)))


def _without_line(label: str, number: str, other: str, why: str) -> NumberTableRow:
    description = " ".join(filter(None, (label, number, why)))
    return NumberTableRow(label, number, other, (), 0, 0.0, "", description, why)


def _on_line(
    words: DoctorWords,
    scale: DoctorScale,
    texts: tuple[str, str, str],
    numbers: tuple[Decimal, Decimal],
    unit: Unit | None,
) -> NumberTableRow:
    """A number as it is stored, which is compared, and as it is shown, on its line; `texts` are its first cells."""
    language = words.language
    stored, shown = numbers
    factor = unit.factor if unit else Decimal(1)

    def said(amount: Decimal) -> str:
        return beside_line(amount, unit, language) if unit else language.number(amount)

    ends = [zone.bound / factor for zone in scale.zones if zone.bound is not None]
    zones = tuple(
        LineZone(zone.text, said(readable_number(end)) if end is not None else "")
        for zone, end in zip(scale.zones, [*ends, None], strict=True)
    )
    at = _zone_at(scale, stored)
    label, number, _ = texts
    return NumberTableRow(
        *texts,
        zones=zones,
        zone=at,
        place=(at + _within(shown, at, ends)) / len(zones),
        pin=said(shown),
        description=_description(words, f"{label} {number}", zones, range(at, at + 1)),
        named=scale.cut_offs,
        sources=words.context.citations.cite(scale.sources),
    )


def _within(shown: Decimal, at: int, ends: list[Decimal]) -> float:
    """Where in its zone a number stands, from 0 to 1."""
    lower = ends[at - 1] if at else Decimal(0)
    upper = ends[at] if at < len(ends) else lower * _ROOM
    return min(max(float((shown - lower) / (upper - lower)), 0.0), 1.0)


def _description(words: DoctorWords, number: str, zones: tuple[LineZone, ...], held: range) -> str:
    say = words.context.say
    named = [say("%(zone)s up to %(end)s", zone=zone.text, end=zone.end) if zone.end else zone.text for zone in zones]
    return say(
        "%(number)s lies in: %(zone)s. Zones: %(zones)s",
        number=number,
        zone=words.language.any_of([zones[at].text for at in held]),
        zones=words.all_of(named),
    )
