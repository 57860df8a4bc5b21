"""Lines that enclose a power never cut off the power itself, and what they leave open gets small."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

from screening.analysis.solver.power_tables import COUNTS, Line, power_piece
from screening.ruleset.formulas.terms import Shape, Term, answer, exponential, power, root
from tests.support.every import for_every
from tests.support.rules import precise

X = answer("x")
TERMS = [
    *(power(X, Fraction(exponent)) for exponent in ("-1.2", "-0.302", "0.5", "1.5", "2.75", "-3", "2", "0.001")),
    *(exponential(Fraction(base), X) for base in ("0.9938", "0.5", "1", "1.2", "10")),
    root(X),
]
RANGES = [("0.2", "25"), ("20", "2000"), ("0", "10"), ("-3", "8"), ("1", "1.000001"), ("0.999", "1.001")]


def height(line: Line, at: Fraction) -> Fraction:
    return line.start + line.slope * (at - line.point)


def value(term: Term, at: Decimal) -> Decimal | None:
    if term.shape is Shape.ROOT:
        return precise.root(at)
    constant = Decimal(term.value.numerator) / Decimal(term.value.denominator)
    return precise.power(constant, at) if term.shape is Shape.EXPONENTIAL else precise.power(at, constant)


@for_every("term", TERMS, ids=repr)
def test_a_power_lies_between_its_lines(term: Term) -> None:
    chance = Random(7)
    enclosed = 0
    for low, high in ((Decimal(low), Decimal(high)) for low, high in RANGES):
        for count in COUNTS:
            for _ in range(6):
                at = low + (high - low) * chance.randint(0, 10**6) / 10**6
                piece = power_piece(term, low, high, count, Fraction(at))
                truth = value(term, at)
                if piece is None or truth is None:
                    continue
                assert piece.low <= Fraction(at) <= piece.high
                lowest = [height(line, Fraction(at)) for line in piece.below]
                highest = [height(line, Fraction(at)) for line in piece.above]
                assert all(line <= Fraction(truth) for line in lowest)
                assert all(line >= Fraction(truth) for line in highest)
                if lowest and highest and count == COUNTS[-1] and high < 100:
                    assert min(highest) - max(lowest) < Fraction(truth) / 1000
                enclosed += 1
    assert enclosed > 40
