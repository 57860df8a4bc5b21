"""Every part of a rule set of one kind, with the path that leads to it in the rule file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from screening.ruleset.model.problem import Path
from screening.ruleset.model.questions import Question
from screening.ruleset.model.rule_set import Ground, RuleSet
from screening.ruleset.model.texts import Blocks, Expression, Section


def questions(rule_set: RuleSet) -> Iterator[tuple[Question, Path]]:
    """Every question."""
    for number, page in enumerate(rule_set.pages):
        for index, question in enumerate(page.questions):
            yield question, ("pages", number, "questions", index)


def grounds(rule_set: RuleSet) -> Iterator[tuple[Ground, Path]]:
    """Every ground."""
    for number, rule in enumerate(rule_set.rules):
        for index, ground in enumerate(rule.grounds):
            yield ground, ("rules", number, "grounds", index)


def section_lists(rule_set: RuleSet) -> Iterator[tuple[tuple[Section, ...], Path]]:
    """Every list of titled parts."""
    for number, category in enumerate(rule_set.categories):
        yield category.sections, ("categories", number, "sections")
    for number, article in enumerate(rule_set.articles):
        yield article.sections, ("articles", number, "sections")
    yield rule_set.shared, ("shared",)


def block_lists(rule_set: RuleSet) -> Iterator[tuple[Blocks, Path]]:
    """Every list of blocks."""
    yield rule_set.short_answer, ("short_answer",)
    for kind, texts in rule_set.undetermined.kinds.items():
        yield texts.headings, ("undetermined", "kinds", kind.value, "headings")
        yield texts.texts, ("undetermined", "kinds", kind.value, "texts")
    for number, page in enumerate(rule_set.pages):
        yield page.intro, ("pages", number, "intro")
    for number, category in enumerate(rule_set.categories):
        yield category.headings, ("categories", number, "headings")
        yield category.against_others, ("categories", number, "against_others")
        yield category.next_steps, ("categories", number, "next_steps")
        yield category.ask_doctor, ("categories", number, "ask_doctor")
    for number, article in enumerate(rule_set.articles):
        yield article.checks, ("articles", number, "checks")
    if rule_set.doctor_paper:
        yield rule_set.doctor_paper.remarks, ("doctor_paper", "remarks")
        yield rule_set.doctor_paper.fill_in, ("doctor_paper", "fill_in")
    if rule_set.person_paper:
        yield rule_set.person_paper.read_out, ("person_paper", "read_out")
    for sections, path in section_lists(rule_set):
        for index, section in enumerate(sections):
            yield section.blocks, (*path, index, "blocks")


class Context(Enum):
    """What an expression is for; it decides what the expression may name and how it is settled."""

    VALUE = "value"
    GROUND = "ground"
    ASK_IF = "ask_if"
    NOTE = "note"
    """Also headings and texts."""
    GUARANTEE = "guarantee"


READ_AS_GIVEN = ("never_shown",)
"""The kinds of guarantees whose conditions are read as those of texts are: as answers were given."""


@dataclass(frozen=True, slots=True)
class Place:
    """An expression, where it stands in the rule file, and what it is for."""

    path: Path
    expression: Expression
    context: Context
    question: Question | None = None
    """The question whose `ask_if` this is."""


def places(rule_set: RuleSet) -> Iterator[Place]:  # noqa: C901 - one loop a kind of expression
    """Every expression."""
    for question, path in questions(rule_set):
        if question.ask_if:
            yield Place((*path, "ask_if"), question.ask_if, Context.ASK_IF, question)
    for number, value in enumerate(rule_set.values):
        yield Place(("values", number, "is"), value.expression, Context.VALUE)
    for ground, path in grounds(rule_set):
        yield Place((*path, "when"), ground.when, Context.GROUND)
    for number, note in enumerate(rule_set.notes):
        yield Place(("notes", number, "when"), note.when, Context.NOTE)
    yield Place(("undetermined", "disagree_when"), rule_set.undetermined.disagree_when, Context.NOTE)
    for blocks, path in block_lists(rule_set):
        for index, block in enumerate(blocks):
            if block.when:
                yield Place((*path, index, "when"), block.when, Context.NOTE)
    yield from _paper_places(rule_set)
    for number, guarantee in enumerate(rule_set.guarantees):
        context = Context.NOTE if guarantee.kind in READ_AS_GIVEN else Context.GUARANTEE
        for key, expression in (("when", guarantee.when), ("except_when", guarantee.except_when)):
            if expression:
                yield Place(("guarantees", number, key), expression, context)


def _paper_places(rule_set: RuleSet) -> Iterator[Place]:
    """Every expression on the doctor's paper that is no block's."""
    paper = rule_set.doctor_paper
    for number, scale in enumerate(paper.scales if paper else ()):
        if scale.when:
            yield Place(("doctor_paper", "scales", number, "when"), scale.when, Context.NOTE)
    for number, left_out in enumerate(paper.set_aside if paper else ()):
        yield Place(("doctor_paper", "set_aside", number, "when"), left_out.when, Context.NOTE)
