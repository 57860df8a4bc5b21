"""Mutants of a rule set: the same rules with one small mistake each, to see whether a case or guarantee notices.

The operators and what they stand for are documented in `rules/STRENGTH.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from screening.analysis.strength.tree_mutation import TreeMutator
from screening.ruleset.language.rendering import render
from screening.ruleset.model.expression import Comparison, Not, Number
from screening.ruleset.model.parts import Context, Place, grounds, places, questions
from screening.ruleset.model.problem import Path
from screening.ruleset.model.questions import Question
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.model.texts import Expression

_DISAGREE: Path = ("undetermined", "disagree_when")
NEVER = Expression("1 > 2", Comparison(Number(Decimal(1)), ">", Number(Decimal(2))))
"""A condition that never holds: a ground that is gone, but can still be named."""


@dataclass(frozen=True)
class Mutant:
    """A rule set with one mistake: what stands where, and what an operator put in its place."""

    operator: str
    path: Path
    before: str
    after: str
    rule_set: RuleSet


def mutants(rule_set: RuleSet) -> Iterator[Mutant]:
    """Every mutant, in the order of the operators' scope: expressions, questions, grounds, the order of rules."""
    yield from _of_expressions(rule_set)
    for question, path in questions(rule_set):
        yield from _of_question(rule_set, question, path)
    for ground, path in grounds(rule_set):
        changed = with_value(rule_set, (*path, "when"), NEVER)
        yield Mutant("ground_dropped", path, ground.id, "", changed)
    yield from _of_order(rule_set)


def _of_expressions(rule_set: RuleSet) -> Iterator[Mutant]:
    mutator = TreeMutator(rule_set)
    settling = [place for place in places(rule_set) if place.context in (Context.GROUND, Context.GUARANTEE)]
    values = mutator.names.values_read_by(place.expression.tree for place in settling)
    read_settled = {value.expression for value in values} | {place.expression for place in settling}
    for place in places(rule_set):
        # the frame says of all its files that no answers contradict each other: there is nothing to get wrong in that
        is_plain_no = place.path == _DISAGREE and not mutator.names.depends_on(place.expression.tree)
        if _decides(place) and not is_plain_no:
            settled = place.expression in read_settled
            for change in mutator.changes(place.expression.tree, settled=settled):
                expression = Expression(render(change.tree), change.tree)
                changed = with_value(rule_set, place.path, expression)
                yield Mutant(change.operator, place.path, render(change.before), render(change.after), changed)


def _decides(place: Place) -> bool:
    """Whether an expression takes part in an outcome; headings, texts and guarantees do not."""
    return (
        place.context in (Context.VALUE, Context.GROUND, Context.ASK_IF)
        or place.path[0] == "notes"
        or place.path == _DISAGREE
    )


def _of_question(rule_set: RuleSet, question: Question, path: Path) -> Iterator[Mutant]:
    def mutant(operator: str, member: str, before: str, after: str, *, value: object) -> Mutant:
        return Mutant(operator, (*path, member), before, after, with_value(rule_set, (*path, member), value))

    if question.ask_if:
        text = question.ask_if.text
        yield mutant("ask_if_dropped", "ask_if", text, "", value=None)
        negated = Not(question.ask_if.tree)
        yield mutant("ask_if_negated", "ask_if", text, render(negated), value=Expression(render(negated), negated))
    if question.strict:
        yield mutant("strictness", "strict", "true", "false", value=False)
    if question.if_not_asked:
        for code in _beside(
            question.if_not_asked, [option.code for option in question.options if not option.leaves_open]
        ):
            yield mutant("default", "if_not_asked", question.if_not_asked, code, value=code)
        if not question.strict:
            yield mutant("default", "if_not_asked", question.if_not_asked, "", value=None)
    yield from _wider(rule_set, question, path)


def _wider(rule_set: RuleSet, question: Question, path: Path) -> Iterator[Mutant]:
    """Answers that leave one more option open."""
    for number, option in enumerate(question.options):
        if option.leaves_open:
            for code in question.complete_codes:
                if code not in option.leaves_open:
                    wider = (*option.leaves_open, code)
                    changed = with_value(rule_set, (*path, "options", number, "leaves_open"), wider)
                    before, after = ", ".join(option.leaves_open), ", ".join(wider)
                    yield Mutant("leaves_open", (*path, "options", number, "leaves_open"), before, after, changed)


def _of_order(rule_set: RuleSet) -> Iterator[Mutant]:
    rules = rule_set.rules
    for index in range(len(rules) - 1):
        first, second = rules[index : index + 2]
        swapped = (*rules[:index], second, first, *rules[index + 2 :])
        before = f"{first.category}, {second.category}"
        after = f"{second.category}, {first.category}"
        yield Mutant("order", ("rules", index), before, after, replace(rule_set, rules=swapped))


def _beside(code: str, codes: Sequence[str]) -> list[str]:
    """The options that stand beside one."""
    index = codes.index(code)
    return [near for near in codes[max(index - 1, 0) : index + 2] if near != code]


def with_value(thing: Any, path: Path, value: object) -> Any:
    """A copy of a part of a rule set with another value at a path."""
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(head, int):
        return (*thing[:head], with_value(thing[head], rest, value), *thing[head + 1 :])
    name = "expression" if head == "is" else head
    return replace(thing, **{name: with_value(getattr(thing, name), rest, value)})
