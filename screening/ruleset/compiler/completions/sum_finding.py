"""Which strict choices rules read only through sums, and the rules with these sums in their place.

A choice is an *item* of a sum where the sum adds up something that is read from the choice alone, such as its score.
Choices that are items of the same sums, and are read nowhere else, are completed together (`reachable_sums`): in the
rules that completions are tried by, each such sum of items is a number of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from screening.ruleset.compiler.classes.option_classes import OptionClasses
from screening.ruleset.compiler.completions.reachable_sums import Item, ReachableSums, TooManySumsError
from screening.ruleset.compiler.numbers.precision import Precision
from screening.ruleset.compiler.source.constants import Constants
from screening.ruleset.compiler.source.statements import Writer
from screening.ruleset.language.evaluation_mode import EvaluationMode
from screening.ruleset.language.symbol_table import Setting, SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.questions import Question, QuestionType

MAX_TOTALS = 4_096
"""Items that add up to more different totals than this are completed one by one."""


class SumFinder:
    """Finds the items of some conditions, and writes the conditions with their sums."""

    def __init__(self, names: SymbolTable, conditions: Iterable[ex.Node], classes: Sequence[OptionClasses]) -> None:
        self._names = names
        self._precision = Precision(names)
        self._classes = {option_class.question.id: option_class for option_class in classes}
        self.conditions = tuple(conditions)
        self._values = {value.id: self._flat(value.expression.tree) for value in names.values_read_by(self.conditions)}
        self._trees = [*map(self._flat, self.conditions), *self._values.values()]
        self._items: dict[str, set[ex.Sum]] = defaultdict(set)
        self._alone: set[str] = set()
        for tree in self._trees:
            self._collect(tree)
        self._places: dict[ex.Sum, dict[int, str]] = defaultdict(dict)
        """For each sum that items are read through, the names that stand for their part of it, by group."""
        self.together: list[tuple[tuple[str, ...], ReachableSums]] = []
        """The names that stand for sums of items, and the items themselves."""
        for items, sums in self._groups():
            self._add(items, sums)

    # --- finding ---

    def _flat(self, node: ex.Node) -> ex.Node:
        """The same with sums of sums as one, where these are exact."""
        flat = node.map(self._flat)
        is_sum = isinstance(flat, ex.Sum) or (isinstance(flat, ex.Arithmetic) and flat.operator == "+")
        return ex.Sum(tuple(_addends(flat))) if is_sum and not self._precision.parts(node) else flat

    def _collect(self, node: ex.Node) -> None:
        """Note where the strict choices of an expression are read: as items of sums, or otherwise."""
        if isinstance(node, ex.Name):
            self._alone.add(node.name)
        for part in node.children():
            if isinstance(node, ex.Sum) and (name := self._item(part)):
                self._items[name].add(node)
            else:
                self._collect(part)

    def _item(self, part: ex.Node) -> str:
        """The strict choice from which alone a part of a sum is read; empty where it is read from something else."""
        read = {inner.name for inner in part.walk() if isinstance(inner, ex.Name)}
        name = read.pop() if len(read) == 1 else ""
        classes = self._classes.get(name)
        if classes is None or classes.question.type is not QuestionType.CHOICE:
            return ""
        certain = not self._names.may_be_unknown(part, Setting.RULE) and not self._precision.parts(part)
        return name if certain else ""

    def _groups(self) -> Iterator[tuple[list[str], list[ex.Sum]]]:
        """Choices that are items of the same sums and nothing else, two or more, with these sums."""
        alike: dict[frozenset[ex.Sum], list[str]] = defaultdict(list)
        for name in self._classes:
            if name in self._items and name not in self._alone:
                alike[frozenset(self._items[name])].append(name)
        for sums, items in alike.items():
            if len(items) > 1:
                parts = (part for tree in self._trees for part in tree.walk() if isinstance(part, ex.Sum))
                yield items, list(dict.fromkeys(part for part in parts if part in sums))

    def _add(self, names: Sequence[str], sums: Sequence[ex.Sum]) -> None:
        """Complete some items together, unless they add up to too much."""
        items = [Item(self._classes[name], self._shares(name, sums)) for name in names]
        try:
            reachable = ReachableSums(items, len(sums), MAX_TOTALS)
        except TooManySumsError:
            return
        group = len(self.together)
        placed = tuple(f"{group}_{place}" for place in range(len(sums)))  # no question is named so
        for part, name in zip(sums, placed, strict=True):
            self._places[part][group] = name
        self.together.append((placed, reachable))

    def _shares(self, name: str, sums: Sequence[ex.Sum]) -> Mapping[str, tuple[Decimal, ...]]:
        """What each option of an item adds to each sum."""
        parts = [ex.Sum(tuple(part for part in total.operands if self._item(part) == name)) for total in sums]
        constants = Constants()
        writer = Writer(self._names, constants, EvaluationMode.SETTLED)
        numbers = "".join(f"{writer.number(part)}, " for part in parts)
        source = "\n".join([*constants.functions(), f"def shares(q_{name}): return ({numbers})"])
        namespace: dict[str, object] = dict(constants.by_name)
        exec(compile(source, f"<what {name} adds>", "exec"), namespace)  # noqa: S102 - our own text, literals by repr
        shares: Callable[[str], tuple[Decimal, ...]] = namespace["shares"]  # type: ignore[assignment]
        return {code: shares(code) for code in self._classes[name].question.complete_codes}

    # --- writing ---

    @cached_property
    def names(self) -> SymbolTable:
        """The names with what stands for sums of items, and the values that read these."""
        values = {
            name: replace(value, expression=replace(value.expression, tree=self._written(self._values[name])))
            if name in self._values
            else value
            for name, value in self._names.values.items()
        }
        sums = [name for placed, _ in self.together for name in placed]
        numbers = {name: Question(name, QuestionType.NUMBER, "", "", strict=True) for name in sums}
        return SymbolTable({**self._names.questions, **numbers}, values)

    def written(self, condition: ex.Node) -> ex.Node:
        """One of the conditions with what stands for sums of items."""
        return self._written(self._flat(condition))

    def _written(self, node: ex.Node) -> ex.Node:
        if not isinstance(node, ex.Sum) or node not in self._places:
            return node.map(self._written)
        placed = self._places[node]
        items = {item.classes.question.id for group in placed for item in self.together[group][1].items}
        others = (self._written(part) for part in node.operands if self._item(part) not in items)
        return ex.Sum((*map(ex.Name, placed.values()), *others))


def _addends(node: ex.Node) -> Iterator[ex.Node]:
    """What a sum adds up, through the sums in it."""
    if isinstance(node, ex.Sum):
        for part in node.operands:
            yield from _addends(part)
    elif isinstance(node, ex.Arithmetic) and node.operator == "+":
        yield from _addends(node.left)
        yield from _addends(node.right)
    else:
        yield node
