"""Expressions as Python: the source text of one condition or number.

Kleene's three values are compiled away: every condition has a Python test that is true where the
condition is true (`true`) and one that is true where it is false (`false`); where neither holds it is
unknown. Numbers are `Decimal | None`. Answers stand in local variables:

    a choice          `str`, or `None` for unknown
    several           `frozenset` of the ticked codes; `None` among them: not sure about the rest
    a number          `Decimal`, or `None` for unknown

`evaluation_mode.EvaluationMode` says how strict answers stand in them; `statements` writes those before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import assert_never

from screening.ruleset.compiler.numbers.surds import Real
from screening.ruleset.compiler.source.constants import Constants
from screening.ruleset.compiler.source.number_code import Numbers
from screening.ruleset.language.comparison_bounds import certain
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing, is_number
from screening.ruleset.language.symbol_table import OUTCOME_NAMES, Setting, SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.questions import QuestionType


class Expressions(Numbers):
    """Writes expressions over local variables: `q_` of a question, `v_` of a value, `f_` where it is false."""

    def __init__(
        self,
        names: SymbolTable,
        constants: Constants,
        mode: EvaluationMode,
        thresholds: Mapping[str, tuple[Real, ...]],
    ) -> None:
        super().__init__(names, constants, mode, thresholds)
        self.setting = Setting.RULE if mode is EvaluationMode.SETTLED else Setting.GIVEN

    # --- conditions ---

    def true(self, node: ex.Node) -> str:  # noqa: C901 - one case a node
        """A Python test that holds where the condition is true."""
        if isinstance(node, ex.OnlyNumber):
            raise TypeError(node)
        match node:
            case ex.Not(operand=operand):
                return self.false(operand)
            case ex.And(operands=operands):
                return f"({' and '.join(map(self.true, operands))})"
            case ex.Or(operands=operands):
                return f"({' or '.join(map(self.true, operands))})"
            case ex.Definitely(operand=operand):
                return self.true(operand)
            case ex.Possibly(operand=operand):
                return f"(not {self.false(operand)})"
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                return self.branch(test, self.true(then), self.true(otherwise), "False")
            case ex.Comparison():
                return self.comparison(node)
            case ex.Membership(subject=subject, options=options):
                return self.membership(subject, options, inside=True)
            case ex.AnyOf(subject=subject, options=options):
                return f"(not q_{subject.name}.isdisjoint({self.set(options)}))"
            case ex.Known(subject=subject):
                return self.known_test(subject)
            case ex.MayBe(category=category):
                return f"({category!r} in possible)"
            case ex.Holds(ground=ground):
                return f"({ground!r} in holding)"
            case ex.Name(name=name):
                return "False" if is_nothing(node, self.names) else f"v_{name}"
            case ex.Unknown():
                return "False"
            case _:
                assert_never(node)

    def false(self, node: ex.Node) -> str:  # noqa: C901 - one case a node
        """A Python test that holds where the condition is false."""
        if isinstance(node, ex.OnlyNumber):
            raise TypeError(node)
        if not self.names.may_be_unknown(node, self.setting):
            return self.settled_false(node)
        match node:
            case ex.Not(operand=operand):
                return self.true(operand)
            case ex.And(operands=operands):
                return f"({' or '.join(map(self.false, operands))})"
            case ex.Or(operands=operands):
                return f"({' and '.join(map(self.false, operands))})"
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                return self.branch(test, self.false(then), self.false(otherwise), "False")
            case ex.Comparison(operator=operator):
                return self.comparison(replace(node, operator=ex.OPPOSITE[operator]))
            case ex.Membership(subject=subject, options=options):
                return self.membership(subject, options, inside=False)
            case ex.AnyOf(subject=subject, options=options):
                return f"q_{subject.name}.isdisjoint({self.set((*options, None))})"
            case ex.Name(name=name):
                return "False" if is_nothing(node, self.names) else f"f_{name}"
            case ex.Unknown():
                return "False"
            case ex.Definitely() | ex.Possibly() | ex.Known() | ex.MayBe() | ex.Holds():
                return self.settled_false(node)
            case _:
                assert_never(node)

    def settled_false(self, node: ex.Node) -> str:
        """The same for a condition that is never unknown: the plain opposite."""
        match node:
            case ex.Not(operand=operand):
                return self.true(operand)
            case ex.Membership(subject=subject, options=options) if self.mode is not EvaluationMode.OPEN:
                return self.membership(subject, options, inside=False)
            case _:
                return f"(not {self.true(node)})"

    def branch(self, test: ex.Node, then: str, otherwise: str, unknown: str) -> str:
        """`then` or `otherwise` by a test; `unknown` where the test is."""
        if self.names.may_be_unknown(test, self.setting):
            otherwise = f"({otherwise} if {self.false(test)} else {unknown})"
        return f"({then} if {self.true(test)} else {otherwise})"

    def membership(self, subject: ex.Name, options: tuple[str, ...], *, inside: bool) -> str:
        """Whether the option chosen is certainly among (or certainly outside) some options."""
        if subject.name in OUTCOME_NAMES:
            return f"({subject.name} {'in' if inside else 'not in'} {self.set(options)})"
        question = self.names.questions[subject.name]
        variable = f"q_{subject.name}"
        if question.strict and self.mode is EvaluationMode.OPEN:
            return f"({variable} <= {self.set(options)})" if inside else f"{variable}.isdisjoint({self.set(options)})"
        if inside:
            return f"{variable} == {options[0]!r}" if len(options) == 1 else f"{variable} in {self.set(options)}"
        complete = not self.names.may_be_unknown(subject, self.setting)
        if complete and len(options) == 1:
            return f"{variable} != {options[0]!r}"
        return f"{variable} not in {self.set(options if complete else (*options, None))}"

    def comparison(self, node: ex.Comparison) -> str:
        """Whether two numbers certainly stand in this relation: both are known, or their bounds are."""
        if self.mode is EvaluationMode.OPEN and (surely := certain(node, self.names)) != node:
            return self.true(surely)
        plain, apart = self.is_plain(node), _may_be_two_bounds(node)
        left, tests_left = self.comparable(node.left, once=plain and not apart)
        right, tests_right = self.comparable(node.right, once=plain and not apart)
        if not plain:
            test = f"{self.order(node, left, right)} {node.operator} 0"
        elif apart:
            test = f"{'not ' if node.operator == '==' else ''}({left} < {right} or {left} > {right})"
        else:
            test = f"{left} {node.operator} {right}"
        return f"({' and '.join([*tests_left, *tests_right, test])})"

    def comparable(self, node: ex.Node, *, once: bool) -> tuple[str, list[str]]:
        """A side of a comparison, which is read once or more often, and the tests that it is known."""
        source = self.number(node)
        if isinstance(node, ex.Number):
            return source, []
        never_unknown = not self.names.may_be_unknown(node, self.setting) and self.mode is EvaluationMode.SETTLED
        if never_unknown and (once or isinstance(node, ex.Name)):
            return source, []
        if isinstance(node, ex.Name):
            return source, [f"{source} is not None"]
        temporary = self.temporary()
        return temporary, [f"({temporary} := {source}) is not None"]

    def known_test(self, subject: ex.Name) -> str:
        """Whether the answer or value is known."""
        name = subject.name
        if name in OUTCOME_NAMES:
            return f"({name} is not None)"
        if name in self.names.values:
            tree = self.names.values[name].expression.tree
            if is_number(tree, self.names) or is_nothing(tree, self.names):
                return f"(v_{name} is not None)"
            return f"(v_{name} or f_{name})" if self.names.may_be_unknown(tree, self.setting) else "True"
        question = self.names.questions[name]
        if question.type is QuestionType.SEVERAL:
            return f"(None not in q_{name})"
        if question.strict and question.type is QuestionType.CHOICE and self.mode is EvaluationMode.OPEN:
            return f"(len(q_{name}) == 1)"
        return f"(q_{name} is not None)"

    def set(self, options: Iterable[str | None]) -> str:
        """The name of a set of option codes."""
        return self.constants.name("O", frozenset(options))


def _may_be_two_bounds(node: ex.Comparison) -> bool:
    """Whether two numbers are asked to be the same of which neither is written out: two bounds are that as objects."""
    return (
        node.operator in ("==", "!=") and not isinstance(node.left, ex.Number) and not isinstance(node.right, ex.Number)
    )
