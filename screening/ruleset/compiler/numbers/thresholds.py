"""The numbers at which a value is read otherwise, and a value as it is kept and shown: always on its own side of them.

A value that equals a threshold is kept and shown as it; any other never lands on one, nor beyond it, when it is
rounded: digits are added instead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from functools import cmp_to_key
from typing import assert_never

from screening.ruleset.compiler.numbers.arithmetic import NEAR, WHOLE
from screening.ruleset.compiler.numbers.number_functions import (
    exact_ceiling,
    exact_floor,
    exact_power,
    exact_round,
    rounded,
)
from screening.ruleset.compiler.numbers.reals import EXACTLY, NEAR_DIGITS, exact_order, exact_root, exact_total, nearest
from screening.ruleset.compiler.numbers.surds import Real
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.parts import places
from screening.ruleset.model.rule_set import RuleSet

SHORT_DIGITS = 20
"""Digits of a number that is told as it is, though it was worked out from cut ones."""
_SHORT = Context(prec=SHORT_DIGITS, Emax=MAX_EMAX, Emin=MIN_EMIN)


def value_thresholds(rule_set: RuleSet) -> Mapping[str, tuple[Real, ...]]:
    """For each value, the constants with which it is compared, ascending; also through values that may be the same.

    A constant is whatever reads no answer: a number written out, or one worked out from such. The bounds of the zones
    in which people see a value are such, too.
    """
    names = SymbolTable.of(rule_set)
    by_value: dict[str, set[Real]] = {}
    for name, bound in _zone_bounds(rule_set):
        by_value.setdefault(name, set()).add(bound)
    for place in places(rule_set):
        for part in place.expression.tree.walk():
            if isinstance(part, ex.Comparison):
                for side, other in ((part.left, part.right), (part.right, part.left)):
                    constants = frozenset(_constants(other, names))
                    for name in _values(side, names):
                        by_value.setdefault(name, set()).update(constants)
    return {name: tuple(sorted(constants, key=cmp_to_key(exact_order))) for name, constants in by_value.items()}


def _zone_bounds(rule_set: RuleSet) -> Iterator[tuple[str, Decimal]]:
    """The bounds between the zones of values."""
    drawn = [(value.id, value.zones) for value in rule_set.values]
    scales = rule_set.doctor_paper.scales if rule_set.doctor_paper else ()
    drawn += [(scale.of, scale.zones) for scale in scales if scale.of in rule_set.value]
    yield from ((name, zone.bound) for name, zones in drawn for zone in zones if zone.bound is not None)


def _values(node: ex.Node, names: SymbolTable) -> Iterator[str]:
    """The values that this side of a comparison may be."""
    if isinstance(node, ex.OnlyCondition):
        raise TypeError(node)
    match node:
        case ex.Name(name=name):
            if name in names.values:
                yield name
                yield from _values(names.values[name].expression.tree, names)
        case ex.Conditional(then=then, otherwise=otherwise):
            yield from _values(then, names)
            yield from _values(otherwise, names)
        case ex.Extreme(operands=operands):
            for operand in operands:
                yield from _values(operand, names)
        case ex.Number() | ex.Unknown() | ex.Arithmetic() | ex.SquareRoot() | ex.Score() | ex.Since() | ex.Sum():
            return
        case ex.Round() | ex.Power():
            return
        case _:
            assert_never(node)


def _constants(node: ex.Node, names: SymbolTable) -> Iterator[Real]:  # noqa: C901 - one case a node
    """The numbers that this side of a comparison may be whatever the answers are."""
    if isinstance(node, ex.OnlyCondition):
        raise TypeError(node)
    match node:
        case ex.Number(value=value):
            yield value
        case ex.Name(name=name):
            if name in names.values:
                yield from _constants(names.values[name].expression.tree, names)
        case ex.Conditional(then=then, otherwise=otherwise):
            yield from _constants(then, names)
            yield from _constants(otherwise, names)
        case ex.Arithmetic(left=left, operator=operator, right=right):
            yield from _if_known(EXACTLY[operator](_only(left, names), _only(right, names)))
        case ex.SquareRoot(operand=operand):
            yield from _if_known(exact_root(_only(operand, names)))
        case ex.Sum(operands=operands):
            yield from _if_known(exact_total(*(_only(operand, names) for operand in operands)))
        case ex.Extreme(operands=operands):
            for operand in operands:
                yield from _constants(operand, names)
        case ex.Round(operand=operand, digits=digits):
            yield from _if_known(exact_round(_only(operand, names), digits))
        case ex.Power(base=base, exponent=exponent):
            yield from _if_known(exact_power(_only(base, names), _only(exponent, names)))
        case ex.Unknown() | ex.Score() | ex.Since():
            return
        case _:
            assert_never(node)


def _only(node: ex.Node, names: SymbolTable) -> Real | None:
    """The one number that an operand is whatever the answers are, or None."""
    constants = list(_constants(node, names))
    return constants[0] if len(constants) == 1 else None


def _if_known(number: Real | None) -> Iterator[Real]:
    if number is not None:
        yield number


def steady(number: Real | None, thresholds: Iterable[Real]) -> Decimal | None:
    """An exact number as a decimal of twenty-eight digits, or of as many as keep it on its side of every threshold."""
    if number is None:
        return None
    sides = [(threshold, exact_order(number, threshold)) for threshold in thresholds]
    digits = NEAR_DIGITS
    while True:
        rounded = nearest(number, digits)
        if all(side == 0 or exact_order(rounded, threshold) == side for threshold, side in sides):
            return rounded
        digits *= 2


def may_be_short(cut: Decimal, parts: int) -> bool:
    """Whether a number that may be off by so many parts in 10^27 may truly be a decimal of twenty digits or fewer."""
    short = _SHORT.plus(cut)
    return short != cut and NEAR.subtract(short, cut).adjusted() <= cut.adjusted() - 27 + len(str(parts))


def short_decimal(number: Real | None, cut: Decimal) -> Decimal:
    """An exact number where it is a decimal of twenty digits or fewer; otherwise as it was cut."""
    short = nearest(number, SHORT_DIGITS)
    return cut if short is None or exact_order(short, number) else short


def round_for_display(value: Real, decimals: int, thresholds: Iterable[Real]) -> Decimal:
    """A value rounded to so many digits after the point (a half away from zero), or to as many more as are needed.

    It is rounded to a threshold only where it equals it, and never to the other side of one.
    """
    return _on_its_side(value, decimals, thresholds, rounded)


def round_outward(low: Real, high: Real, decimals: int, thresholds: Collection[Real]) -> tuple[Decimal, Decimal]:
    """The ends of a range rounded so that all of it lies between them; one that is a single number as that."""
    if exact_order(low, high) == 0:
        return (round_for_display(low, decimals, thresholds),) * 2
    low_end = round_end(low, decimals, thresholds, upward=False)
    return low_end, round_end(high, decimals, thresholds, upward=True)


def round_end(end: Real, decimals: int, thresholds: Iterable[Real], *, upward: bool) -> Decimal:
    """One end of a range rounded so that all of it stays on its side."""
    return _on_its_side(end, decimals, thresholds, exact_ceiling if upward else exact_floor)


def _on_its_side(
    value: Real, decimals: int, thresholds: Iterable[Real], rounding: Callable[[Real, int], Decimal]
) -> Decimal:
    sides = [(threshold, exact_order(value, threshold)) for threshold in thresholds]
    if not isinstance(value, Decimal) and exact_order(value, nearest(value)):
        sides = [(threshold, side) for threshold, side in sides if side]  # no decimal is equal to it
    while True:
        short = rounding(value, decimals)
        if all(exact_order(short, threshold) == side for threshold, side in sides):
            return WHOLE.add(short, Decimal(0))  # no zero with a minus
        decimals += 1
