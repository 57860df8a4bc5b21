"""The table of boundaries: just below, at and just above each threshold, in each unit, with what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.analysis.thresholds.crossing import Crossing, Effect, Side, Spot, Threshold
from screening.ruleset.model.dates import DayRange, Elapsed, as_partial, day_in
from screening.wording.book.findings import Chapters
from screening.wording.document.blocks import Block, Paragraph, Part, Subheading, Table
from screening.wording.language.languages import N_

_TIMES = {
    Elapsed.DAYS: N_("%(label)s: full days since then: %(number)s"),
    Elapsed.MONTHS: N_("%(label)s: full months since then: %(number)s"),
    Elapsed.YEARS: N_("%(label)s: full years since then: %(number)s"),
}
_COUNTED: Mapping[str, str] = {
    Elapsed.DAYS: N_("full days: %(number)s"),
    Elapsed.MONTHS: N_("full months: %(number)s"),
    Elapsed.YEARS: N_("full years: %(number)s"),
}
_SIDES = {Side.BELOW: N_("just below"), Side.AT: N_("at"), Side.ABOVE: N_("just above")}


def boundaries(book: Chapters) -> Part:
    """Every threshold of every number."""
    say = book.say
    blocks: list[Block] = [
        Paragraph(
            say(
                "Each number that a rule, value or note compares an answer with. The other answers are chosen so that "
                "the number matters; all that is not named says nothing that a rule looks for."
            )
        )
    ]
    for crossing in book.input.crossings:
        blocks += _threshold(crossing, book)
    return Part("boundaries", say("Boundaries"), tuple(blocks))


def _threshold(crossing: Crossing, book: Chapters) -> Iterator[Block]:
    threshold = crossing.threshold
    yield Subheading(_title(threshold, book))
    yield Paragraph(_effect(crossing, book))
    if crossing.effect is Effect.NOTHING:
        numbers = "; ".join(f"{book.say(_SIDES[spot.side])} {_typed_number(spot, book)}" for spot in threshold.spots())
        yield Paragraph(numbers)
        return
    columns = (book.say("Where"), book.say("Number"), book.say("Category"), book.say("Notes"))
    rows = tuple(_row(spot, crossing, book) for spot in threshold.spots() if _can_be(spot, crossing))
    yield Table(threshold.question.label, columns, rows)


def _title(threshold: Threshold, book: Chapters) -> str:
    number, label = book.input.language.number(threshold.number), threshold.question.label
    if threshold.counted:
        return book.say(_TIMES[threshold.counted], label=label, number=number)
    unit = threshold.question.stored_unit
    return book.say("%(label)s: %(number)s %(unit)s", label=label, number=number, unit=unit.counted)


def _can_be(spot: Spot, crossing: Crossing) -> bool:
    """Whether there is an answer with this number: of a date, on the day that is today."""
    return crossing.threshold.answer(spot.stored, day_in(crossing.answers)) is not None


def _effect(crossing: Crossing, book: Chapters) -> str:
    say = book.say
    telling = {name: answer for name, answer in crossing.answers.items() if name not in crossing.ordinary}
    answers = book.answers(telling)
    match crossing.effect:
        case Effect.CATEGORY:
            return say("Changes the category. Shown with: %(answers)s.", answers=answers)
        case Effect.NOTES if crossing.proved:
            return say("Proved to change no category; it changes notes. Shown with: %(answers)s.", answers=answers)
        case Effect.NOTES:
            return say("No change of category was found; it changes notes. Shown with: %(answers)s.", answers=answers)
        case _ if crossing.proved:
            return say("Proved to change no category and no note; it can change what is asked, or a text.")
        case _:
            return say("No change of a category or note was found. That is not proved.")


def _row(spot: Spot, crossing: Crossing, book: Chapters) -> tuple[str, ...]:
    answers = crossing.threshold.with_number(spot.stored, crossing.answers)
    outcome = book.input.rules.engine.evaluate(answers)
    category = book.category(outcome.category)
    if len(outcome.possible) > 1:
        category = book.say(
            "%(category)s (possible: %(possible)s)", category=category, possible=book.categories(outcome.possible)
        )
    typed, answer = _typed_number(spot, book), answers[crossing.threshold.question.id]
    if isinstance(answer, DayRange):
        day = book.input.language.partial_date(as_partial(answer))
        typed = book.say("%(number)s (%(day)s)", number=typed, day=day)
    return book.say(_SIDES[spot.side]), typed, category, ", ".join(outcome.notes)


def _typed_number(spot: Spot, book: Chapters) -> str:
    """The number with the digits that its unit is typed with; of the time since a date, in full units."""
    if spot.unit.code in _COUNTED:
        return book.say(_COUNTED[spot.unit.code], number=book.input.language.number(spot.typed))
    return f"{spot.typed:.{spot.unit.decimals}f} {spot.unit.counted}"
