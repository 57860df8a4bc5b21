"""Small mistakes in one expression: each operator makes trees that an author could have written instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import assert_never

from screening.analysis.solver.numbers import step
from screening.ruleset.language.symbol_table import OUTCOME_NAMES, SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import Elapsed
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import RuleSet

_NEIGHBOURS: Mapping[str, tuple[str, ...]] = {
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    ">": (">=", "<"),
    ">=": (">", "<="),
    "==": ("!=",),
    "!=": ("==",),
}
_OTHER_ARITHMETIC: Mapping[str, str] = {"+": "-", "-": "+", "*": "/", "/": "*"}


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a tree made another by an operator, and the whole tree with it."""

    operator: str
    before: ex.Node
    after: ex.Node
    tree: ex.Node


class TreeMutator:
    """Makes changes in the expressions of one rule set."""

    def __init__(self, rule_set: RuleSet) -> None:
        self.rule_set = rule_set
        self.names = SymbolTable.of(rule_set)

    def changes(self, node: ex.Node, *, settled: bool) -> Iterator[Change]:
        """Every change of a tree; `settled`: it is read by rules, which see no option that leaves others open."""
        for operator, after in self._here(node, settled=settled):
            yield Change(operator, node, after, after)
        children = tuple(node.children())
        for index, child in enumerate(children):
            for change in self.changes(child, settled=settled):
                others = iter((*children[:index], change.tree, *children[index + 1 :]))
                yield replace(change, tree=node.map(partial(_next_of, others)))

    def _here(self, node: ex.Node, *, settled: bool) -> Iterator[tuple[str, ex.Node]]:  # noqa: C901 - one case a node
        """What may stand in place of this very part."""
        match node:
            case ex.Comparison(operator=operator):
                yield from (("comparison", replace(node, operator=other)) for other in _NEIGHBOURS[operator])
                yield from (("threshold", moved) for moved in self._moved(node))
            case ex.And(operands=operands):
                yield "connective", ex.Or(operands)
                yield from (("part_dropped", shorter) for shorter in _less(ex.And, operands))
            case ex.Or(operands=operands):
                yield "connective", ex.And(operands)
                yield from (("part_dropped", shorter) for shorter in _less(ex.Or, operands))
            case ex.Not(operand=operand):
                yield "not_dropped", operand
            case ex.Definitely(operand=operand):
                yield "settling", ex.Possibly(operand)
            case ex.Possibly(operand=operand):
                yield "settling", ex.Definitely(operand)
            case ex.Membership() | ex.AnyOf():
                yield from self._other_options(node, settled=settled)
            case ex.Conditional(then=then, otherwise=otherwise):
                yield "branches", replace(node, then=otherwise, otherwise=then)
            case ex.Arithmetic(operator=operator):
                yield "arithmetic", replace(node, operator=_OTHER_ARITHMETIC[operator])
            case ex.Extreme(which=which):
                yield "arithmetic", replace(node, which="max" if which == "min" else "min")
            case ex.Round(operand=operand):
                yield "rounding_dropped", operand
            case ex.Since(unit=unit):
                yield from (("time_unit", replace(node, unit=other)) for other in Elapsed if other is not unit)
            case ex.Power(constant=exponent):
                if exponent:
                    yield "arithmetic", replace(node, exponent=ex.Number(-exponent))
            case (
                ex.Name()
                | ex.Number()
                | ex.Unknown()
                | ex.Known()
                | ex.MayBe()
                | ex.Holds()
                | ex.SquareRoot()
                | ex.Score()
                | ex.Sum()
            ):
                return
            case _:
                assert_never(node)

    # --- numbers ---

    def _moved(self, node: ex.Comparison) -> Iterator[ex.Node]:
        """The comparison with its constant moved by the smallest step of what it is compared with."""
        for side, other in (("left", node.right), ("right", node.left)):
            constant = getattr(node, side)
            if isinstance(constant, ex.Number):
                size = self._step(other)
                for moved in (constant.value - size, constant.value + size):
                    yield replace(node, **{side: ex.Number(moved)})  # type: ignore[arg-type]

    def _step(self, node: ex.Node) -> Decimal:
        """The least by which a number can change: of a question as it is typed, of arithmetic as it is shown."""
        inlined = self.names.inline(node)
        if any(isinstance(part, ex.WorkedOut) for part in inlined.walk()):
            value = self.rule_set.value.get(node.name) if isinstance(node, ex.Name) else None
            return Decimal(1).scaleb(-(value.decimals if value else 2))
        numbers = [self.rule_set.question[name] for name in self.names.questions_in(inlined)]
        steps = [step(unit) for number in numbers if number.type is QuestionType.NUMBER for unit in number.units]
        return min(steps, default=Decimal(1))

    # --- options ---

    def _other_options(self, node: ex.Membership | ex.AnyOf, *, settled: bool) -> Iterator[tuple[str, ex.Node]]:
        """One option fewer, or one more that stands beside those meant."""
        if len(node.options) > 1:
            for code in node.options:
                kept = tuple(option for option in node.options if option != code)
                yield "option_dropped", replace(node, options=kept)
        known = self._options(node.subject.name, settled=settled)
        for index, code in enumerate(known):
            beside = known[max(index - 1, 0) : index + 2]
            if code not in node.options and any(near in node.options for near in beside):
                yield "option_added", replace(node, options=(*node.options, code))

    def _options(self, name: str, *, settled: bool) -> list[str]:
        """The options that a condition can meet: what means "not sure" is read as that, and meets none."""
        if name in OUTCOME_NAMES:
            return list(self.rule_set.category)
        question = self.rule_set.question[name]
        hidden = question.strict and settled
        met = [option for option in question.options if not option.exclusive and not option.means_unsure]
        return [option.code for option in met if not (hidden and option.leaves_open)]


def _next_of(parts: Iterator[ex.Node], _: ex.Node) -> ex.Node:
    return next(parts)


def _less(kind: type[ex.And | ex.Or], operands: tuple[ex.Node, ...]) -> Iterator[ex.Node]:
    """The same with one part fewer."""
    for index in range(len(operands)):
        rest = (*operands[:index], *operands[index + 1 :])
        yield rest[0] if len(rest) == 1 else kind(rest)
