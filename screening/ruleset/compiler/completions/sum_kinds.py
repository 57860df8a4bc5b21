"""What rules can tell of the sums of items that are completed together.

Where a sum is read by comparisons that read nothing else, such as `total >= 10`, it matters only which of them hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from screening.ruleset.compiler.completions.reachable_sums import Kind, Numbers
from screening.ruleset.compiler.source.constants import Constants
from screening.ruleset.compiler.source.statements import Writer
from screening.ruleset.language.evaluation_mode import EvaluationMode
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex


def kind_of_sums(sums: Sequence[str], conditions: Iterable[ex.Node], names: SymbolTable) -> Callable[[Numbers], Kind]:
    """What some conditions tell of sums, by the names by which they read them."""
    reading = _Reading(frozenset(sums), names)
    for condition in conditions:
        reading.read(condition)
    constants = Constants()
    writer = Writer(names, constants, EvaluationMode.SETTLED)
    writer.written.update(sums)
    told = [f"q_{name}" for name in sums if name in reading.numbers]
    for test in reading.tests:
        writer.prepare(test)
        told.append(f"bool({writer.true(test)})")
    writer.line(f"return ({''.join(f'{source}, ' for source in told)})")
    bound = "".join(f"q_{name}, " for name in sums)
    source = "\n".join([*constants.functions(), "def kind(numbers):", f"    ({bound}) = numbers", *writer.lines])
    namespace: dict[str, object] = dict(constants.by_name)
    exec(compile(source, "<kinds of sums>", "exec"), namespace)  # noqa: S102 - our own text, literals by repr
    return namespace["kind"]  # type: ignore[return-value]


class _Reading:
    """How conditions read sums: by comparisons that read nothing else, or otherwise, as numbers."""

    def __init__(self, sums: frozenset[str], names: SymbolTable) -> None:
        self._sums = sums
        self._names = names
        self._values: set[str] = set()
        self.tests: dict[ex.Node, None] = {}
        self.numbers: set[str] = set()

    def read(self, node: ex.Node) -> None:
        """Note how a part of a condition, and the values in it, read the sums."""
        if isinstance(node, ex.Comparison) and self._names.questions_in(node) <= self._sums:
            self.tests[node] = None
            return
        if isinstance(node, ex.Name) and node.name in self._sums:
            self.numbers.add(node.name)
        elif isinstance(node, ex.Name) and node.name in self._names.values and node.name not in self._values:
            self._values.add(node.name)
            self.read(self._names.values[node.name].expression.tree)
        for part in node.children():
            self.read(part)
