"""What a person reads first on the result page: what cannot wait, what the answers are like, why, and three steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from screening.ruleset.engine.number_rows import NumberRow
from screening.ruleset.model.notes import Note, NoteKind
from screening.ruleset.model.rule_set import Kind
from screening.wording.document.blocks import Block, Items, Paragraph, Part
from screening.wording.document.result_blocks import OpenPoint, Pair, Side, Step
from screening.wording.language.sentences import first_sentence, without_stop
from screening.wording.summary.context import OPEN, SummaryContext
from screening.wording.summary.left_open import left_open_by, left_open_in_short
from screening.wording.summary.numbers import number_as_typed, zone_word
from screening.wording.summary.urgency import first_action_in_time, what_it_is_about

STEPS = 3
REASONS = 2
OPEN_POINTS = 3
"""How many of each stand open; more of them are folded, but for steps. What is open in words counts for one point."""


def first_screen_parts(context: SummaryContext) -> Iterator[Part]:
    """The parts in the order in which they are read; none in an emergency, which has its own."""
    if context.is_emergency:
        return
    yield from _cannot_wait(context)
    yield _lead(context)
    yield from _pair(context)
    yield from _always_open(context)
    yield from _why(context)
    yield from _steps(context)
    yield _guide(context)
    yield from _still_open(context)


# --- what to do ----------------------------------------------------------------------------------


def _actions(context: SummaryContext) -> tuple[Note, ...]:
    """What notes tell a person to do."""
    return tuple(note for note in context.told_notes if note.kind is NoteKind.ACTION)


def _cannot_wait(context: SummaryContext) -> Iterator[Part]:
    """The first action that has a time frame: a later one beside it would take it back."""
    note = first_action_in_time(context)
    if note:
        step = _step(context, note.text, note.sources)
        step = replace(step, detail=context.language.sentences((step.detail, what_it_is_about(context, note))))
        if note.time_frame.casefold() not in step.text.casefold():
            step = replace(step, time_frame=note.time_frame)
        yield Part("cannot_wait", context.say("Please do this"), (step,), tone="action")


def _steps(context: SummaryContext) -> Iterator[Part]:
    """Three things to do, those that notes tell first."""
    told = [_step(context, note.text, note.sources) for note in _actions(context) if not note.time_frame]
    told += [_step(context, block.text, block.sources) for block in context.next_steps if block.text]
    steps: dict[str, Step] = {}
    for step in told:
        steps.setdefault(step.text, step)
    if steps:
        yield Part("steps", context.say("What to do next"), tuple(steps.values())[:STEPS])


def _step(context: SummaryContext, text: str, sources: tuple[str, ...]) -> Step:
    sentence, detail = first_sentence(context.fill(text))
    return Step(without_stop(sentence), detail, sources=context.citations.cite(sources))


# --- what the answers are like -------------------------------------------------------------------


def _lead(context: SummaryContext) -> Part:
    """The heading's first sentence as the title; what else it says, and what tells why nothing single is named.

    Who alone can tell the stage is said where a single section is named; else the foot of the page says it.
    """
    kind = context.outcome.kind
    text = context.fill(context.heading.text)
    sentence, rest = first_sentence(text)
    blocks: list[Block] = [Paragraph(rest)] if rest else []
    if kind:
        texts = context.rule_set.undetermined.kinds[kind].texts
        blocks += context.tell(tuple(block for block in texts if OPEN not in block.text))
    if context.rule_set.limit and not kind and not context.heading.pair:
        blocks.append(Paragraph(context.rule_set.limit))
    return Part("lead", without_stop(sentence), tuple(blocks), tone=context.category.tone)


def _guide(context: SummaryContext) -> Part:
    """What the guide is, where the result first speaks of it: in its heading, or only in what stands below."""
    category = context.category
    names_section = "{sections}" in context.heading.text
    in_heading = names_section or (not context.outcome.kind and (category.passage or category.overrides))
    name = "guide_in_heading" if in_heading and not context.heading.pair else "guide_named"
    return Part(name, "", (Paragraph(without_stop(first_sentence(context.rule_set.guide.about)[0])),))


def _pair(context: SummaryContext) -> Iterator[Part]:
    """Two answers that do not fit together: those that the heading names, or those that keep a section impossible."""
    sides = tuple(_side(context, (name,)) for name in context.heading.pair)
    if not sides and context.outcome.kind is Kind.DISAGREE:
        for disagreement in context.explanation.disagreements:
            groups = (disagreement.against, disagreement.speaking_for)
            sides = tuple(_side(context, names) for names in groups if names)
            if len(sides) == len(groups):
                break
    if sides:
        yield Part("pair", "", (Pair(sides),), tone="conflict")


def _side(context: SummaryContext, names: tuple[str, ...]) -> Side:
    """One side: its questions, the answers, and of a number in which zone it lies."""
    rows = {row.question.id: row for row in context.number_rows}
    label = {name: context.rule_set.question[name].label for name in names}
    if len(names) == 1:
        return Side(label[names[0]], context.answer(names[0]), _zone(context, rows.get(names[0])))
    answers = []
    for name in names:
        zone = _zone(context, rows.get(name))
        answer = number_as_typed(rows[name], context) if zone else context.answer(name)
        answers.append(context.language.with_label(label[name], f"{answer} ({zone})" if zone else answer))
    return Side(context.say("Your answers together"), answers[0], more=tuple(answers[1:]))


def _zone(context: SummaryContext, row: NumberRow | None) -> str:
    return zone_word(context.rule_set, row.zone) if row and row.zone else ""


def _always_open(context: SummaryContext) -> Iterator[Part]:
    """The beginning of the short answer: it is never folded. The rest is told below."""
    blocks = context.shown_blocks(context.rule_set.short_answer)
    if blocks:
        without_sources = replace(blocks[0], sources=())
        yield Part("always_open", "", context.tell((without_sources,)))
    if blocks[1:]:
        yield Part("short_answer_rest", context.say("The short answer"), context.tell(blocks[1:]), folded=True)


# --- why, and what is open -----------------------------------------------------------------------


def _why(context: SummaryContext) -> Iterator[Part]:
    """The reasons in the person's own answers, and what speaks against the sections beside."""
    against = [context.fill(block.text) for block in context.shown_blocks(context.category.against_others)]
    left_open = left_open_in_short(context)
    grounds = () if context.heading.pair else context.holding
    places = REASONS - len(against) - len(left_open)
    shown, more = grounds[:places], grounds[places:]
    items = (*(context.fill(ground.because) for ground in shown), *against, *left_open)
    if items:
        sources = context.citations.cite(source for ground in shown for source in ground.sources)
        yield Part("why", context.say("Why"), (Items(items, sources=sources),))
    in_full = tuple(text for text in left_open_by(context) if text not in left_open)
    if more or in_full:
        sources = context.citations.cite(source for ground in more for source in ground.sources)
        reasons = Items((*(context.fill(ground.because) for ground in more), *in_full), sources=sources)
        yield Part("more_reasons", context.say("More reasons"), (reasons,), folded=True)


def _still_open(context: SummaryContext) -> Iterator[Part]:
    """The questions some answer to which could still change what fits, and who can tell."""
    questions = [context.rule_set.question[name] for name in context.explanation.missing]
    points = tuple(OpenPoint(question.label, question.who_can_tell) for question in questions)
    kind = context.outcome.kind
    texts = context.rule_set.undetermined.kinds[kind].texts if kind else ()
    told = context.tell(tuple(block for block in texts if OPEN in block.text))
    nothing = () if told else (Paragraph(context.say("Nothing that you left open could change what stands above.")),)
    title = context.say("Still open, and who can tell")
    shown = OPEN_POINTS - 1 if told else OPEN_POINTS
    yield Part("still_open", title, (*told, *(points[:shown] or nothing)))
    if points[shown:]:
        yield Part("more_open", context.say("More that is open"), points[shown:], folded=True)
