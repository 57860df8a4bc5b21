"""Are the expressions of a rule set well typed, in reach of what they name, and plain about "not sure"?

Each check is one function that yields `Problem`s; `check` runs them all and returns every problem found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import assert_never

from screening.ruleset.language.symbol_table import OUTCOME_NAMES, Setting, SymbolTable
from screening.ruleset.language.unsettled import bare, unsettled_parts
from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import Elapsed
from screening.ruleset.model.parts import Context, Place, places
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import RuleSet

NOT_SURE = ("unsure", "not_sure", "unknown", "dont_know", "do_not_know", "none_given", "missing")
"""Codes by which people compare a question with no answer, which is no option."""


class Type(Enum):
    """What an expression yields."""

    CONDITION = "condition"
    NUMBER = "number"
    CHOICE = "choice"
    SEVERAL = "several"
    TEXT = "text"
    DATE = "date"
    ANY = "any"
    """Of `unknown`, and of a part whose mistake is already reported."""


def check(rule_set: RuleSet) -> list[Problem]:
    """Every mistake in the expressions of a rule set."""
    names = SymbolTable.of(rule_set)
    ids = [value.id for value in rule_set.values]
    cycles = [
        Problem("value.cycle", ("values", ids.index(chain[0]), "is"), values={"chain": " -> ".join(chain)})
        for chain in names.cycles()
    ]
    if cycles:
        return cycles
    checker = _Checker(rule_set, names)
    return [problem for place in places(rule_set) for problem in checker.check(place)]


class _Checker:
    def __init__(self, rule_set: RuleSet, names: SymbolTable) -> None:
        self.rule_set = rule_set
        self.names = names
        self.order = {question.id: index for index, question in enumerate(rule_set.questions)}
        self.value_types: dict[str, Type] = {}
        self.broken: set[str] = set()
        """Values with a mistake in their types, or that read one: what stands on them is checked no further."""
        for value in names.values_in_order:
            typing = _Typing(self, Context.VALUE)
            self.value_types[value.id] = typing.of(value.expression.tree)
            if typing.problems or self.reads_broken(value.expression.tree):
                self.broken.add(value.id)

    def reads_broken(self, node: ex.Node) -> bool:
        return any(isinstance(part, ex.Name) and part.name in self.broken for part in node.walk())

    def check(self, place: Place) -> Iterator[Problem]:
        """The problems of one expression; what is wrong with its types hides what depends on them."""
        typing = _Typing(self, place.context)
        actual = typing.of(place.expression.tree)
        if actual in _UNREAD:
            typing.report(_UNREAD[actual], place.expression.tree, name=place.expression.text)
        elif place.context is not Context.VALUE and actual not in (Type.CONDITION, Type.ANY):
            typing.report("type.not_a_condition", place.expression.tree, found=actual.value)
        if place.context is Context.VALUE and actual in (Type.CHOICE, Type.SEVERAL):
            typing.report("type.bare_choice", place.expression.tree, name=place.expression.text)
        found_problems = typing.problems
        if not found_problems and not self.reads_broken(place.expression.tree):
            found_problems = [
                *self.strict_inside_settled(place),
                *self.bare_unknown(place),
                *self.asked_too_late(place),
                *self.open_option_in_rule(place),
                *self.strict_numbers_compared(place),
            ]
        return (replace(problem, path=place.path) for problem in found_problems)

    def strict_inside_settled(self, place: Place) -> Iterator[Problem]:
        """In rules, grounds and values a strict question is settled already: `definitely` around it is a mistake."""
        if place.context in (Context.ASK_IF, Context.NOTE):
            return
        for part in place.expression.tree.walk():
            if isinstance(part, ex.Definitely | ex.Possibly | ex.Known):
                inside = [problem for child in part.children() for problem in unsettled_parts(child, self.names)]
                if entangled := [problem for problem in inside if problem.code != "settled.bare"]:
                    yield entangled[0]
                    continue
                for name in part.walk():
                    if isinstance(name, ex.Name) and self.names.is_strict(name):
                        yield Problem("settled.strict", column=name.column, values={"name": name.name})

    def bare_unknown(self, place: Place) -> Iterator[Problem]:
        """All but a value must be plainly true or false: each unknown in it must be settled."""
        if place.context in (Context.GROUND, Context.GUARANTEE):
            yield from unsettled_parts(place.expression.tree, self.names)
        elif place.context is not Context.VALUE:
            for part in self.names.unknown_parts(place.expression.tree, Setting.GIVEN):
                yield replace(bare(part), code="settled.given")

    def asked_too_late(self, place: Place) -> Iterator[Problem]:
        """`ask_if` may name only what is asked before its own question."""
        if place.question is None:
            return
        own = self.order[place.question.id]
        for part in place.expression.tree.walk():
            if isinstance(part, ex.Name):
                late = [name for name in self.names.questions_in(part) if self.order[name] >= own]
                for name in sorted(late, key=self.order.__getitem__):
                    yield Problem("ask_if.too_late", column=part.column, values={"name": name})

    def open_option_in_rule(self, place: Place) -> Iterator[Problem]:
        """A rule never sees an option that leaves others open, so naming it there cannot be meant."""
        if place.context not in (Context.GROUND, Context.GUARANTEE):
            return
        for part in place.expression.tree.walk():
            if isinstance(part, ex.Name | ex.Membership):
                for inner in self.names.inline(part).walk():
                    if isinstance(inner, ex.Membership):
                        yield from self._open_options(inner, part.column)

    def strict_numbers_compared(self, place: Place) -> Iterator[Problem]:
        """A comparison that rules read may read one strict number: what several may be together is not gone through."""
        if place.context in (Context.ASK_IF, Context.NOTE):
            return
        for part in place.expression.tree.walk():
            if isinstance(part, ex.Comparison):
                read = sorted(self.names.questions_in(part), key=self.order.__getitem__)
                numbers = [name for name in read if self.names.is_strict_number(name)]
                if len(numbers) > 1:
                    values: dict[str, object] = {"names": numbers, "name": numbers[-1]}
                    yield Problem("strict.numbers_compared", column=part.column, values=values)

    def _open_options(self, membership: ex.Membership, column: int) -> Iterator[Problem]:
        question = self.rule_set.question[membership.subject.name]
        for code in membership.options:
            if question.option[code].leaves_open:
                yield Problem("rule.open_option", column=column, values={"option": code, "name": question.id})


class _Typing:
    """Infers the type of one expression and notes what does not fit."""

    def __init__(self, checker: _Checker, context: Context) -> None:
        self.checker = checker
        self.context = context
        self.problems: list[Problem] = []

    def report(self, code: str, node: ex.Node, **values: object) -> Type:
        self.problems.append(Problem(code, column=node.column, values=values))
        return Type.ANY

    def expect(self, node: ex.Node, wanted: Type) -> None:
        actual = self.of(node)
        if actual not in (wanted, Type.ANY):
            name = node.name if isinstance(node, ex.Name) else ""
            if actual in _UNREAD:
                self.report(_UNREAD[actual], node, name=name)
                return
            self.report(f"type.wanted_{wanted.value}", node, found=actual.value, name=name)

    def of(self, node: ex.Node) -> Type:  # noqa: C901 - one case a node
        """The type of an expression."""
        match node:
            case ex.Number():
                return Type.NUMBER
            case ex.Unknown():
                return Type.ANY
            case ex.Name():
                return self.name(node)
            case ex.Not(operand=operand) | ex.Definitely(operand=operand) | ex.Possibly(operand=operand):
                return self.alike(Type.CONDITION, operand)
            case ex.And(operands=operands) | ex.Or(operands=operands):
                return self.alike(Type.CONDITION, *operands)
            case ex.Comparison():
                self.comparison(node)
                return Type.CONDITION
            case ex.Arithmetic(left=left, right=right):
                return self.alike(Type.NUMBER, left, right)
            case ex.Power(base=base, exponent=exponent):
                return self.alike(Type.NUMBER, base, exponent)
            case ex.SquareRoot(operand=operand) | ex.Round(operand=operand):
                return self.alike(Type.NUMBER, operand)
            case ex.Sum(operands=operands) | ex.Extreme(operands=operands):
                return self.alike(Type.NUMBER, *operands)
            case ex.Conditional():
                return self.conditional(node)
            case ex.Membership(subject=subject, options=options):
                self.options(subject, options, Type.CHOICE)
                return Type.CONDITION
            case ex.AnyOf(subject=subject, options=options):
                self.options(subject, options, Type.SEVERAL)
                return Type.CONDITION
            case ex.Known(subject=subject):
                self.name(subject)
                return Type.CONDITION
            case ex.Score(subject=subject):
                return self.score(subject)
            case ex.Since(subject=subject):
                return self.since(subject, node.unit)
            case ex.MayBe() | ex.Holds():
                return self.outcome_function(node)
            case _:
                assert_never(node)

    def alike(self, wanted: Type, *operands: ex.Node) -> Type:
        """The type that an operation yields, since all that it works on must have it."""
        for operand in operands:
            self.expect(operand, wanted)
        return wanted

    def name(self, node: ex.Name) -> Type:
        checker = self.checker
        if node.name in checker.rule_set.question:
            return _QUESTION_TYPES[checker.rule_set.question[node.name].type]
        if node.name in checker.value_types:
            return checker.value_types[node.name]
        if node.name in OUTCOME_NAMES:
            return Type.CHOICE if self.context is Context.NOTE else self.report("name.outcome", node, name=node.name)
        known = [*checker.rule_set.question, *checker.rule_set.value]
        return self.report("name.unknown", node, name=node.name, known=known)

    def comparison(self, node: ex.Comparison) -> None:
        reported = len(self.problems)
        self.expect(node.right, Type.NUMBER)
        if isinstance(node.right, ex.Name) and len(self.problems) > reported:
            self.of(node.left)  # `soil == wet` has one mistake, on its right
        else:
            self.expect(node.left, Type.NUMBER)

    def conditional(self, node: ex.Conditional) -> Type:
        self.expect(node.test, Type.CONDITION)
        types = {self.of(node.then), self.of(node.otherwise)} - {Type.ANY}
        if len(types) > 1:
            return self.report("type.branches", node)
        return types.pop() if types else Type.ANY

    def options(self, subject: ex.Name, options: tuple[str, ...], wanted: Type) -> None:
        actual = self.name(subject)
        if actual is Type.ANY:
            return
        if actual in _UNREAD:
            self.report(_UNREAD[actual], subject, name=subject.name)
            return
        if actual is not wanted:
            self.report(f"type.wanted_{wanted.value}", subject, found=actual.value, name=subject.name)
            return
        exclusive: frozenset[str] = frozenset()
        if subject.name in OUTCOME_NAMES:
            allowed = list(self.checker.rule_set.category)
        else:
            question = self.checker.rule_set.question[subject.name]
            exclusive = question.exclusive_codes if wanted is Type.SEVERAL else exclusive
            allowed = [option.code for option in question.options if option.code not in exclusive]
        for code in options:
            if code not in allowed:
                problem = "option.exclusive" if code in exclusive else "option.unknown"
                problem = "option.unsure" if code in NOT_SURE else problem
                self.report(problem, subject, name=subject.name, option=code, known=allowed)

    def score(self, subject: ex.Name) -> Type:
        actual = self.name(subject)
        question = self.checker.rule_set.question.get(subject.name)
        scored = (
            question
            and question.type is QuestionType.CHOICE
            and all(option.score is not None for option in question.options if not option.leaves_open)
        )
        if actual is not Type.ANY and not scored:
            return self.report("score.missing", subject, name=subject.name)
        return Type.NUMBER

    def since(self, subject: ex.Name, unit: Elapsed) -> Type:
        actual = self.name(subject)
        if actual not in (Type.DATE, Type.ANY):
            return self.report("type.no_date", subject, name=subject.name, function=unit.function)
        return Type.NUMBER

    def outcome_function(self, node: ex.MayBe | ex.Holds) -> Type:
        in_guarantee = self.context is Context.GUARANTEE and isinstance(node, ex.Holds)
        if self.context is not Context.NOTE and not in_guarantee:
            name = "may_be" if isinstance(node, ex.MayBe) else "holds"
            return self.report("name.outcome", node, name=name)
        rule_set = self.checker.rule_set
        if isinstance(node, ex.MayBe) and node.category not in rule_set.category:
            self.report("category.unknown", node, name=node.category, known=list(rule_set.category))
        if isinstance(node, ex.Holds) and node.ground not in rule_set.ground:
            self.report("ground.unknown", node, name=node.ground, known=list(rule_set.ground))
        return Type.CONDITION


_UNREAD = {Type.TEXT: "type.text", Type.DATE: "type.date"}
"""What no expression reads as it is, and the mistake of those that do."""
_QUESTION_TYPES = {
    QuestionType.CHOICE: Type.CHOICE,
    QuestionType.SEVERAL: Type.SEVERAL,
    QuestionType.NUMBER: Type.NUMBER,
    QuestionType.TEXT: Type.TEXT,
    QuestionType.DATE: Type.DATE,
}
