"""The texts that a person reads: questions with their options, categories with the conditions of their texts."""

from __future__ import annotations

from collections.abc import Iterator

from screening.ruleset.model import Category
from screening.ruleset.questions import Option, Question
from screening.ruleset.texts import Blocks
from screening.ruleset.walking import questions as all_questions
from screening.wording.book.findings import Chapters
from screening.wording.document import Block, Items, Paragraph, Part, Subheading


def questions(book: Chapters) -> Part:
    """Every question as it is asked."""
    say = book.say
    blocks: list[Block] = []
    for question, path in all_questions(book.given.rules.rule_set):
        blocks.append(Subheading(book.named(question.text, path)))
        details = (question.help, question.why, question.unit_question)
        blocks += [Paragraph(each) for each in details if each]
        blocks.append(Paragraph(_kind(question, book)))
        answers = [_option(each, question, book) for each in question.options] or list(_units(question, book))
        blocks.append(Items(tuple(answers)))
    return Part("questions", say("Texts: the questions"), tuple(blocks))


def _kind(question: Question, book: Chapters) -> str:
    """How an unknown answer counts."""
    if question.required:
        return book.say("Must be answered.")
    if question.strict:
        return book.say("Not sure keeps open every category that some answer would give.")
    return book.say("Not sure counts only where a rule says how.")


def _option(option: Option, question: Question, book: Chapters) -> str:
    said = [option.text]
    if option.help:
        said.append(f"({option.help})")
    if option.leaves_open:
        meant = [question.option[each].repeat or question.option[each].text for each in option.leaves_open]
        said.append(
            book.say("[may be: %(options)s]", options=book.given.language.any_of([f"“{each}”" for each in meant]))
        )
    if option.score is not None:
        said.append(book.say("[score %(score)s]", score=book.given.language.number(option.score)))
    return " ".join(said)


def _units(question: Question, book: Chapters) -> Iterator[str]:
    number = book.given.language.number
    for unit in question.units:
        yield book.say(
            "%(minimum)s to %(maximum)s %(unit)s, with at most %(decimals)s digits after the point",
            minimum=number(unit.minimum),
            maximum=number(unit.maximum),
            unit=unit.label,
            decimals=unit.decimals,
        )


def categories(book: Chapters) -> Part:
    """Every category with its headings and sections."""
    blocks: list[Block] = []
    for number, category in enumerate(book.given.rules.rule_set.categories):
        blocks += _category(category, number, book)
    blocks.append(Subheading(book.say("At the end of every category")))
    for section in book.given.rules.rule_set.shared:
        blocks += _section(section.title, section.blocks, book)
    return Part("categories", book.say("Texts: the categories"), tuple(blocks))


def _category(category: Category, number: int, book: Chapters) -> Iterator[Block]:
    say = book.say
    titles = {each.id: each.text for each in book.given.rules.rule_set.section_titles}
    yield Subheading(book.named(category.name, ("categories", number)))
    yield from _section(say("Heading"), category.headings, book)
    for section in category.sections:
        yield from _section(section.title or titles[section.id], section.blocks, book)
    yield from _section(say("What to do next"), category.next_steps, book)
    yield from _section(say("Questions for the doctor"), category.ask_doctor, book)


def _section(title: str, texts: Blocks, book: Chapters) -> Iterator[Block]:
    """A titled list of texts, each with the condition under which it is shown."""
    if texts:
        yield Paragraph(f"{title}:")
    for each in texts:
        said = " ".join((each.text, "; ".join(each.items))).strip()
        if each.when:
            said = book.say("%(text)s [Only where: %(condition)s]", text=said, condition=book.sentence(each.when))
        yield Items((said,), sources=book.citations.cite(each.sources))
