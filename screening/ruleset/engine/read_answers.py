"""Which answers a condition's truth hangs on: at least one of them must change before it can be another.

Nothing that could change it is left out. What is named may still be too much: a condition of several parts, each of
which must change, is told by one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from screening.ruleset.language.ranges import RangeReader, Truth
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex

Wanted = frozenset[Truth]
TRUE: Wanted = frozenset({True})
FALSE: Wanted = frozenset({False})
NOT_TRUE: Wanted = frozenset({False, None})
NOT_FALSE: Wanted = frozenset({True, None})
_OPPOSITE = {TRUE: FALSE, FALSE: TRUE, NOT_TRUE: NOT_FALSE, NOT_FALSE: NOT_TRUE}


class Blame:
    """What conditions hang on in one answer set."""

    def __init__(self, names: SymbolTable, reader: RangeReader) -> None:
        self._names = names
        self._reader = reader

    def is_false(self, condition: ex.Node) -> bool:
        """Whether a condition is false as it stands."""
        return self._reader.truth(condition) is False

    def of(self, node: ex.Node, wanted: Wanted) -> frozenset[str]:
        """The questions of which one must be answered in another way before the condition can be as wanted."""
        if isinstance(node, ex.OnlyNumber):
            raise TypeError(node)
        match node:
            case ex.Not(operand=operand):
                return self.of(operand, _OPPOSITE[wanted])
            case ex.Definitely(operand=operand):
                return self.of(operand, TRUE if True in wanted else NOT_TRUE)
            case ex.Possibly(operand=operand):
                return self.of(operand, NOT_FALSE if True in wanted else FALSE)
            case ex.And(operands=operands):
                return self._operands_read(operands, wanted, all_needed=True in wanted)
            case ex.Or(operands=operands):
                return self._operands_read(operands, wanted, all_needed=True not in wanted)
            case ex.Name(name=name) if name in self._names.values:
                return self.of(self._names.values[name].expression.tree, wanted)
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                truth = self._reader.truth(test)
                branch = then if truth is True else otherwise if truth is False else None
                return self._names.depends_on(test) | (self.of(branch, wanted) if branch else frozenset())
            case (
                ex.Name()
                | ex.Unknown()
                | ex.Comparison()
                | ex.Membership()
                | ex.AnyOf()
                | ex.Known()
                | ex.MayBe()
                | ex.Holds()
            ):
                return self._names.depends_on(node)
            case _:
                assert_never(node)

    def _operands_read(self, operands: Sequence[ex.Node], wanted: Wanted, *, all_needed: bool) -> frozenset[str]:
        """Where each part must be as wanted, one that is not tells; else any of them may turn it."""
        amiss = [self.of(operand, wanted) for operand in operands if self._reader.truth(operand) not in wanted]
        if not amiss:
            return frozenset[str]().union(*map(self._names.depends_on, operands))
        return min(amiss, key=len) if all_needed else frozenset[str]().union(*amiss)


def holding_parts(node: ex.Node, names: SymbolTable) -> Iterator[ex.Node]:
    """The parts of which a condition holds if one does: the operands of its `or`s, through values too."""
    match node:
        case ex.Or(operands=operands):
            for operand in operands:
                yield from holding_parts(operand, names)
        case ex.Definitely(operand=operand):
            yield from holding_parts(operand, names)
        case ex.Name(name=name) if name in names.values:
            yield from holding_parts(names.values[name].expression.tree, names)
        case _:
            yield node
