"""The statements of one generated function: each local variable is written once, before what reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from types import MappingProxyType

from screening.ruleset.compiler.numbers.precision import bracket
from screening.ruleset.compiler.numbers.surds import Real
from screening.ruleset.compiler.source.constants import Constants
from screening.ruleset.compiler.source.expression_code import Expressions
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing, is_number, not_asked
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.dates import TODAY
from screening.ruleset.model.expression import Name, Node
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import Value


class Writer(Expressions):
    """Writes one generated function: statements in order, each value before its first use."""

    def __init__(
        self,
        names: SymbolTable,
        constants: Constants,
        mode: EvaluationMode,
        *,
        raw: bool = False,
        off: AbstractSet[str] = frozenset(),
        thresholds: Mapping[str, tuple[Real, ...]] = MappingProxyType({}),
        supposed: bool = False,
    ) -> None:
        super().__init__(names, constants, mode, thresholds)
        self.raw = raw
        """Whether `a` holds the answers as given, so that what is not asked is still to be left out."""
        self.off = off
        """Questions that are never asked, because their part is switched off."""
        self.supposed = supposed
        """Whether `o` holds values that stand for what the answers give."""
        self.lines: list[str] = []
        self.depth = 1
        self.written: set[str] = set()

    def parts_off(self, node: Node) -> int:
        """None where values are supposed: what stands for them is one of many numbers, and near enough as it is."""
        return 0 if self.supposed else super().parts_off(node)

    def line(self, text: str) -> None:
        """Add one statement at the present indentation."""
        self.lines.append("    " * self.depth + text)

    @contextmanager
    def indent(self) -> Iterator[None]:
        """Statements inside are one level deeper."""
        self.depth += 1
        yield
        self.depth -= 1

    def prepare(self, node: Node) -> None:
        """Write the local variables that an expression needs and that do not stand yet."""
        for part in node.walk():
            if isinstance(part, Name):
                if part.name in self.names.values:
                    self.value(self.names.values[part.name])
                elif part.name in self.names.questions:
                    self.question(self.names.questions[part.name])

    def prepare_questions(self, node: Node) -> None:
        """Write the local variables of the questions that an expression itself names."""
        for part in node.walk():
            if isinstance(part, Name) and part.name in self.names.questions:
                self.question(self.names.questions[part.name])

    def question(self, question: Question) -> None:
        """Write the local variable of a question: the answer given, or what counts where it is not asked."""
        if question.type is QuestionType.DATE and TODAY not in self.written:
            self.written.add(TODAY)
            self.line(f"q_{TODAY} = a[{TODAY!r}]")
        if question.id in self.written:
            return
        self.written.add(question.id)
        answer = f"a[{question.id!r}]"
        if self.raw and question.id in self.off:
            answer = self.constants.name("N", not_asked(question))
        elif self.raw and question.ask_if:
            self.prepare(question.ask_if.tree)
            self.line(f"k_{question.id} = {self.true(question.ask_if.tree)}")
            answer = f"{answer} if k_{question.id} else {self.constants.name('N', not_asked(question))}"
        self.line(f"q_{question.id} = {answer}")

    def value(self, value: Value) -> None:
        """Write the local variables of a value: `v_` where it is true (or its number), `f_` where it is false."""
        if value.id in self.written:
            return
        self.written.add(value.id)
        tree = value.expression.tree
        self.prepare(tree)
        if is_number(tree, self.names) or is_nothing(tree, self.names):
            self.local(value, "v", self.number(tree), "o[{0!r}]")
            if self.parts_off(tree) and (thresholds := self.thresholds.get(value.id)):
                self.steady(value, thresholds)
            return
        self.local(value, "v", self.true(tree), "(o[{0!r}] is True)")
        if self.names.may_be_unknown(tree, self.setting):
            self.local(value, "f", self.false(tree), "(o[{0!r}] is False)")

    def steady(self, value: Value, thresholds: tuple[Real, ...]) -> None:
        """Write what sets a value right that is so near to a threshold that it may be off to its other side."""
        variable, parts = f"v_{value.id}", self.parts_off(value.expression.tree)
        near = " or ".join(
            f"{self.constants.name('D', low)} <= {variable} <= {self.constants.name('D', high)}"
            for low, high in (bracket(threshold, parts) for threshold in thresholds)
        )
        self.line(f"if {variable} is not None and ({near}):")
        with self.indent():
            table = self.constants.table(f"T_{value.id}", thresholds)
            self.line(f"{variable} = steady({self.exactly(value.expression.tree)}, {table})")

    def outcome_value(self, value: Value) -> str:
        """A value as an outcome holds it: a short decimal is told as it is, though it was worked out from cut ones."""
        variable, parts = f"v_{value.id}", self.parts_off(value.expression.tree)
        if not parts:
            return variable
        test = f"{variable} is not None and may_be_short({variable}, {parts})"
        return f"short_decimal({self.exactly(value.expression.tree)}, {variable}) if {test} else {variable}"

    def local(self, value: Value, letter: str, source: str, supposed: str) -> None:
        """Write one local variable of a value, or what is supposed of it."""
        if self.supposed:
            source = f"{supposed.format(value.id)} if {value.id!r} in o else ({source})"
        self.line(f"{letter}_{value.id} = {source}")
