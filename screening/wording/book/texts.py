"""The texts that a person reads: questions with their options, categories with the conditions of their texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screening.ruleset.model.parts import questions as all_questions
from screening.ruleset.model.questions import Option, Question, QuestionType, Unit, UnitParts
from screening.ruleset.model.rule_set import Category
from screening.ruleset.model.texts import Block as Text
from screening.wording.book.findings import Chapters
from screening.wording.document.answers import in_unit
from screening.wording.document.blocks import Block, Items, Paragraph, Part, Subheading, Table
from screening.wording.language.languages import N_


def questions(book: Chapters) -> Part:
    """Every question as it is asked."""
    say = book.say
    blocks: list[Block] = []
    for question, path in all_questions(book.input.rules.rule_set):
        blocks.append(Subheading(book.name_with_line(question.text, path)))
        details = (question.help, question.why, question.unit_question)
        blocks += [Paragraph(detail) for detail in details if detail]
        blocks.append(Paragraph(_kind(question, book)))
        answers = [_option(option, question, book) for option in question.options] or list(_units(question, book))
        if answers:
            blocks.append(Items(tuple(answers)))
    return Part("questions", say("Texts: the questions"), tuple(blocks))


def _kind(question: Question, book: Chapters) -> str:
    """How an unknown answer counts."""
    if question.type is QuestionType.TEXT:
        return book.say(
            "Answered in words, up to %(most)s characters. Rules learn whether there are any, and nothing of them.",
            most=question.most,
        )
    if question.required:
        return book.say("Must be answered.")
    if question.strict:
        return book.say("Not sure keeps open every category that some answer would give.")
    return book.say("Not sure counts only where a rule says how.")


def _option(option: Option, question: Question, book: Chapters) -> str:
    parts = [option.text]
    if option.help:
        parts.append(f"({option.help})")
    if option.leaves_open:
        meant = [question.option[code].repeat or question.option[code].text for code in option.leaves_open]
        parts.append(
            book.say("[may be: %(options)s]", options=book.input.language.any_of([f"“{text}”" for text in meant]))
        )
    if option.score is not None:
        parts.append(book.say("[score %(score)s]", score=book.input.language.number(option.score)))
    return " ".join(parts)


def _units(question: Question, book: Chapters) -> Iterator[str]:
    number = book.input.language.number
    for unit in question.units:
        if unit.parts:
            yield _in_parts(unit, unit.parts, book)
            continue
        message = (
            N_("%(minimum)s to %(maximum)s %(unit)s, a whole number")
            if unit.whole
            else N_("%(minimum)s to %(maximum)s %(unit)s")
        )
        yield book.say(message, minimum=number(unit.minimum), maximum=number(unit.maximum), unit=unit.label)
    for foreign in question.foreign:
        spelled = book.input.language.any_of(foreign.spellings)
        yield book.say(N_("Not taken: %(units)s. %(text)s"), units=spelled, text=foreign.text)


def _in_parts(unit: Unit, parts: UnitParts, book: Chapters) -> str:
    language = book.input.language
    return book.say(
        "%(label)s: %(minimum)s to %(maximum)s, where 1 %(first)s is %(holds)s %(second)s",
        label=unit.label,
        minimum=in_unit(unit.minimum, unit, language),
        maximum=in_unit(unit.maximum, unit, language),
        first=parts.first.label,
        holds=str(parts.holds),
        second=parts.second.label,
    )


def staff(book: Chapters) -> Part | None:
    """What somebody at a clinic says on the telephone, and may never say."""
    staff_texts = book.input.rules.rule_set.staff
    if staff_texts is None:
        return None
    say = book.say
    never = Items(
        tuple(
            book.name_with_line(sentence.text, ("staff", "never_say", at))
            for at, sentence in enumerate(staff_texts.never_say)
        )
    )
    blocks = (Subheading(say("Read aloud")), Paragraph(staff_texts.doctor), Subheading(say("Never to be said")), never)
    return Part("staff", say("Texts: for staff of a clinic"), blocks)


def categories(book: Chapters) -> Part:
    """Every category with its headings and sections."""
    say = book.say
    blocks: list[Block] = []
    for number, category in enumerate(book.input.rules.rule_set.categories):
        title = book.name_with_line(category.name, ("categories", number))
        blocks += [Subheading(title), _table(title, _of_category(category, book), book)]
    shared = [(section.title, block) for section in book.input.rules.rule_set.shared for block in section.blocks]
    if shared:
        title = say("At the end of every category")
        blocks += [Subheading(title), _table(title, shared, book)]
    return Part("categories", say("Texts: the categories"), tuple(blocks))


def _of_category(category: Category, book: Chapters) -> list[tuple[str, Text]]:
    """Each text of a category under the title of its part."""
    titles = {section_title.id: section_title.text for section_title in book.input.rules.rule_set.section_titles}
    blocks = [(book.say("Heading"), heading) for heading in category.headings]
    for section in category.sections:
        blocks += [(section.title or titles[section.id], block) for block in section.blocks]
    blocks += [(book.say("What to do next"), next_step) for next_step in category.next_steps]
    return blocks + [(book.say("Questions for the doctor"), question) for question in category.ask_doctor]


def _table(caption: str, texts: Sequence[tuple[str, Text]], book: Chapters) -> Table:
    """Texts with the condition under which each is shown."""
    say = book.say
    rows = tuple(
        (
            title,
            "\n".join(filter(None, (block.text, *block.items))),
            book.sentence(block.when) if block.when else "",
            "",
        )
        for title, block in texts
    )
    sources = tuple(book.citations.cite(block.sources) for _, block in texts)
    return Table(caption, (say("Part"), say("Text"), say("Only where"), say("Sources")), rows, sources)
