"""Which options no rule tells apart, and which numbers stand for each side of a threshold.

An unknown strict answer is completed once for each class of options instead of once for each option.
Two options are one class when every condition that decides a category (a rule: all its grounds
together) treats them alike. Conditions on one question that stand side by side in an `or` are taken
together first, so that splitting a rule into several grounds splits no class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from itertools import combinations, permutations
from typing import assert_never

from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import time_name
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet


def merge_tests(node: ex.Node) -> ex.Node:
    """The same condition with tests of one question joined: unions in an `or`, intersections in an `and`."""
    match node:
        case ex.Not(operand=ex.Not(operand=operand)):
            return merge_tests(operand)
        case ex.Not(operand=ex.And(operands=operands)):
            return merge_tests(ex.Or(tuple(ex.Not(operand) for operand in operands)))
        case ex.Not(operand=ex.Or(operands=operands)):
            return merge_tests(ex.And(tuple(ex.Not(operand) for operand in operands)))
        case ex.Or(operands=operands):
            parts = list(_flatten(ex.Or, map(merge_tests, operands)))
            return _merge_parts(ex.Or, parts)
        case ex.And(operands=operands):
            parts = list(_flatten(ex.And, map(merge_tests, operands)))
            return _merge_parts(ex.And, parts)
        case (
            ex.Not()
            | ex.Comparison()
            | ex.Membership()
            | ex.AnyOf()
            | ex.Definitely()
            | ex.Possibly()
            | ex.Known()
            | ex.MayBe()
            | ex.Holds()
        ):
            return node
        case (
            ex.Name()
            | ex.Unknown()
            | ex.Conditional()
            | ex.Number()
            | ex.Arithmetic()
            | ex.SquareRoot()
            | ex.Score()
            | ex.Since()
            | ex.Sum()
            | ex.Extreme()
            | ex.Round()
            | ex.Power()
        ):
            return node
        case _:
            assert_never(node)


def _flatten(kind: type[ex.And | ex.Or], parts: Iterable[ex.Node]) -> Iterator[ex.Node]:
    for part in parts:
        if isinstance(part, ex.And | ex.Or) and isinstance(part, kind):
            yield from part.operands
        else:
            yield part


def _merge_parts(kind: type[ex.And | ex.Or], parts: list[ex.Node]) -> ex.Node:
    rest: list[ex.Node] = []
    chosen: dict[str, list[frozenset[str]]] = {}
    ticked: dict[str, list[frozenset[str]]] = {}
    for part in parts:
        match part:
            case ex.Membership(subject=subject, options=options):
                chosen.setdefault(subject.name, []).append(frozenset(options))
            case ex.AnyOf(subject=subject, options=options) if kind is ex.Or:
                ticked.setdefault(subject.name, []).append(frozenset(options))
            case ex.Not(operand=ex.AnyOf(subject=subject, options=options)) if kind is ex.And:
                ticked.setdefault(subject.name, []).append(frozenset(options))
            case _:
                rest.append(part)
    for name, sets in chosen.items():
        together = reduce(frozenset.union if kind is ex.Or else frozenset.intersection, sets)
        rest.append(ex.Membership(ex.Name(name), tuple(sorted(together))))
    for name, sets in ticked.items():
        any_of = ex.AnyOf(ex.Name(name), tuple(sorted(frozenset().union(*sets))))
        rest.append(any_of if kind is ex.Or else ex.Not(any_of))
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


def option_classes(question: Question, conditions: Iterable[ex.Node]) -> OptionClasses:
    """The classes of a question's complete options under conditions that are `merge_tests` and free of values."""
    tests, scored = option_tests(question, conditions)
    classes: dict[tuple[object, ...], list[str]] = {}
    for option in question.options:
        if option.leaves_open or option.exclusive or option.means_unsure:
            continue
        signature = (*(option.code in test for test in tests), option.score if scored else None)
        classes.setdefault(signature, []).append(option.code)
    if question.type is QuestionType.SEVERAL:
        classes = {signature: codes for signature, codes in classes.items() if any(signature)}
    return OptionClasses(question, tuple(map(tuple, classes.values())))


def option_tests(question: Question, conditions: Iterable[ex.Node]) -> tuple[list[frozenset[str]], bool]:
    """The sets of options that conditions test a question for, and whether its score is read."""
    tests: dict[frozenset[str], None] = {}
    scored = False
    for condition in conditions:
        for part in condition.walk():
            match part:
                case ex.Membership(subject=subject, options=options) | ex.AnyOf(subject=subject, options=options):
                    if subject.name == question.id:
                        tests[frozenset(options)] = None
                case ex.Score(subject=subject):
                    scored = scored or subject.name == question.id
    return list(tests), scored


def rule_conditions(rule_set: RuleSet) -> list[ex.Node]:
    """One condition a rule: all its grounds together, with values inlined."""
    grounds = (ex.Or(tuple(ground.when.tree for ground in rule.grounds)) for rule in rule_set.rules)
    return telling_conditions(grounds, SymbolTable.of(rule_set))


def telling_conditions(conditions: Iterable[ex.Node], names: SymbolTable) -> list[ex.Node]:
    """The conditions merged and with values inlined; a value of which only `known` is asked follows by itself."""
    inlined = [merge_tests(names.inline(condition)) for condition in conditions]
    asked: set[str] = set()
    for condition in inlined:  # grows while it is walked: such a value may ask the same of another
        for part in condition.walk():
            if isinstance(part, ex.Known) and part.subject.name in names.values.keys() - asked:
                asked.add(part.subject.name)
                inlined.append(merge_tests(names.inline(names.values[part.subject.name].expression.tree)))
    return inlined


def strict_classes(rule_set: RuleSet) -> tuple[OptionClasses, ...]:
    """The classes of every strict question with options, in question order."""
    return strict_classes_by(rule_set, rule_conditions(rule_set))


def strict_classes_by(rule_set: RuleSet, conditions: Sequence[ex.Node]) -> tuple[OptionClasses, ...]:
    """The same by some conditions that are `telling_conditions`."""
    strict = (question for question in rule_set.questions if question.strict)
    return tuple(option_classes(question, conditions) for question in strict if question.options)


def thresholds(conditions: Iterable[ex.Node], names: SymbolTable) -> Mapping[str, tuple[Decimal, ...]]:
    """For each number asked, the constants it is compared with, directly or through a value, ascending.

    So for the time since each date in each unit, under its `time_name`.
    """
    constants_of: dict[str, set[Decimal]] = {}
    for condition in conditions:
        for part in names.inline(condition).walk():
            for side, other in _sides(part):
                for constant in _constants(other):
                    for name in _numbers_compared(side):
                        constants_of.setdefault(name, set()).add(constant)
    return {name: tuple(sorted(constants)) for name, constants in constants_of.items()}


def _sides(part: ex.Node) -> Iterable[tuple[ex.Node, ex.Node]]:
    """What is compared with what in a part itself: by a comparison, or by taking the least or the greatest."""
    if isinstance(part, ex.Comparison):
        return ((part.left, part.right), (part.right, part.left))
    return permutations(part.operands, 2) if isinstance(part, ex.Extreme) else ()


def _constants(node: ex.Node) -> Iterator[Decimal]:
    """The numbers written out that this side of a comparison may be."""
    if isinstance(node, ex.OnlyCondition):
        raise TypeError(node)
    match node:
        case ex.Number(value=value):
            yield value
        case ex.Conditional(then=then, otherwise=otherwise):
            yield from _constants(then)
            yield from _constants(otherwise)
        case ex.Extreme(operands=operands):
            for operand in operands:
                yield from _constants(operand)
        case ex.Name() | ex.Unknown() | ex.Arithmetic() | ex.SquareRoot() | ex.Score() | ex.Since() | ex.Sum():
            return
        case ex.Round() | ex.Power():
            return
        case _:
            assert_never(node)


def _numbers_compared(node: ex.Node) -> Iterator[str]:
    """The questions whose own number this side of a comparison may be."""
    if isinstance(node, ex.OnlyCondition):
        raise TypeError(node)
    match node:
        case ex.Name(name=name):
            yield name
        case ex.Since(subject=subject, unit=unit):
            yield time_name(subject.name, unit)
        case ex.Conditional(then=then, otherwise=otherwise):
            yield from _numbers_compared(then)
            yield from _numbers_compared(otherwise)
        case ex.Extreme(operands=operands):
            for operand in operands:
                yield from _numbers_compared(operand)
        case ex.Number() | ex.Unknown() | ex.Arithmetic() | ex.SquareRoot() | ex.Score() | ex.Sum():
            return
        case ex.Round() | ex.Power():
            return
        case _:
            assert_never(node)
