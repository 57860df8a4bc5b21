"""Sources with where each is cited, and the passages of the guide with what cites them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from screening.ruleset.model.parts import block_lists
from screening.wording.book.findings import Chapters
from screening.wording.document.blocks import Paragraph, Part, SourceEntry, Table


def source_entries(book: Chapters) -> tuple[SourceEntry, ...]:
    """Every source in the order of the file, marked where it is not confirmed, with where it is cited."""
    cited = _places_by_source(book)
    names = list(book.input.rules.rule_set.source)
    return tuple(
        replace(entry, remark=_remark(entry, cited.get(names[entry.number - 1], []), book))
        for entry in book.citations.entries(book.input.language)
    )


def _remark(entry: SourceEntry, places: list[str], book: Chapters) -> str:
    where = (
        book.say("cited by %(places)s", places=", ".join(dict.fromkeys(places)))
        if places
        else book.say("cited nowhere")
    )
    return f"{entry.remark.upper()}; {where}" if entry.remark else where


def _places_by_source(book: Chapters) -> Mapping[str, list[str]]:
    places: dict[str, list[str]] = {}
    for source, place in _citations(book):
        places.setdefault(source, []).append(place)
    return places


def _citations(book: Chapters) -> Iterator[tuple[str, str]]:
    """Each source cited, and the part of the rule file that cites it."""
    rule_set = book.input.rules.rule_set
    yield rule_set.guide.source, book.say("the guide")
    kinds = (
        (book.say("ground"), rule_set.grounds),
        (book.say("value"), rule_set.values),
        (book.say("note"), rule_set.notes),
        (book.say("category"), rule_set.categories),
        (book.say("claim"), rule_set.claims),
        (book.say("article"), rule_set.articles),
        (book.say("emergency number"), rule_set.emergency.numbers),
    )
    for kind, parts in kinds:
        for part in parts:
            yield from ((source, f"{kind} {part.id}") for source in part.sources)
    for question in rule_set.questions:
        codes = (*question.codes, *(code for option in question.options for code in option.codes))
        yield from ((code.source, book.say("code %(code)s", code=code.code)) for code in codes)
    for blocks, path in block_lists(rule_set):
        for block in blocks:
            line = book.input.rules.line((*path, blocks.index(block)))
            yield from ((source, book.say("text in line %(line)s", line=line)) for source in block.sources)


def passages(book: Chapters) -> Part:
    """Every passage of the guide, and what of the rule file cites it."""
    say = book.say
    rule_set = book.input.rules.rule_set
    citing: dict[str, list[str]] = {}
    for category in rule_set.categories:
        citing.setdefault(category.passage, []).append(say("category %(name)s", name=category.name))
    for claim in rule_set.claims:
        citing.setdefault(claim.passage, []).append(say("claim %(name)s", name=claim.id))
    rows = tuple(
        (passage.place, passage.says, ", ".join(citing.get(passage.id, [])) or say("NOTHING CITES IT"))
        for passage in rule_set.guide.passages
    )
    columns = (say("Passage of the guide"), say("What it says, in our words"), say("Cited by"))
    about = Paragraph(rule_set.guide.about, book.citations.cite([rule_set.guide.source]))
    return Part("passages", say("Passages of the guide"), (about, Table(say("Passages"), columns, rows)))
