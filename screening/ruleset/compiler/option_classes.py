"""Which options no rule tells apart, and which numbers stand for each side of a threshold.

An unknown strict answer is completed once for each class of options instead of once for each option.
Two options are one class when every condition that decides a category (a rule: all its grounds
together) treats them alike. Conditions on one question that stand side by side in an `or` are taken
together first, so that splitting a rule into several grounds splits no class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from itertools import combinations
from math import prod
from typing import assert_never

from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.expression import (
    And,
    AnyOf,
    Arithmetic,
    Comparison,
    Conditional,
    Definitely,
    Holds,
    Known,
    MayBe,
    Membership,
    Name,
    Node,
    Not,
    Number,
    OnlyCondition,
    Or,
    Possibly,
    Score,
    SquareRoot,
    Sum,
    Unknown,
)
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet

MAX_COMPLETIONS = 4_096
"""A rule set with more completions of an empty answer set than this is refused."""


def merge_tests(node: Node) -> Node:
    """The same condition with tests of one question joined: unions in an `or`, intersections in an `and`."""
    match node:
        case Not(operand=Not(operand=operand)):
            return merge_tests(operand)
        case Not(operand=And(operands=operands)):
            return merge_tests(Or(tuple(Not(operand) for operand in operands)))
        case Not(operand=Or(operands=operands)):
            return merge_tests(And(tuple(Not(operand) for operand in operands)))
        case Or(operands=operands):
            parts = list(_flatten(Or, map(merge_tests, operands)))
            return _merge_parts(Or, parts)
        case And(operands=operands):
            parts = list(_flatten(And, map(merge_tests, operands)))
            return _merge_parts(And, parts)
        case Not() | Comparison() | Membership() | AnyOf() | Definitely() | Possibly() | Known() | MayBe() | Holds():
            return node
        case Name() | Unknown() | Conditional() | Number() | Arithmetic() | SquareRoot() | Score() | Sum():
            return node
        case _:
            assert_never(node)


def _flatten(kind: type[And | Or], parts: Iterable[Node]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, And | Or) and isinstance(part, kind):
            yield from part.operands
        else:
            yield part


def _merge_parts(kind: type[And | Or], parts: list[Node]) -> Node:
    rest: list[Node] = []
    chosen: dict[str, list[frozenset[str]]] = {}
    ticked: dict[str, list[frozenset[str]]] = {}
    for part in parts:
        match part:
            case Membership(subject=subject, options=options):
                chosen.setdefault(subject.name, []).append(frozenset(options))
            case AnyOf(subject=subject, options=options) if kind is Or:
                ticked.setdefault(subject.name, []).append(frozenset(options))
            case Not(operand=AnyOf(subject=subject, options=options)) if kind is And:
                ticked.setdefault(subject.name, []).append(frozenset(options))
            case _:
                rest.append(part)
    for name, sets in chosen.items():
        together = reduce(frozenset.union if kind is Or else frozenset.intersection, sets)
        rest.append(Membership(Name(name), tuple(sorted(together))))
    for name, sets in ticked.items():
        any_of = AnyOf(Name(name), tuple(sorted(frozenset().union(*sets))))
        rest.append(any_of if kind is Or else Not(any_of))
    return rest[0] if len(rest) == 1 else kind(tuple(rest))


@dataclass(frozen=True)
class OptionClasses:
    """The options of one question, in classes that the given conditions do not tell apart."""

    question: Question
    classes: tuple[tuple[str, ...], ...]
    """Each class in file order. Of a several-choice question only the classes that some condition reads."""

    @property
    def representatives(self) -> tuple[str, ...]:
        """The first option of each class."""
        return tuple(option_class[0] for option_class in self.classes)

    @property
    def completions(self) -> int:
        """How many completions an unknown answer has."""
        several = self.question.type is QuestionType.SEVERAL
        return 2 ** len(self.classes) if several else len(self.classes)

    def choice_candidates(self) -> dict[str | None, tuple[str, ...]]:
        """For each answer to a choice question (None: unknown), the options to complete it with."""
        candidates: dict[str | None, tuple[str, ...]] = {None: self.representatives}
        for option in self.question.options:
            if option.leaves_open:
                left_open = [
                    [code for code in option_class if code in option.leaves_open] for option_class in self.classes
                ]
                candidates[option.code] = tuple(codes[0] for codes in left_open if codes)
            else:
                candidates[option.code] = (option.code,)
        return candidates

    def several_candidates(self, answer: frozenset[str | None]) -> tuple[frozenset[str | None], ...]:
        """For an answer to a several-choice question, the sets of ticks to complete it with."""
        if None not in answer:
            return (answer,)
        ticked = answer - {None}
        undecided = [option_class[0] for option_class in self.classes if ticked.isdisjoint(option_class)]
        return tuple(
            ticked | frozenset(more) for size in range(len(undecided) + 1) for more in combinations(undecided, size)
        )


def option_classes(question: Question, conditions: Iterable[Node]) -> OptionClasses:
    """The classes of a question's complete options under conditions that are `merge_tests` and free of values."""
    tests, scored = option_tests(question, conditions)
    classes: dict[tuple[object, ...], list[str]] = {}
    for option in question.options:
        if option.leaves_open or option.exclusive:
            continue
        signature = (*(option.code in test for test in tests), option.score if scored else None)
        classes.setdefault(signature, []).append(option.code)
    if question.type is QuestionType.SEVERAL:
        classes = {signature: codes for signature, codes in classes.items() if any(signature)}
    return OptionClasses(question, tuple(map(tuple, classes.values())))


def option_tests(question: Question, conditions: Iterable[Node]) -> tuple[list[frozenset[str]], bool]:
    """The sets of options that conditions test a question for, and whether its score is read."""
    tests: dict[frozenset[str], None] = {}
    scored = False
    for condition in conditions:
        for part in condition.walk():
            match part:
                case Membership(subject=subject, options=options) | AnyOf(subject=subject, options=options):
                    if subject.name == question.id:
                        tests[frozenset(options)] = None
                case Score(subject=subject):
                    scored = scored or subject.name == question.id
    return list(tests), scored


def rule_conditions(rule_set: RuleSet) -> list[Node]:
    """One condition a rule: all its grounds together, with values inlined."""
    grounds = (Or(tuple(ground.when.tree for ground in rule.grounds)) for rule in rule_set.rules)
    return telling_conditions(grounds, SymbolTable.of(rule_set))


def telling_conditions(conditions: Iterable[Node], names: SymbolTable) -> list[Node]:
    """The conditions merged and with values inlined; a value of which only `known` is asked follows by itself."""
    inlined = [merge_tests(names.inline(condition)) for condition in conditions]
    asked: set[str] = set()
    for condition in inlined:  # grows while it is walked: such a value may ask the same of another
        for part in condition.walk():
            if isinstance(part, Known) and part.subject.name in names.values.keys() - asked:
                asked.add(part.subject.name)
                inlined.append(merge_tests(names.inline(names.values[part.subject.name].expression.tree)))
    return inlined


def strict_classes(rule_set: RuleSet) -> tuple[OptionClasses, ...]:
    """The classes of every strict question, in question order."""
    conditions = rule_conditions(rule_set)
    return tuple(option_classes(question, conditions) for question in rule_set.questions if question.strict)


def completions(classes: Iterable[OptionClasses]) -> int:
    """How many completions an answer set has in which every strict question is unknown."""
    return prod(option_class.completions for option_class in classes)


def thresholds(conditions: Iterable[Node], names: SymbolTable) -> Mapping[str, tuple[Decimal, ...]]:
    """For each number asked, the constants it is compared with, directly or through a value, ascending."""
    constants_of: dict[str, set[Decimal]] = {}
    for condition in conditions:
        for part in names.inline(condition).walk():
            if isinstance(part, Comparison):
                for side, other in ((part.left, part.right), (part.right, part.left)):
                    for constant in _constants(other):
                        for name in _numbers_compared(side):
                            constants_of.setdefault(name, set()).add(constant)
    return {name: tuple(sorted(constants)) for name, constants in constants_of.items()}


def _constants(node: Node) -> Iterator[Decimal]:
    """The numbers written out that this side of a comparison may be."""
    if isinstance(node, OnlyCondition):
        raise TypeError(node)
    match node:
        case Number(value=value):
            yield value
        case Conditional(then=then, otherwise=otherwise):
            yield from _constants(then)
            yield from _constants(otherwise)
        case Name() | Unknown() | Arithmetic() | SquareRoot() | Score() | Sum():
            return
        case _:
            assert_never(node)


def _numbers_compared(node: Node) -> Iterator[str]:
    """The questions whose own number this side of a comparison may be."""
    if isinstance(node, OnlyCondition):
        raise TypeError(node)
    match node:
        case Name(name=name):
            yield name
        case Conditional(then=then, otherwise=otherwise):
            yield from _numbers_compared(then)
            yield from _numbers_compared(otherwise)
        case Number() | Unknown() | Arithmetic() | SquareRoot() | Score() | Sum():
            return
        case _:
            assert_never(node)
