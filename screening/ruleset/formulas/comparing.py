"""Two terms compared, as a formula: what constants, and ends that are no numbers, decide is decided here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import eq, le, lt

from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, atom, negation
from screening.ruleset.formulas.atoms import Compared
from screening.ruleset.formulas.terms import Shape, Term

_CONSTANTS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {"<": lt, "<=": le, "==": eq}


def compared(left: Term, operator: str, right: Term) -> Formula:
    """Two terms compared by any operator, kept as one of `< <= ==` or the negation of one."""
    match operator:
        case ">" | ">=":
            return negation(compared(left, "<=" if operator == ">" else "<", right))
        case "!=":
            return negation(compared(left, "==", right))
    if Shape.ENDLESS in (left.shape, right.shape):
        return TRUE if _CONSTANTS[operator](_beyond_all(left), _beyond_all(right)) else FALSE
    if left.shape is right.shape is Shape.CONSTANT:
        return TRUE if _CONSTANTS[operator](left.value, right.value) else FALSE
    if left is right:
        return FALSE if operator == "<" else TRUE
    return atom(Compared(left, operator, right))


def _beyond_all(term: Term) -> Fraction:
    """On which side of all numbers a term lies; zero for a number."""
    return term.value if term.shape is Shape.ENDLESS else Fraction(0)
