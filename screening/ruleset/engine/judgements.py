"""The judgement calls that a clinician must confirm, and the rule sets in which each of them is made otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from screening.ruleset.compiler.classes.option_classes import thresholds
from screening.ruleset.language.evaluation_mode import is_number
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.expression import AnyOf, Comparison, Conditional, Membership, Node, Number, Unknown
from screening.ruleset.model.notes import Note
from screening.ruleset.model.number_scales import NumberScale
from screening.ruleset.model.outcome_conditions import NEVER
from screening.ruleset.model.papers import DoctorScale
from screening.ruleset.model.parts import grounds, questions
from screening.ruleset.model.problem import Path
from screening.ruleset.model.questions import Option, Question
from screening.ruleset.model.rule_set import Ground, RuleSet, Value
from screening.ruleset.model.texts import Expression, Speed

Judged = Ground | Value | Option | Note | Speed | NumberScale | DoctorScale


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement call: what it is about, and where that stands in the rule file."""

    about: Judged
    path: Path
    question: Question | None = None
    """The question of an option."""

    @property
    def id(self) -> str:
        """How the rule file names it; an option by its question too."""
        if isinstance(self.about, Option):
            return f"{self.question.id}.{self.about.code}" if self.question else self.about.code
        return self.about.id


class Way(StrEnum):
    """How a judgement can be made otherwise."""

    LEFT_OUT = "left_out"
    NEVER = "never"
    """A value that is true or false is never true."""
    WITHOUT_CONDITION = "without_condition"
    """A number that is not known under a condition is not set aside."""
    UNKNOWN = "unknown"
    MEANS = "means"
    """An option that leaves others open stands for one of them."""
    UNREAD = "unread"
    """No rule reads an option."""
    THRESHOLD = "threshold"


@dataclass(frozen=True, slots=True)
class Variation:
    """A rule set in which one judgement is made otherwise."""

    way: Way
    rule_set: RuleSet
    comparison: Comparison | None = None
    """The comparison whose number is changed."""
    number: Decimal | None = None
    """What the number becomes."""
    question: str = ""
    """The question of an option that is meant otherwise."""
    option: str = ""
    """The option that is meant."""


def judgements(rule_set: RuleSet) -> Iterator[Judgement]:
    """Every judgement call marked as to be confirmed: what decides first, then notes and speeds."""
    return (judgement for judgement in _all(rule_set) if judgement.about.review)


def _all(rule_set: RuleSet) -> Iterator[Judgement]:
    """Every part that may be marked."""
    yield from (Judgement(ground, path) for ground, path in grounds(rule_set))
    yield from (Judgement(value, ("values", number)) for number, value in enumerate(rule_set.values))
    for question, path in questions(rule_set):
        for index, option in enumerate(question.options):
            yield Judgement(option, (*path, "options", index), question)
    yield from (Judgement(note, ("notes", number)) for number, note in enumerate(rule_set.notes))
    for number, speed in enumerate(rule_set.emergency.speeds):
        yield Judgement(speed, ("emergency", "speeds", number))
    for number, scale in enumerate(rule_set.numbers.scales if rule_set.numbers else ()):
        yield Judgement(scale, ("numbers", "scales", number))
    for number, drawn in enumerate(rule_set.doctor_paper.scales if rule_set.doctor_paper else ()):
        yield Judgement(drawn, ("doctor_paper", "scales", number))


def variations(rule_set: RuleSet, judgement: Judgement) -> Iterator[Variation]:
    """The rule sets in which a judgement is made otherwise; none where it changes no category."""
    about = judgement.about
    if isinstance(about, Ground):
        yield Variation(Way.LEFT_OUT, _with_ground(rule_set, about, NEVER))
        for comparison, number, tree in _neighbours(rule_set, about.when.tree):
            yield Variation(Way.THRESHOLD, _with_ground(rule_set, about, tree), comparison, number)
    elif isinstance(about, Value):
        yield _without(rule_set, about)
        for comparison, number, tree in _neighbours(rule_set, about.expression.tree):
            yield Variation(Way.THRESHOLD, _with_value(rule_set, about, tree), comparison, number)
    elif isinstance(about, Option) and judgement.question:
        yield from _other_meanings(rule_set, judgement.question, about)


def _without(rule_set: RuleSet, value: Value) -> Variation:
    """A value without the judgement that it makes."""
    tree = value.expression.tree
    if isinstance(tree, Conditional) and Unknown() in (tree.then, tree.otherwise):
        known = tree.otherwise if isinstance(tree.then, Unknown) else tree.then
        return Variation(Way.WITHOUT_CONDITION, _with_value(rule_set, value, known))
    if is_number(tree, SymbolTable.of(rule_set)):
        return Variation(Way.UNKNOWN, _with_value(rule_set, value, Unknown()))
    return Variation(Way.NEVER, _with_value(rule_set, value, NEVER))


def _other_meanings(rule_set: RuleSet, question: Question, option: Option) -> Iterator[Variation]:
    for code in option.leaves_open:
        changed = replace(option, leaves_open=(code,))
        options = tuple(changed if candidate.code == option.code else candidate for candidate in question.options)
        other = _with_question(rule_set, replace(question, options=options))
        yield Variation(Way.MEANS, other, question=question.id, option=code)
    if not option.leaves_open:
        yield Variation(Way.UNREAD, _unread(rule_set, question, option))


# --- thresholds ----------------------------------------------------------------------------------


def _neighbours(rule_set: RuleSet, tree: Node) -> Iterator[tuple[Comparison, Decimal, Node]]:
    """Each comparison of a number asked with a constant, one step of its stored unit down and up."""
    names = SymbolTable.of(rule_set)
    for part in tree.walk():
        if isinstance(part, Comparison):
            asked = next(iter(thresholds([part], names)), None)
            constant = part.right if isinstance(part.right, Number) else part.left
            if asked and isinstance(constant, Number):
                number_asked = rule_set.question.get(asked)  # else the time since a date: full days, months or years
                step = Decimal(1).scaleb(-number_asked.stored_unit.decimals) if number_asked else Decimal(1)
                for number in (constant.value - step, constant.value + step):
                    yield part, number, _map_tree(tree, _moving(part, constant, number))


def _moving(comparison: Comparison, constant: Number, number: Decimal) -> Callable[[Node], Node]:
    """What replaces the number of one comparison."""
    moved = (
        replace(comparison, right=Number(number))
        if comparison.right is constant
        else replace(comparison, left=Number(number))
    )
    return lambda node: moved if node is comparison else node


# --- rule sets with one part changed -------------------------------------------------------------


def _map_tree(node: Node, change: Callable[[Node], Node]) -> Node:
    """A tree with each part replaced by what `change` makes of it, the inner ones after the outer."""
    changed = change(node)
    return changed if changed is not node else node.map(lambda operand: _map_tree(operand, change))


def _with_ground(rule_set: RuleSet, ground: Ground, tree: Node) -> RuleSet:
    other = replace(ground, when=replace(ground.when, tree=tree))
    rules = (
        replace(rule, grounds=tuple(other if candidate.id == ground.id else candidate for candidate in rule.grounds))
        for rule in rule_set.rules
    )
    return replace(rule_set, rules=tuple(rules))


def _with_value(rule_set: RuleSet, value: Value, tree: Node) -> RuleSet:
    other = replace(value, expression=replace(value.expression, tree=tree))
    return replace(
        rule_set, values=tuple(other if candidate.id == value.id else candidate for candidate in rule_set.values)
    )


def _with_question(rule_set: RuleSet, question: Question) -> RuleSet:
    pages = (
        replace(
            page,
            questions=tuple(question if candidate.id == question.id else candidate for candidate in page.questions),
        )
        for page in rule_set.pages
    )
    return replace(rule_set, pages=tuple(pages))


def _unread(rule_set: RuleSet, question: Question, option: Option) -> RuleSet:
    """The rule set whose values and grounds do not read an option."""

    def change(node: Node) -> Node:
        if not isinstance(node, Membership | AnyOf) or node.subject.name != question.id:
            return node
        remaining = tuple(code for code in node.options if code != option.code)
        return replace(node, options=remaining) if remaining else NEVER

    def changed(expression: Expression) -> Expression:
        return replace(expression, tree=_map_tree(expression.tree, change))

    values = tuple(replace(value, expression=changed(value.expression)) for value in rule_set.values)
    rules = tuple(
        replace(rule, grounds=tuple(replace(ground, when=changed(ground.when)) for ground in rule.grounds))
        for rule in rule_set.rules
    )
    return replace(rule_set, values=values, rules=rules)
