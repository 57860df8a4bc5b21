"""The parts of a Document that the rule file's texts fill: sections, claims, next steps and shared lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screening.ruleset.model.texts import Section, SectionTitle
from screening.wording.document.blocks import Block, ClaimPair, Lines, Paragraph, Part, Subheading
from screening.wording.summary.context import SummaryContext


def guidance_parts(context: SummaryContext) -> Iterator[Part]:
    """The parts in the order in which they are read."""
    if not context.is_emergency:
        yield Part("short_answer", context.say("The short answer"), context.tell(context.rule_set.short_answer))
    yield from _next_steps(context)
    yield from _tick_sheet(context)
    yield from _sections(context)
    yield from _underlying(context)
    if not context.is_emergency:
        yield from _claims(context)


def _next_steps(context: SummaryContext) -> Iterator[Part]:
    """What to do next, and what to ask a doctor."""
    say = context.say
    steps = context.tell_as_items(context.next_steps, ordered=True)
    if steps:
        yield Part("next_steps", say("What to do next"), steps)
    questions = context.tell_as_items(context.category.ask_doctor)
    if questions:
        yield Part("ask_doctor", say("Questions for your own doctor"), questions)


def _tick_sheet(context: SummaryContext) -> Iterator[Part]:
    if context.outcome.kind and context.rule_set.tick_sheet:
        title = context.say("For the doctor or nurse: please fill in")
        yield Part("tick_sheet", title, (Lines(context.rule_set.tick_sheet),))


def _sections(context: SummaryContext) -> Iterator[Part]:
    """The categories' own parts, in the order of `section_titles`; then the shared parts that have their own title.

    A shared part without a title joins the part of the same id.
    """
    for title in context.rule_set.section_titles:
        blocks = [*_own_blocks(context, title), *_blocks_of(context, _sections_without_title(context), title.id)]
        if blocks:
            yield Part(title.id, title.text, tuple(blocks))
    for section in context.rule_set.shared:
        if section.title and (shown := context.tell(section.blocks)):
            yield Part(section.id, section.title, shown)


def _sections_without_title(context: SummaryContext) -> tuple[Section, ...]:
    return tuple(section for section in context.rule_set.shared if not section.title)


def _own_blocks(context: SummaryContext, title: SectionTitle) -> Iterator[Block]:
    """The part of this title of every category described; each under its own name where there are several.

    They come from the mildest on, as the heading names them: one that is only possible is not read as found.
    """
    name = title.id
    if context.category in context.described_categories:
        yield from _blocks_of(context, context.category.sections, name)
        return
    for category in reversed(context.described_categories) if title.when_several else ():
        blocks = _blocks_of(context, category.sections, name)
        if blocks and len(context.described_categories) > 1:
            yield Subheading(category.name)
        yield from blocks
    yield from _blocks_of(context, context.category.sections, name)


def _blocks_of(context: SummaryContext, sections: Iterable[Section], name: str) -> list[Block]:
    return [block for section in sections if section.id == name for block in context.tell(section.blocks)]


def _underlying(context: SummaryContext) -> Iterator[Part]:
    """What the answers are like but for the situation that the guide does not cover."""
    underlying = context.outcome.underlying
    if underlying is None or underlying.category == context.rule_set.undetermined.category:
        return
    category = context.rule_set.category[underlying.category]
    lead = context.say(
        "Apart from this situation, your answers are like this part of the guide: %(name)s.", name=category.name
    )
    blocks = (Paragraph(lead), *_blocks_of(context, category.sections, context.rule_set.section_titles[0].id))
    yield Part("underlying", context.say("Apart from this situation"), blocks, folded=True)


def _claims(context: SummaryContext) -> Iterator[Part]:
    """What the guide says and, under each, what research makes of it."""
    labels = {claim_label.id: claim_label.text for claim_label in context.rule_set.claim_labels}
    pairs = tuple(
        ClaimPair(claim.says, labels[claim.label], claim.research, context.citations.cite(claim.sources))
        for claim in context.rule_set.claims
    )
    title = context.rule_set.claims_title or context.say("What the guide says, and what is known about it")
    if pairs:
        yield Part("claims", title, pairs)
    own = {category.passage for category in context.described_categories if category.passage}
    others = tuple(pair for pair, claim in zip(pairs, context.rule_set.claims, strict=True) if claim.passage not in own)
    if others:
        yield Part("other_claims", title, others, folded=True)
