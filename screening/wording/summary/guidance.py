"""The parts of a Document that the rule file's texts fill: sections, claims, next steps and shared lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screening.ruleset.model.rule_set import Kind
from screening.ruleset.model.texts import Section, SectionTitle
from screening.wording.document.blocks import Block, ClaimPair, Items, Lines, Paragraph, Part, Subheading
from screening.wording.summary.context import SummaryContext


def guidance_parts(telling: SummaryContext) -> Iterator[Part]:
    """The parts in the order in which they are read."""
    if not telling.is_emergency:
        yield Part("short_answer", telling.say("The short answer"), telling.tell(telling.rule_set.short_answer))
    yield from _next_steps(telling)
    yield from _tick_sheet(telling)
    yield from _sections(telling)
    yield from _underlying(telling)
    if not telling.is_emergency:
        yield from _claims(telling)


def _next_steps(telling: SummaryContext) -> Iterator[Part]:
    """What to do next. Where several sections are possible, the more serious one's steps are added."""
    say = telling.say
    steps = telling.tell_as_items(telling.category.next_steps, ordered=True)
    if telling.outcome.kind in (Kind.UNLESS, Kind.SEVERAL):
        own, more = steps, telling.tell_as_items(telling.described[0].next_steps, ordered=True)
        items = (
            *(each for block in own for each in block.items[:1]),
            *(each for block in more for each in block.items),
        )
        steps = (Items(items, ordered=True),)
    if steps:
        yield Part("next_steps", say("What to do next"), steps)
    questions = telling.tell_as_items(telling.category.ask_doctor)
    if questions:
        yield Part("ask_doctor", say("Questions for your own doctor"), questions)


def _tick_sheet(telling: SummaryContext) -> Iterator[Part]:
    if telling.outcome.kind and telling.rule_set.tick_sheet:
        title = telling.say("For the doctor or nurse: please fill in")
        yield Part("tick_sheet", title, (Lines(telling.rule_set.tick_sheet),))


def _sections(telling: SummaryContext) -> Iterator[Part]:
    """The categories' own parts, in the order of `section_titles`; then the shared parts that have their own title.

    A shared part without a title joins the part of the same id.
    """
    for title in telling.rule_set.section_titles:
        blocks = [*_own_blocks(telling, title), *_blocks_of(telling, _untitled(telling), title.id)]
        if blocks:
            yield Part(title.id, title.text, tuple(blocks))
    for section in telling.rule_set.shared:
        if section.title and (told := telling.tell(section.blocks)):
            yield Part(section.id, section.title, told)


def _untitled(telling: SummaryContext) -> tuple[Section, ...]:
    return tuple(each for each in telling.rule_set.shared if not each.title)


def _own_blocks(telling: SummaryContext, title: SectionTitle) -> Iterator[Block]:
    """The part of this title of every category described; each under its own name where there are several."""
    name = title.id
    if telling.category in telling.described:
        yield from _blocks_of(telling, telling.category.sections, name)
        return
    for category in telling.described if title.when_several else ():
        blocks = _blocks_of(telling, category.sections, name)
        if blocks and len(telling.described) > 1:
            yield Subheading(category.name)
        yield from blocks
    yield from _blocks_of(telling, telling.category.sections, name)


def _blocks_of(telling: SummaryContext, sections: Iterable[Section], name: str) -> list[Block]:
    return [block for section in sections if section.id == name for block in telling.tell(section.blocks)]


def _underlying(telling: SummaryContext) -> Iterator[Part]:
    """What the answers are like but for the situation that the guide does not cover."""
    underlying = telling.outcome.underlying
    if underlying is None or underlying.category == telling.rule_set.undetermined.category:
        return
    category = telling.rule_set.category[underlying.category]
    lead = telling.say(
        "Apart from this situation, your answers are like this part of the guide: %(name)s.", name=category.name
    )
    blocks = (Paragraph(lead), *_blocks_of(telling, category.sections, telling.rule_set.section_titles[0].id))
    yield Part("underlying", telling.say("Apart from this situation"), blocks, folded=True)


def _claims(telling: SummaryContext) -> Iterator[Part]:
    """What the guide says and, under each, what research makes of it."""
    labels = {each.id: each.text for each in telling.rule_set.claim_labels}
    pairs = tuple(
        ClaimPair(each.says, labels[each.label], each.research, telling.citations.cite(each.sources))
        for each in telling.rule_set.claims
    )
    if pairs:
        yield Part("claims", telling.say("What the guide says, and what research found"), pairs)
