"""From a syntax tree back to a line of text, with every part that has parts of its own in parentheses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, assert_never

from screening.ruleset.model import expression as ex


def render(node: ex.Node) -> str:  # noqa: C901 - one case a node
    """The text that `parse` reads as this tree."""
    match node:
        case ex.Name(name=name):
            return name
        case ex.Number(value=value):
            return f"{value:f}"
        case ex.Unknown():
            return "unknown"
        case ex.Not(operand=ex.Membership(subject=subject, options=options)):
            return f"{subject.name} {f'!= {texts(options)}' if len(options) == 1 else f'not in {{{texts(options)}}}'}"
        case ex.Not(operand=operand):
            return f"not {inner(operand)}"
        case ex.And(operands=operands):
            return " and ".join(map(inner, operands))
        case ex.Or(operands=operands):
            return " or ".join(map(inner, operands))
        case ex.Comparison(left=left, operator=operator, right=right):
            return f"{inner(left)} {operator} {inner(right)}"
        case ex.Arithmetic(left=left, operator=operator, right=right):
            return f"{inner(left)} {operator} {inner(right)}"
        case ex.Conditional(then=then, test=test, otherwise=otherwise):
            return f"{inner(then)} if {inner(test)} else {inner(otherwise)}"
        case ex.Membership(subject=subject, options=options):
            return f"{subject.name} {f'== {texts(options)}' if len(options) == 1 else f'in {{{texts(options)}}}'}"
        case ex.Definitely() | ex.Possibly() | ex.Known() | ex.AnyOf() | ex.MayBe() | ex.Holds():
            return call(node)
        case ex.SquareRoot() | ex.Score() | ex.Since() | ex.Sum() | ex.Extreme() | ex.Round() | ex.Power():
            return call(node)
        case _:
            assert_never(node)


Call: TypeAlias = (
    ex.Definitely
    | ex.Possibly
    | ex.Known
    | ex.AnyOf
    | ex.MayBe
    | ex.Holds
    | ex.SquareRoot
    | ex.Score
    | ex.Since
    | ex.Sum
    | ex.Extreme
    | ex.Round
    | ex.Power
)
"""What is written as a word with its operands in parentheses."""


def call(node: Call) -> str:  # noqa: C901 - one case a node
    """A function of the language."""
    match node:
        case ex.Definitely(operand=operand):
            return f"definitely({render(operand)})"
        case ex.Possibly(operand=operand):
            return f"possibly({render(operand)})"
        case ex.Known(subject=subject):
            return f"known({subject.name})"
        case ex.AnyOf(subject=subject, options=options):
            return f"any_of({subject.name}, {texts(options)})"
        case ex.SquareRoot(operand=operand):
            return f"sqrt({render(operand)})"
        case ex.Score(subject=subject):
            return f"score({subject.name})"
        case ex.Since(subject=subject, unit=unit):
            return f"{unit.function}({subject.name})"
        case ex.Sum(operands=operands):
            return f"sum({', '.join(map(render, operands))})"
        case ex.Extreme(which=which, operands=operands):
            return f"{which}({', '.join(map(render, operands))})"
        case ex.Round(operand=operand, digits=digits):
            return f"round({render(operand)}, {digits})"
        case ex.Power(base=base, exponent=exponent):
            return f"power({render(base)}, {render(exponent)})"
        case ex.MayBe(category=category):
            return f'may_be("{category}")'
        case ex.Holds(ground=ground):
            return f'holds("{ground}")'
        case _:
            assert_never(node)


def inner(node: ex.Node) -> str:
    """A part of an expression: in parentheses unless it is one word or a call."""
    stands_alone = isinstance(node, ex.Name | ex.Number | ex.Unknown | Call)
    return render(node) if stands_alone else f"({render(node)})"


def texts(options: Iterable[str]) -> str:
    """Option codes in quotation marks."""
    return ", ".join(f'"{option}"' for option in options)
