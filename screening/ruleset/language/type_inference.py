"""What type an expression has, and which of its parts do not fit it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import assert_never

from screening.ruleset.language.symbol_table import OUTCOME_NAMES
from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import Elapsed
from screening.ruleset.model.parts import Context
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


UNREAD = {Type.TEXT: "type.text", Type.DATE: "type.date"}
"""What no expression reads as it is, and the mistake of those that do."""
_QUESTION_TYPES = {
    QuestionType.CHOICE: Type.CHOICE,
    QuestionType.SEVERAL: Type.SEVERAL,
    QuestionType.NUMBER: Type.NUMBER,
    QuestionType.TEXT: Type.TEXT,
    QuestionType.DATE: Type.DATE,
}


class Typing:
    """Infers the type of one expression and notes what does not fit."""

    def __init__(self, rule_set: RuleSet, value_types: Mapping[str, Type], context: Context) -> None:
        """`value_types`: those of the values that the expression may read."""
        self.rule_set = rule_set
        self.value_types = value_types
        self.context = context
        self.problems: list[Problem] = []

    def report(self, code: str, node: ex.Node, **values: object) -> Type:
        """Note a mistake; the type of a part that has one."""
        self.problems.append(Problem(code, column=node.column, values=values))
        return Type.ANY

    def _expect(self, node: ex.Node, wanted: Type) -> None:
        actual = self.of(node)
        if actual not in (wanted, Type.ANY):
            name = node.name if isinstance(node, ex.Name) else ""
            if actual in UNREAD:
                self.report(UNREAD[actual], node, name=name)
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
                return self._name(node)
            case ex.Not(operand=operand) | ex.Definitely(operand=operand) | ex.Possibly(operand=operand):
                return self._alike(Type.CONDITION, operand)
            case ex.And(operands=operands) | ex.Or(operands=operands):
                return self._alike(Type.CONDITION, *operands)
            case ex.Comparison():
                self._comparison(node)
                return Type.CONDITION
            case ex.Arithmetic(left=left, right=right):
                return self._alike(Type.NUMBER, left, right)
            case ex.Power(base=base, exponent=exponent):
                return self._alike(Type.NUMBER, base, exponent)
            case ex.SquareRoot(operand=operand) | ex.Round(operand=operand):
                return self._alike(Type.NUMBER, operand)
            case ex.Sum(operands=operands) | ex.Extreme(operands=operands):
                return self._alike(Type.NUMBER, *operands)
            case ex.Conditional():
                return self._conditional(node)
            case ex.Membership(subject=subject, options=options):
                self._options(subject, options, Type.CHOICE)
                return Type.CONDITION
            case ex.AnyOf(subject=subject, options=options):
                self._options(subject, options, Type.SEVERAL)
                return Type.CONDITION
            case ex.Known(subject=subject):
                self._name(subject)
                return Type.CONDITION
            case ex.Score(subject=subject):
                return self._score(subject)
            case ex.Since(subject=subject):
                return self._since(subject, node.unit)
            case ex.MayBe() | ex.Holds():
                return self._outcome_function(node)
            case _:
                assert_never(node)

    def _alike(self, wanted: Type, *operands: ex.Node) -> Type:
        """The type that an operation yields, since all that it works on must have it."""
        for operand in operands:
            self._expect(operand, wanted)
        return wanted

    def _name(self, node: ex.Name) -> Type:
        if node.name in self.rule_set.question:
            return _QUESTION_TYPES[self.rule_set.question[node.name].type]
        if node.name in self.value_types:
            return self.value_types[node.name]
        if node.name in OUTCOME_NAMES:
            return Type.CHOICE if self.context is Context.NOTE else self.report("name.outcome", node, name=node.name)
        known = [*self.rule_set.question, *self.rule_set.value]
        return self.report("name.unknown", node, name=node.name, known=known)

    def _comparison(self, node: ex.Comparison) -> None:
        reported = len(self.problems)
        self._expect(node.right, Type.NUMBER)
        if isinstance(node.right, ex.Name) and len(self.problems) > reported:
            self.of(node.left)  # `soil == wet` has one mistake, on its right
        else:
            self._expect(node.left, Type.NUMBER)

    def _conditional(self, node: ex.Conditional) -> Type:
        self._expect(node.test, Type.CONDITION)
        types = {self.of(node.then), self.of(node.otherwise)} - {Type.ANY}
        if len(types) > 1:
            return self.report("type.branches", node)
        return types.pop() if types else Type.ANY

    def _options(self, subject: ex.Name, options: tuple[str, ...], wanted: Type) -> None:
        actual = self._name(subject)
        if actual is Type.ANY:
            return
        if actual in UNREAD:
            self.report(UNREAD[actual], subject, name=subject.name)
            return
        if actual is not wanted:
            self.report(f"type.wanted_{wanted.value}", subject, found=actual.value, name=subject.name)
            return
        exclusive: frozenset[str] = frozenset()
        if subject.name in OUTCOME_NAMES:
            allowed = list(self.rule_set.category)
        else:
            question = self.rule_set.question[subject.name]
            exclusive = question.exclusive_codes if wanted is Type.SEVERAL else exclusive
            allowed = [option.code for option in question.options if option.code not in exclusive]
        for code in options:
            if code not in allowed:
                problem = "option.exclusive" if code in exclusive else "option.unknown"
                problem = "option.unsure" if code in NOT_SURE else problem
                self.report(problem, subject, name=subject.name, option=code, known=allowed)

    def _score(self, subject: ex.Name) -> Type:
        actual = self._name(subject)
        question = self.rule_set.question.get(subject.name)
        scored = (
            question
            and question.type is QuestionType.CHOICE
            and all(option.score is not None for option in question.options if not option.leaves_open)
        )
        if actual is not Type.ANY and not scored:
            return self.report("score.missing", subject, name=subject.name)
        return Type.NUMBER

    def _since(self, subject: ex.Name, unit: Elapsed) -> Type:
        actual = self._name(subject)
        if actual not in (Type.DATE, Type.ANY):
            return self.report("type.no_date", subject, name=subject.name, function=unit.function)
        return Type.NUMBER

    def _outcome_function(self, node: ex.MayBe | ex.Holds) -> Type:
        in_guarantee = self.context is Context.GUARANTEE and isinstance(node, ex.Holds)
        if self.context is not Context.NOTE and not in_guarantee:
            name = "may_be" if isinstance(node, ex.MayBe) else "holds"
            return self.report("name.outcome", node, name=name)
        rule_set = self.rule_set
        if isinstance(node, ex.MayBe) and node.category not in rule_set.category:
            self.report("category.unknown", node, name=node.category, known=list(rule_set.category))
        if isinstance(node, ex.Holds) and node.ground not in rule_set.ground:
            self.report("ground.unknown", node, name=node.ground, known=list(rule_set.ground))
        return Type.CONDITION
