"""From one line of text to the syntax tree of the expression language.

The grammar is Python's own expression grammar cut down to the nodes of `expression`; whatever else
Python allows is an error that says what is wrong and in which column.
"""

from __future__ import annotations

import ast
import warnings
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from screening.ruleset.language.expression_text import (
    NUMBER,
    TRUTH_VALUES,
    ExpressionError,
    SyntaxProblem,
    unreadable,
    written_number,
)
from screening.ruleset.language.repeated_groups import RepeatedGroup, Whole, copy_name
from screening.ruleset.language.signatures import OF_LISTS, SIGNATURES
from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import ELAPSED

MAX_DEPTH = 40
"""Levels of nesting: generated Python nests up to four times as deep, and its parser gives up at 200."""
MAX_ROUNDED_DIGITS = 10
"""Digits after (with a minus: before) the point to which a number can be rounded."""
MAX_EXPONENT = 100
"""How far from zero an exponent that is written out may lie."""


@lru_cache(maxsize=4096)
def parse(text: str, groups: tuple[RepeatedGroup, ...] = ()) -> ex.Node:
    """Parse one line of text, or raise `ExpressionError` with every mistake found in it.

    `groups`: the pages that repeat, over which `any`, `count` and `sum` go.
    Remembered, as each translation holds all the expressions of its rule file again.
    """
    if problem := unreadable(text):
        raise ExpressionError([problem])
    try:
        with warnings.catch_warnings():
            # what Python only warns of, such as `1if` or `"\d"`, is no expression either
            warnings.simplefilter("error")
            tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        column = min(max((getattr(error, "offset", None) or 1) - 1, 0), len(text))
        raise ExpressionError([SyntaxProblem("expression.syntax", column)]) from None
    parser = _Parser(text, groups)
    node = parser.convert(tree.body, 1)
    if parser.problems:
        raise ExpressionError(parser.problems)
    return node


_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class _Parser:
    """Turns Python's tree into ours and collects what our language does not have."""

    def __init__(self, text: str, groups: tuple[RepeatedGroup, ...] = ()) -> None:
        self.text = text
        self.groups = {group.name: group for group in groups}
        self.copied: dict[str, str] = {}
        """What questions of a repeated page are called in the copy that is being read."""
        self.problems: list[SyntaxProblem] = []

    def problem(self, code: str, at: ast.expr, **values: object) -> ex.Node:
        self.problems.append(SyntaxProblem(code, at.col_offset, values))
        return ex.Unknown(column=at.col_offset)

    def source(self, node: ast.expr) -> str:
        return self.text[node.col_offset : node.end_col_offset]

    def convert(self, node: ast.expr, depth: int) -> ex.Node:  # noqa: C901 - one case a node
        if depth > MAX_DEPTH:
            return self.problem("expression.too_deep", node, limit=MAX_DEPTH)
        at = node.col_offset
        below = depth + 1
        match node:
            case ast.Name(id="unknown"):
                return ex.Unknown(column=at)
            case ast.Name(id=name) if name in TRUTH_VALUES:
                return self.problem("expression.truth_value", node, text=name)
            case ast.Name(id=name):
                return self.name(name, at)
            case ast.Constant(value=bool()):
                return self.problem("expression.truth_value", node, text=self.source(node))
            case ast.Constant():
                return self.constant(node)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return ex.Not(self.convert(operand, below), column=at)
            case ast.BoolOp(op=operator, values=values):
                parts = tuple(self.convert(value, below) for value in values)
                return ex.And(parts, column=at) if isinstance(operator, ast.And) else ex.Or(parts, column=at)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _ARITHMETIC:
                symbol = _ARITHMETIC[type(operator)]
                return ex.Arithmetic(self.convert(left, below), symbol, self.convert(right, below), column=at)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return ex.Conditional(
                    self.convert(body, below), self.convert(test, below), self.convert(orelse, below), column=at
                )
            case ast.Compare():
                return self.comparisons(node, below)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self.call(node, name, arguments, below)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.problem("expression.minus", node, text=self.source(operand))
            case ast.BinOp(left=left, op=ast.Pow() | ast.BitXor(), right=right):
                instead = f"power({self.source(left)}, {self.source(right)})"
                return self.problem("expression.power", node, text=self.source(node), instead=instead)
            case ast.Set(elts=[ast.Name(id=name)]):
                return self.problem("expression.braces", node, name=name)
            case ast.Tuple(elts=[_, *_]):
                return self.problem("expression.comma", node)
            case _:
                return self.problem("expression.not_allowed", node, text=self.source(node))

    def name(self, name: str, column: int) -> ex.Name:
        return ex.Name(self.copied.get(name, name), column=column)

    def constant(self, node: ast.Constant) -> ex.Node:
        if isinstance(node.value, str):
            return self.problem("expression.bare_text", node, text=node.value)
        if not NUMBER.fullmatch(self.source(node)):
            return self.problem("expression.not_allowed", node, text=self.source(node))
        return ex.Number(Decimal(self.source(node)), column=node.col_offset)

    def comparisons(self, node: ast.Compare, depth: int) -> ex.Node:
        """`a < b < c` becomes `a < b and b < c`, as in Python."""
        sides = [node.left, *node.comparators]
        parts = tuple(
            self.comparison(node, left, operator, right, depth)
            for left, operator, right in zip(sides, node.ops, sides[1:], strict=False)
        )
        return parts[0] if len(parts) == 1 else ex.And(parts, column=node.col_offset)

    def comparison(
        self, node: ast.Compare, left: ast.expr, operator: ast.cmpop, right: ast.expr, depth: int
    ) -> ex.Node:
        options = self.options(right)
        if options is not None or isinstance(operator, ast.In | ast.NotIn):
            return self.membership(node, left, operator, right, options)
        if type(operator) not in _COMPARISONS:
            return self.problem("expression.not_allowed", node, text=self.source(node))
        symbol = _COMPARISONS[type(operator)]
        if settled := self.counted(left, symbol, right, depth) or self.counted(right, _MIRRORED[symbol], left, depth):
            return settled
        return ex.Comparison(
            self.comparison_chain(left, depth), symbol, self.comparison_chain(right, depth), column=left.col_offset
        )

    def comparison_chain(self, node: ast.expr, depth: int) -> ex.Node:
        """A side of a comparison; only there may a number have a minus sign."""
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float()) as number):
                positive = self.convert(number, depth)
                if not isinstance(positive, ex.Number):
                    return positive
                return replace(positive, value=-positive.value, column=node.col_offset)
            case _:
                return self.convert(node, depth)

    def membership(
        self,
        node: ast.Compare,
        left: ast.expr,
        operator: ast.cmpop,
        right: ast.expr,
        options: tuple[str, ...] | None,
    ) -> ex.Node:
        is_set = isinstance(right, ast.Set)
        fits = isinstance(operator, ast.In | ast.NotIn) if is_set else isinstance(operator, ast.Eq | ast.NotEq)
        if options and not is_set and NUMBER.fullmatch(options[0]) and type(operator) in _COMPARISONS and not fits:
            return self.problem("expression.quoted_number", right, text=options[0])
        if options is None or not fits:
            return self.problem("expression.membership", node, text=self.source(node))
        if not isinstance(left, ast.Name):
            return self.problem("expression.membership", left, text=self.source(node))
        if len(set(options)) < len(options):
            return self.problem("expression.repeated_option", right, text=self.source(right))
        test = ex.Membership(self.name(left.id, left.col_offset), options, column=left.col_offset)
        negated = isinstance(operator, ast.NotEq | ast.NotIn)
        return ex.Not(test, column=left.col_offset) if negated else test

    def options(self, node: ast.expr) -> tuple[str, ...] | None:
        """The option codes written as one text or as a set of texts; None for anything else."""
        items = node.elts if isinstance(node, ast.Set) else [node]
        codes = [item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        return tuple(codes) if len(codes) == len(items) else None

    def call(self, node: ast.Call, name: str, arguments: list[ast.expr], depth: int) -> ex.Node:  # noqa: C901 - one case a node
        at = node.col_offset
        match name, arguments:
            case (("any" | "count" | "sum"), [ast.Name(id=group), operand]) if group in self.groups:
                whole, copies = Whole(self.groups[group], at), self.copies(self.groups[group], operand, depth)
                if name == "any":
                    return whole.at_least(copies, 1)
                return whole.count(copies) if name == "count" else whole.total(copies)
            case (("any" | "count"), _):
                known = [*self.groups]
                return self.problem("expression.no_such_list", node, name=name, signature=OF_LISTS[name], known=known)
            case "definitely", [operand]:
                return ex.Definitely(self.convert(operand, depth), column=at)
            case "possibly", [operand]:
                return ex.Possibly(self.convert(operand, depth), column=at)
            case "sqrt", [operand]:
                return ex.SquareRoot(self.convert(operand, depth), column=at)
            case "sum", [_, _, *_]:
                return ex.Sum(tuple(self.convert(argument, depth) for argument in arguments), column=at)
            case "known", [ast.Name(id=subject) as argument]:
                return ex.Known(self.name(subject, argument.col_offset), column=at)
            case (("min" | "max"), [_, _, *_]):
                return ex.Extreme(name, tuple(self.convert(argument, depth) for argument in arguments), column=at)
            case "round", [number, digits] if (places := written_number(self.source(digits))) is not None:
                return self.rounded(node, number, places, depth)
            case "power", [_, _]:
                return self.power(node, arguments, depth)
            case "score", [ast.Name(id=subject) as argument]:
                return ex.Score(self.name(subject, argument.col_offset), column=at)
            case _, [ast.Name(id=subject) as argument] if name in ELAPSED:
                return ex.Since(self.name(subject, argument.col_offset), ELAPSED[name], column=at)
            case "any_of", [ast.Name(id=subject) as argument, _, *_]:
                return self.any_of(node, self.name(subject, argument.col_offset), arguments[1:])
            case "may_be", [ast.Constant(value=str(category))]:
                return ex.MayBe(category, column=at)
            case "holds", [ast.Constant(value=str(ground))]:
                return ex.Holds(ground, column=at)
            case _:
                code = "expression.arguments" if name in SIGNATURES else "expression.no_such_function"
                return self.problem(code, node, name=name, signature=SIGNATURES.get(name, ""), known=[*SIGNATURES])

    def copies(self, group: RepeatedGroup, operand: ast.expr, depth: int) -> list[ex.Node]:
        """An expression about a repeated page, read in each of its copies; what is wrong with it is told once."""
        outer, before, read = self.copied, len(self.problems), []
        for number in group.numbers:
            self.copied = {**outer, **{name: copy_name(name, number) for name in group.questions}}
            read.append(self.convert(operand, depth + 2))
            if len(self.problems) > before and number > 1:
                break
        told = self.problems[before:]
        self.problems[before:] = [problem for index, problem in enumerate(told) if problem not in told[:index]]
        self.copied = outer
        return read + [read[-1]] * (group.most - len(read))

    def counted(self, left: ast.expr, symbol: str, right: ast.expr, depth: int) -> ex.Node | None:
        """A count over a repeated page beside a constant, which few of them may settle; None for anything else."""
        match left:
            case ast.Call(func=ast.Name(id="count"), args=[ast.Name(id=name), operand], keywords=[]):
                constant = written_number(self.source(right))
                if name in self.groups and constant is not None:
                    group = self.groups[name]
                    return Whole(group, left.col_offset).compared(self.copies(group, operand, depth), symbol, constant)
        return None

    def rounded(self, node: ast.Call, number: ast.expr, digits: Decimal, depth: int) -> ex.Node:
        if digits != digits.to_integral_value() or abs(digits) > MAX_ROUNDED_DIGITS:
            return self.problem("expression.rounded_digits", node, limit=MAX_ROUNDED_DIGITS)
        return ex.Round(self.convert(number, depth), int(digits), column=node.col_offset)

    def power(self, node: ast.Call, arguments: list[ast.expr], depth: int) -> ex.Node:
        """A power of which the exponent, or else the base, is written out."""
        base, exponent = arguments
        at = node.col_offset
        if (constant := written_number(self.source(exponent))) is not None:
            if abs(constant) > MAX_EXPONENT:
                return self.problem("expression.exponent", node, limit=MAX_EXPONENT)
            return ex.Power(self.convert(base, depth), ex.Number(constant, column=exponent.col_offset), column=at)
        if (constant := written_number(self.source(base))) is None:
            return self.problem("expression.arguments", node, name="power", signature=SIGNATURES["power"])
        if constant <= 0:
            return self.problem("expression.base", node)
        return ex.Power(ex.Number(constant, column=base.col_offset), self.convert(exponent, depth), column=at)

    def any_of(self, node: ast.Call, subject: ex.Name, arguments: list[ast.expr]) -> ex.Node:
        codes = [
            argument.value
            for argument in arguments
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if len(codes) < len(arguments):
            return self.problem("expression.arguments", node, name="any_of", signature=SIGNATURES["any_of"])
        if len(set(codes)) < len(codes):
            return self.problem("expression.repeated_option", node, text=self.source(node))
        return ex.AnyOf(subject, tuple(codes), column=node.col_offset)
