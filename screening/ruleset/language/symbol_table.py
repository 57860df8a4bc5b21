"""What every reader of expressions needs to know of their names: values resolved, dependencies, what may be unknown.

An expression is read in one of two settings. In a *rule* (and its grounds) the strict questions are
settled before it is read, so only lenient answers may be unknown. *As given* (ask_if, notes, headings,
texts) strict answers may be unknown too. A required question is never unknown in either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import assert_never

from screening.ruleset.language.number_bounds import NumberBounds
from screening.ruleset.language.spans import Span
from screening.ruleset.model import expression as ex
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet, Value

OUTCOME_NAMES = ("category", "underlying")
"""Names that only notes, headings and texts may use: they speak of the outcome."""


class Setting(Enum):
    """When an expression is read: after the strict questions are settled, or as the answers were given."""

    RULE = "rule"
    GIVEN = "given"


@dataclass(frozen=True)
class SymbolTable:
    """What the names in the expressions of one rule set stand for."""

    questions: Mapping[str, Question]
    values: Mapping[str, Value]

    @classmethod
    def of(cls, rule_set: RuleSet) -> SymbolTable:
        """The names of a rule set."""
        return cls(rule_set.question, rule_set.value)

    def questions_in(self, node: ex.Node) -> frozenset[str]:
        """Ids of the questions that an expression reads, through values too."""
        return frozenset(self._questions_in(node))

    def _questions_in(self, node: ex.Node) -> Iterator[str]:
        for part in node.walk():
            if isinstance(part, ex.Name):
                if part.name in self.questions:
                    yield part.name
                elif part.name in self.values:
                    yield from self.value_questions[part.name]

    @cached_property
    def value_questions(self) -> Mapping[str, frozenset[str]]:
        """For each value, the questions it reads."""
        questions: dict[str, frozenset[str]] = {}
        for value in self.values_in_order:
            names = {part.name for part in value.expression.tree.walk() if isinstance(part, ex.Name)}
            direct = names & self.questions.keys()
            questions[value.id] = frozenset(direct).union(*(questions[name] for name in names & self.values.keys()))
        return questions

    @cached_property
    def values_in_order(self) -> tuple[Value, ...]:
        """Values with each after those it reads. Their expressions must be free of cycles (see `cycles`)."""
        order: dict[str, Value] = {}

        def place(value: Value) -> None:
            for part in value.expression.tree.walk():
                if isinstance(part, ex.Name) and part.name in self.values and part.name not in order:
                    place(self.values[part.name])
            order.setdefault(value.id, value)

        for value in self.values.values():
            place(value)
        return tuple(order.values())

    def depends_on(self, node: ex.Node) -> frozenset[str]:
        """The questions that an expression reads, and those that decide whether these are asked."""
        names: set[str] = set()
        pending = set(self.questions_in(node))
        while pending:
            name = pending.pop()
            names.add(name)
            ask_if = self.questions[name].ask_if
            if ask_if:
                pending |= self.questions_in(ask_if.tree) - names
        return frozenset(names)

    def values_read_by(self, nodes: Iterable[ex.Node]) -> tuple[Value, ...]:
        """The values that these expressions read, directly or through other values, each after those it reads."""
        read: set[str] = set()
        pending = list(nodes)
        while pending:
            for part in pending.pop().walk():
                if isinstance(part, ex.Name) and part.name in self.values and part.name not in read:
                    read.add(part.name)
                    pending.append(self.values[part.name].expression.tree)
        return tuple(value for value in self.values_in_order if value.id in read)

    def cycles(self) -> Iterator[tuple[str, ...]]:
        """Every chain of values that leads back to its start, each told once."""
        done: set[str] = set()

        def follow(name: str, chain: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
            if name in chain:
                yield (*chain[chain.index(name) :], name)
            elif name not in done:
                for part in self.values[name].expression.tree.walk():
                    if isinstance(part, ex.Name) and part.name in self.values:
                        yield from follow(part.name, (*chain, name))
                done.add(name)

        for name in self.values:
            yield from follow(name, ())

    def is_strict(self, node: ex.Node) -> bool:
        """Whether an expression reads a strict question."""
        return any(self.questions[name].strict for name in self.questions_in(node))

    def may_be_left_open(self, node: ex.Node) -> bool:
        """Whether answers can leave open what an expression says: it reads a strict question, or a required date.

        Of that a month or a year is an answer, and all its days are tried.
        """
        read = (self.questions[name] for name in self.questions_in(node))
        return any(question.strict or (question.required and question.type is QuestionType.DATE) for question in read)

    def is_strict_number(self, name: str) -> bool:
        """Whether a question is strict and asks for a number, or for a date, of which rules read numbers."""
        return self.questions[name].strict and self.questions[name].type in (QuestionType.NUMBER, QuestionType.DATE)

    def may_be_unknown(self, node: ex.Node, setting: Setting) -> bool:
        """Whether an expression can be neither true nor false, or have no number, in this setting."""
        return next(self.unknown_parts(node, setting), None) is not None

    def unknown_parts(self, node: ex.Node, setting: Setting) -> Iterator[ex.Node]:
        """The outermost names (and divisions, roots and powers) by which an expression may be unknown."""
        return _unknown_parts(node, self._open_names[setting], self.number_bounds)

    def is_open_name(self, question: Question, setting: Setting) -> bool:
        """Whether a question may have no definite answer where an expression is read in this setting."""
        return not question.required and not (question.strict and setting is Setting.RULE)

    @cached_property
    def number_bounds(self) -> NumberBounds:
        """Between which numbers its expressions lie whatever the answers are."""
        return NumberBounds(self.questions, self.values)

    @cached_property
    def _open_names(self) -> Mapping[Setting, set[str]]:
        """For each setting, the questions and values that may be unknown in it."""
        by_setting: dict[Setting, set[str]] = {}
        for setting in Setting:
            by_setting[setting] = {
                question.id for question in self.questions.values() if self.is_open_name(question, setting)
            }
            for value in self.values_in_order:
                if any(_unknown_parts(value.expression.tree, by_setting[setting], self.number_bounds)):
                    by_setting[setting].add(value.id)
        return by_setting

    def inline(self, node: ex.Node) -> ex.Node:
        """The expression with every value replaced by its own, down to questions alone; only `known` keeps its name."""
        if isinstance(node, ex.Name) and node.name in self.values:
            return self.inline(self.values[node.name].expression.tree)
        return node.map(self.inline)


def _unknown_parts(node: ex.Node, open_names: AbstractSet[str], bounds: NumberBounds) -> Iterator[ex.Node]:
    match node:
        case ex.Number() | ex.Definitely() | ex.Possibly() | ex.Known() | ex.MayBe() | ex.Holds():
            return
        case ex.Unknown():
            yield node
        case ex.SquareRoot(operand=operand) if _reaches(bounds.of(operand), below_zero=True):
            yield node
        case ex.Name(name=name):
            if name in open_names:
                yield node
        case ex.Arithmetic(operator="/", right=right) if _reaches(bounds.of(right)):
            yield node
        case ex.Power(constant=exponent, base=base) if exponent is not None and _may_fail(bounds.of(base), exponent):
            yield node
        case (
            ex.Not()
            | ex.And()
            | ex.Or()
            | ex.Comparison()
            | ex.Membership()
            | ex.AnyOf()
            | ex.Arithmetic()
            | ex.Conditional()
            | ex.Score()
            | ex.Since()
            | ex.Sum()
            | ex.SquareRoot()
            | ex.Extreme()
            | ex.Round()
            | ex.Power()
        ):
            for child in node.children():
                yield from _unknown_parts(child, open_names, bounds)
        case _:
            assert_never(node)


def _reaches(span: Span | None, *, below_zero: bool = False) -> bool:
    """Whether a number within these bounds may be zero, or below it."""
    if span is None:
        return False  # what is never known is told by its own parts
    return span.low < 0 if below_zero else span.low <= 0 <= span.high


def _may_fail(base: Span | None, exponent: Decimal) -> bool:
    """Whether a number within these bounds may have no such power."""
    if base is None:
        return False  # what is never known is told by its own parts
    if exponent == exponent.to_integral_value():
        return exponent < 0 and base.low <= 0 <= base.high
    return base.low < 0 or (exponent < 0 and base.low == 0)
