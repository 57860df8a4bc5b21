"""Whether some number that a question accepts makes a formula true, for the solver: a Boolean with what is known of it.

Where it is true, a number of its own makes the formula true. Where it is false, none of some numbers does. So what is
proved of it is true; what else a model says of it, the engine must confirm.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from screening.ruleset.compiler.classes.number_cells import fixed_numbers, is_gone_through
from screening.ruleset.formulas.algebra import Formula, walk
from screening.ruleset.formulas.atoms import Compared
from screening.ruleset.formulas.settled_numbers import settled_limit
from screening.ruleset.model.questions import Question, Unit

BETWEEN = 8
"""How many numbers are tried between the ends of a unit's range."""


def tried_numbers(question: Question, formula: Formula) -> tuple[Decimal, ...]:
    """Numbers that a question accepts, of which it is tried whether they make a formula true."""
    limits = (settled_limit(node.atom, question.id) for node in walk(formula) if isinstance(node.atom, Compared))
    known = fixed_numbers(question, {limit for limit in limits if limit is not None})
    spread = (number for unit in question.units for number in _spread(unit))
    return tuple(sorted({*(number for number in known if is_gone_through(question, number)), *spread}))


def _spread(unit: Unit) -> Iterator[Decimal]:
    places = int((unit.maximum - unit.minimum).scaleb(unit.decimals))
    count = min(places, BETWEEN)
    for number in range(count + 1):
        typed = unit.minimum + Decimal(places * number // count).scaleb(-unit.decimals)
        yield typed * unit.factor
