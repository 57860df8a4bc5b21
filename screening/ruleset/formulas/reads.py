"""Which facts of an answer set formulas read, so that what reads nothing that differs need not be written twice.

A fact is named by its question and what of the answer it is: as the variables of a solver are.
"""

from __future__ import annotations

from screening.ruleset.formulas.algebra import Formula, walk
from screening.ruleset.formulas.atoms import (
    Atom,
    Compared,
    Endless,
    Free,
    FromZero,
    Is,
    NumberGiven,
    PartOn,
    Reached,
    Settled,
    SomeNumber,
    Ticked,
    Unsure,
)
from screening.ruleset.formulas.terms import End, Shape, Term, parts

Facts = frozenset[str]


class Reads:
    """Remembers of each formula which facts it reads."""

    def __init__(self) -> None:
        self._of: dict[Formula, Facts] = {}
        self._terms: dict[Term, Facts] = {}

    def of(self, formula: Formula) -> Facts:
        """The names of the facts that a formula reads."""
        if formula not in self._of:
            for node in walk(formula):
                if node not in self._of:
                    own = self._of_atom(node.atom) if node.atom is not None else Facts()
                    self._of[node] = own.union(*(self._of[part] for part in node.operands))
        return self._of[formula]

    def _of_atom(self, atom: Atom) -> Facts:  # noqa: C901 - one case an atom
        match atom:
            case Is(question=question, option=option) | Ticked(question=question, option=option):
                return Facts({f"{question} {option}"})
            case Unsure(question=question):
                return Facts({f"{question} unsure"})
            case NumberGiven(question=question):
                return Facts({f"{question} known"})
            case Endless(question=question, end=end):
                return Facts({f"{question} endless {end.value}"})
            case FromZero(question=question):
                return Facts({f"{question} from zero"})
            case Reached(question=question):
                return Facts({f"{question} reached"})
            case Compared(left=left, right=right):
                return self._of_term(left) | self._of_term(right)
            case SomeNumber(formula=formula, looked_for=looked_for):
                return self.of(formula) | self.of(looked_for)
            case Free(what=what):
                return Facts({f"free {what}"})
            case PartOn() | Settled():
                return Facts()

    def _of_term(self, term: Term) -> Facts:
        for part in parts(term):
            if part not in self._terms:
                self._terms[part] = Facts(_own(part)).union(*(self._terms[operand] for operand in part.operands))
        return self._terms[term]


def _own(term: Term) -> list[str]:
    if term.shape is Shape.FREE:
        return ["free value"]
    if term.shape is not Shape.ANSWER or term.end is End.SETTLED:
        return []
    if " " in term.question:  # the time since a date, which has no ends: see `time_name`
        return [term.question]
    return [f"{term.question} value", f"{term.question} from zero"]
