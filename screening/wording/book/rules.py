"""Rules, values, notes and conditions of asking as sentences, with their lines, cut-offs and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from screening.ruleset.model.expression import Comparison, Name, Number
from screening.ruleset.model.notes import NoteKind
from screening.ruleset.model.papers import Zone
from screening.ruleset.model.parts import questions
from screening.ruleset.model.questions import Question
from screening.ruleset.model.rule_set import Ground, Rule, Value
from screening.ruleset.model.texts import Expression
from screening.wording.book.findings import Chapters
from screening.wording.document.answers import convert
from screening.wording.document.blocks import Block, Paragraph, Part, Subheading, Table
from screening.wording.document.expressions import Expressions
from screening.wording.language.languages import N_

_KINDS = {
    NoteKind.ACTION: N_("action"),
    NoteKind.CONFLICT: N_("conflict"),
    NoteKind.INFORMATION: N_("information"),
    NoteKind.CAUTION: N_("caution"),
}


def rules(book: Chapters) -> Part:
    """Every ground, rule by rule."""
    say = book.say
    blocks: list[Block] = [
        Paragraph(
            say(
                "Rules are read from the top; the first that holds gives the category. A rule holds where one of its "
                "grounds does. Words in [square brackets] are values or grounds, which stand in their own tables. “For "
                "certain” means: not where the answer is not known."
            )
        )
    ]
    for number, rule in enumerate(book.input.rules.rule_set.rules):
        title = say("Rule %(number)s: %(category)s", number=number + 1, category=book.category(rule.category))
        blocks += [Subheading(title), _grounds(rule, number, book)]
    return Part("rules", say("Every rule as a sentence"), tuple(blocks))


def _grounds(rule: Rule, number: int, book: Chapters) -> Table:
    say = book.say
    rows = tuple(
        (
            _name_with_marks(book.name_with_line(ground.id, ("rules", number, "grounds", index)), ground, book),
            book.sentence(ground.when),
            cut_offs(ground.when, book),
            ground.because,
            "",
        )
        for index, ground in enumerate(rule.grounds)
    )
    sources = tuple(book.citations.cite(ground.sources) for ground in rule.grounds)
    columns = (say("Ground"), say("Holds where"), say("Cut-offs"), say("The person reads"), say("Sources"))
    return Table(book.category(rule.category), columns, rows, sources)


def _name_with_marks(name: str, ground: Ground, book: Chapters) -> str:
    """The name with what is special about a ground."""
    marks = []
    if ground.interrupt:
        marks.append(book.say("shown at once"))
    if ground.unanswered_means_no:
        marks.append(book.say("no answer counts as no: %(why)s", why=ground.unanswered_means_no))
    if ground.otherwise:
        marks.append(book.say("also tells what the rules below give"))
    if ground.review:
        marks.append(book.say("judgement call"))
    return f"{name}\n{'; '.join(marks)}" if marks else name


def cut_offs(expression: Expression, book: Chapters) -> str:
    """The numbers that an expression itself compares answers and values with; values have their own."""
    compared = (part for part in expression.tree.walk() if isinstance(part, Comparison))
    return "\n".join(dict.fromkeys(line for part in compared for line in _cut_off(part, book)))


def _cut_off(comparison: Comparison, book: Chapters) -> Iterator[str]:
    rule_set, language = book.input.rules.rule_set, book.input.language
    for constant, other in ((comparison.right, comparison.left), (comparison.left, comparison.right)):
        if not isinstance(constant, Number):
            continue
        if isinstance(other, Name) and other.name in rule_set.question:
            yield _amounts(rule_set.question[other.name], constant.value, book)
        else:
            yield f"{Expressions(rule_set, language).in_words(other)}: {language.number(constant.value)}"


def _amounts(question: Question, number: Decimal, book: Chapters) -> str:
    """A number in the stored unit and in every other one."""
    say = book.input.language.number
    stored = question.stored_unit
    amounts = [f"{say(number)} {stored.counted}"]
    for unit in question.units[1:]:
        other = round(convert(number, stored, unit), unit.decimals)
        amounts.append(f"{say(other)} {unit.counted}")
    return f"{question.label}: {' = '.join(amounts)}"


def values(book: Chapters) -> Part:
    """Every value, with its formula where it is one for the clinic."""
    say = book.say
    rule_set = book.input.rules.rule_set
    columns = (say("Value"), say("Is"), say("Cut-offs"), say("Sources"))
    rows = tuple(
        (
            book.name_with_line(f"{value.id}: {value.label}" if value.label else value.id, ("values", number)),
            "\n".join(filter(None, (book.sentence(value.expression), value.formula, *_told(value, book)))),
            value.cut_offs or cut_offs(value.expression, book),
            "",
        )
        for number, value in enumerate(rule_set.values)
    )
    sources = tuple(book.citations.cite(value.sources) for value in rule_set.values)
    return Part("values", say("Values"), (Table(say("Values"), columns, rows, sources),))


def _told(value: Value, book: Chapters) -> Iterator[str]:
    """How people are told a value: its unit, the words where it cannot be told, and the zones of its line."""
    say, language = book.say, book.input.language
    if value.unit:
        yield say("Told in: %(unit)s", unit=value.unit)
    if value.if_unknown:
        yield say("Told where it may be unknown: %(words)s", words=value.if_unknown)
    if value.zones:
        zones = [_zone(zone, book) for zone in value.zones]
        yield say("On a line: %(zones)s", zones=language.apart(zones))


def _zone(zone: Zone, book: Chapters) -> str:
    say, number = book.say, book.input.language.number
    if zone.below is not None:
        return say("%(zone)s (below %(bound)s)", zone=zone.text, bound=number(zone.below))
    if zone.up_to is not None:
        return say("%(zone)s (up to %(bound)s)", zone=zone.text, bound=number(zone.up_to))
    return zone.text


def notes(book: Chapters) -> Part:
    """Every note; none changes a category."""
    say = book.say
    rule_set = book.input.rules.rule_set
    columns = (say("Note"), say("Added where"), say("Text"), say("Sources"))
    rows = tuple(
        (
            f"{book.name_with_line(note.id, ('notes', number))}\n{say(_KINDS[note.kind])}",
            book.sentence(note.when),
            note.text,
            "",
        )
        for number, note in enumerate(rule_set.notes)
    )
    sources = tuple(book.citations.cite(note.sources) for note in rule_set.notes)
    lead = Paragraph(say("Notes are added to a result. They never change the category."))
    return Part("notes", say("Notes"), (lead, Table(say("Notes"), columns, rows, sources)))


def asking(book: Chapters) -> Part:
    """When a question is asked, and when nothing matched counts as a contradiction."""
    say = book.say
    rule_set = book.input.rules.rule_set
    rows = tuple(_ask_conditions(book))
    columns = (say("Question"), say("Asked where"))
    disagree = say(
        "Where no rule holds, the answers count as not fitting together where: %(condition)s.",
        condition=book.sentence(rule_set.undetermined.disagree_when),
    )
    blocks: Iterable[Block] = (Table(say("Asked"), columns, rows), Paragraph(disagree))
    return Part("asking", say("What is asked when"), tuple(blocks))


def _ask_conditions(book: Chapters) -> Iterator[tuple[str, str]]:
    for question, path in questions(book.input.rules.rule_set):
        condition = book.sentence(question.ask_if) if question.ask_if else book.say("Always")
        yield book.name_with_line(question.label, path), condition
