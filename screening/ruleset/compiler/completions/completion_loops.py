"""The loops over completions of strict answers, as Python: each statement stands as far out as it can."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from screening.ruleset.compiler.completions.completion_plan import Group, Together
from screening.ruleset.compiler.source.statements import Writer
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.expression import Node
from screening.ruleset.model.rule_set import Ground, Rule


class Loops:
    """The body of a `settle` function: one loop a group, each statement as far out as it can stand."""

    def __init__(
        self,
        names: SymbolTable,
        writer: Writer,
        order: Sequence[Group],
        rules: Sequence[Rule],
        candidates: Callable[[Group, Mapping[str, str]], str],
        *,
        may_be_undecided: bool = False,
    ) -> None:
        """`candidates` writes what a group's loop runs over, given how the answers to questions stand there.

        `may_be_undecided`: a completion may leave a ground neither true nor false; then it may hold.
        """
        self.may_be_undecided = may_be_undecided
        self.names = names
        self.writer = writer
        self.candidates = candidates
        self.order = order
        self.opened_by = {name: number for number, group in enumerate(order, start=1) for name in group.names}
        self.rules = rules
        self.tested: set[str] = set()
        trees = [ground.when.tree for rule in rules for ground in rule.grounds]
        self.values = names.values_read_by(trees)

    def _level(self, node: Node) -> int:
        """How many loops must be open before an expression can be read."""
        read = self.names.questions_in(node)
        return max((self.opened_by[name] for name in read if name in self.opened_by), default=0)

    def write(self, undetermined: str) -> None:
        """Write the loops; what no rule claims is the undetermined category's."""
        writer = self.writer
        writer.written.update(self.opened_by)
        for value in self.values:
            if self._level(value.expression.tree) > 0:
                writer.prepare_questions(value.expression.tree)
        for rule in self.rules:
            for ground in rule.grounds:
                writer.prepare_questions(ground.when.tree)
        writer.line("found = {}")
        self._write_level(0)
        for number, group in enumerate(self.order, start=1):
            if isinstance(group, Together):  # worked out once, however many loops are around it
                writer.line(f"c_{number} = {self.candidates(group, {})}")
        for number, group in enumerate(self.order, start=1):
            candidates = f"c_{number}" if isinstance(group, Together) else self.candidates(group, self._settled(number))
            writer.line(f"for {_variables(group, number)} in {candidates}:")
            writer.depth += 1
            self._write_level(number)
        writer.line(self._record(undetermined, len(self.order)))
        writer.depth = 1
        writer.line("return found")

    def _settled(self, number: int) -> dict[str, str]:
        """How each answer stands that the loops around one complete."""
        settled: dict[str, str] = {}
        for outer, group in enumerate(self.order[: number - 1], start=1):
            for place, name in enumerate(group.questions):
                settled[name] = f"w_{outer}[{place}]" if isinstance(group, Together) else f"q_{name}"
        return settled

    def _write_level(self, level: int) -> None:
        """Values and grounds that can be read with this many loops open, but not with fewer."""
        writer = self.writer
        for value in self.values:
            if self._level(value.expression.tree) == level:
                writer.value(value)
        for rule in self.rules:
            ready = [
                ground
                for ground in rule.grounds
                if ground.id not in self.tested and self._level(ground.when.tree) <= level
            ]
            if ready:
                self._test(rule.category, ready, level)
            if any(ground.id not in self.tested for ground in rule.grounds):
                break  # a later rule may not decide before this one is known not to hold

    def _test(self, category: str, grounds: Sequence[Ground], level: int) -> None:
        writer = self.writer
        self.tested.update(ground.id for ground in grounds)
        condition = " or ".join(writer.true(ground.when.tree) for ground in grounds)
        writer.line(f"if {condition}:")
        with writer.indent():
            writer.line(self._record(category, level))
            writer.line("continue" if level else "return found")
        if self.may_be_undecided:
            ruled_out = " and ".join(writer.false(ground.when.tree) for ground in grounds)
            writer.line(f"if not ({ruled_out}):")
            with writer.indent():
                writer.line(self._record(category, level))

    def _record(self, category: str, level: int) -> str:
        completion = [
            _completion(group, number) if number <= level else "None, " * len(group.questions)
            for number, group in enumerate(self.order, start=1)
        ]
        return f"if {category!r} not in found: found[{category!r}] = ({''.join(completion)})"


def _variables(group: Group, number: int) -> str:
    """What a loop binds: an answer, or sums of items and the options by which they are reached."""
    if not isinstance(group, Together):
        return f"q_{group.names[0]}"
    return f"({''.join(f'q_{name}, ' for name in group.names)}), w_{number}"


def _completion(group: Group, number: int) -> str:
    """A group's part of a completion."""
    return f"*w_{number}, " if isinstance(group, Together) else f"q_{group.names[0]}, "
