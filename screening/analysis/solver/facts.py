"""Facts that a query states outright, put into its other formulas, so that nothing is read that they rule out."""

from __future__ import annotations

from collections.abc import Iterable

import z3


def with_facts(formulas: Iterable[z3.BoolRef]) -> tuple[z3.BoolRef, ...]:
    """The same formulas together, each but the facts themselves written out for what the facts say.

    What a number stands for that is known to be given, and what would be so of it if it were open, need not be found.
    """
    everything = [(formula, _fact(formula)) for formula in formulas]
    facts = [fact for _, fact in everything if fact is not None]
    stated = (formula for formula, fact in everything if fact is not None)
    others = (formula for formula, fact in everything if fact is None)
    if not facts:
        return tuple(others)
    return (*stated, *(z3.simplify(z3.substitute(formula, *facts)) for formula in others))


def _fact(formula: z3.BoolRef) -> tuple[z3.BoolRef, z3.BoolRef] | None:
    """A variable with what it is said to be; None where a formula says more than that."""
    variable = formula.arg(0) if z3.is_not(formula) else formula
    if not z3.is_const(variable) or variable.decl().kind() != z3.Z3_OP_UNINTERPRETED:
        return None
    return variable, z3.BoolVal(not z3.is_not(formula))
