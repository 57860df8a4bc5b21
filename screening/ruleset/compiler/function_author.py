"""The source text of the functions that are generated for one rule set, one method each.

With decimals where answers are exact, and with intervals where an answer set holds a bound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import ClassVar

from screening.ruleset.compiler.completions.completion_loops import Loops
from screening.ruleset.compiler.completions.completion_plan import CompletionPlan, Group, OfNumber, Together
from screening.ruleset.compiler.numbers.thresholds import value_thresholds
from screening.ruleset.compiler.source.constants import Constants
from screening.ruleset.compiler.source.span_code import BoundedNames, SpanWriter
from screening.ruleset.compiler.source.statements import Writer
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing, is_number
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.dates import TODAY
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import Rule, RuleSet, Value


class Author:
    """Writes the functions of one rule set, one method each."""

    def __init__(
        self,
        rule_set: RuleSet,
        plan: CompletionPlan,
        constants: Constants,
        off: AbstractSet[str],
        *,
        supposed: bool = False,
    ) -> None:
        self.rule_set = rule_set
        self.supposed = supposed
        self.arguments = "a, o" if supposed else "a"
        self.off = off
        self.names = self.read(SymbolTable.of(rule_set))
        self.plan = plan
        self.constants = constants
        self.undetermined = rule_set.undetermined.category
        self.thresholds = value_thresholds(rule_set)

    writes: ClassVar[type[Writer]] = Writer
    may_be_undecided: ClassVar[bool] = False

    def read(self, names: SymbolTable) -> SymbolTable:
        """Names as this author reads them."""
        return names

    def writer(self, mode: EvaluationMode, *, raw: bool = False, names: SymbolTable | None = None) -> Writer:
        """What writes one function."""
        return self.writes(
            names or self.names,
            self.constants,
            mode,
            raw=raw,
            off=self.off,
            thresholds=self.thresholds,
            supposed=self.supposed,
        )

    def decide(self) -> list[str]:
        """Ground after ground, each with just what it needs: the first that holds decides."""
        writer = self.writer(EvaluationMode.SETTLED, raw=True)
        for ground in self.rule_set.grounds:
            writer.prepare(ground.when.tree)
            category = self.rule_set.category_of[ground.id]
            writer.line(f"if {writer.true(ground.when.tree)}: return {category!r}")
        writer.line(f"return {self.undetermined!r}")
        return ["def decide(a):", *writer.lines]

    def explain(self) -> list[str]:
        """Everything about settled answers in one pass, sharing its local variables."""
        writer = self.writer(EvaluationMode.SETTLED, raw=True)
        for question in self.rule_set.questions:
            writer.question(question)
            if question.strict:
                writer.line(f"if {self.is_open(writer, question)}: return None")
        self.write_holding(writer)
        categories = self.constants.table("CATEGORY", self.rule_set.category_of)
        writer.line(f"category = {categories}[holding[0]] if holding else {self.undetermined!r}")
        writer.line("underlying = None")
        writer.line("possible = (category,)")
        self.write_notes(writer)
        self.write_values(writer)
        disagree_when = self.rule_set.undetermined.disagree_when.tree
        writer.prepare(disagree_when)
        writer.line(f"disagree = not holding and {writer.true(disagree_when)}")
        values = self.value_tuple(writer)
        writer.line(f"return category, disagree, holding, notes, ({values}), ({self.asked_tuple()})")
        return ["def explain(a):", *writer.lines]

    def is_open(self, writer: Writer, question: Question) -> str:
        """A test that a strict question's answer is not complete."""
        if question.type is QuestionType.SEVERAL:
            return f"None in q_{question.id}"
        open_codes = (option.code for option in question.options if option.leaves_open)
        return f"q_{question.id} in {writer.set((*open_codes, None))}"

    def effective(self) -> list[str]:
        """The answers that count, and which questions are asked."""
        writer = self.writer(EvaluationMode.GIVEN, raw=True)
        for question in self.rule_set.questions:
            writer.question(question)
        names = [question.id for question in self.rule_set.questions]
        names += [TODAY] if self.rule_set.has_dates else []
        entries = ", ".join(f"{name!r}: q_{name}" for name in names)
        writer.line(f"return {{{entries}}}, ({self.asked_tuple()})")
        return [f"def effective({self.arguments}):", *writer.lines]

    def asked_tuple(self) -> str:
        """For every question whether it is asked."""

        def asked(question: Question) -> str:
            if question.id in self.off:
                return "False"
            return f"k_{question.id}" if question.ask_if else "True"

        return "".join(f"{asked(question)}, " for question in self.rule_set.questions)

    # --- settling ---

    def settle(self, name: str, rules: Sequence[Rule]) -> list[str]:
        """Nested loops over completions; each rule is tested in the outermost loop that knows enough."""
        names = self.read(self.plan.names)
        writer = self.writer(EvaluationMode.SETTLED, names=names)
        undecided = self.may_be_undecided
        loops = Loops(names, writer, self.plan.loops, rules, self.candidates, may_be_undecided=undecided)
        loops.write(self.undetermined)
        return [f"def {name}({self.arguments}):", *writer.lines]

    def candidates(self, group: Group, settled: Mapping[str, str]) -> str:
        """What completes the answers to a group's questions: a function or table, with the answers.

        `settled` says how answers stand that are completed already.
        """
        if isinstance(group, OfNumber):
            function = self.constants.table(f"C_{group.questions[0]}", group.cells.numbers)
            read = (f"{name!r}: {settled[name]}" for name in sorted(group.cells.reads & settled.keys()))
            supposed = ", o" if self.supposed else ""
            return (
                f"{function}({{**a, {', '.join(read)}}}{supposed})"
                if group.cells.reads
                else f"{function}({self.arguments})"
            )
        if isinstance(group, Together):
            function = self.constants.table(f"C_{group.questions[0]}", group.sums.ways)
            return f"{function}(({''.join(f'a[{name!r}], ' for name in group.questions)}))"
        name = group.questions[0]
        if group.classes.question.type is QuestionType.SEVERAL:
            function = self.constants.table(f"C_{name}", group.classes.several_candidates)
            return f"{function}(a[{name!r}])"
        table = self.constants.table(f"C_{name}", group.classes.choice_candidates())
        return f"{table}[a[{name!r}]]"

    # --- observing ---

    def observe(self) -> list[str]:
        """Grounds read three-valued, a strict choice being the set of options that may be true."""
        writer = self.writer(EvaluationMode.OPEN)
        for question in self.rule_set.questions:
            writer.question(question)
            if question.strict and question.type is QuestionType.CHOICE:
                opened: dict[str | None, frozenset[str]] = {None: frozenset(question.complete_codes)}
                for option in question.options:
                    opened[option.code] = frozenset(option.leaves_open or (option.code,))
                table = self.constants.table(f"W_{question.id}", opened)
                writer.line(f"q_{question.id} = {table}[q_{question.id}]")
        writer.line("holding, open_ = [], []")
        for ground in self.rule_set.grounds:
            tree = ground.when.tree
            writer.prepare(tree)
            writer.line(f"if {writer.true(tree)}: holding.append({ground.id!r})")
            if self.names.is_strict(tree):
                writer.line(f"elif not {writer.false(tree)}: open_.append({ground.id!r})")
        writer.line("return holding, open_")
        return ["def observe(a):", *writer.lines]

    def values(self) -> list[str]:
        """Every value."""
        writer = self.writer(EvaluationMode.GIVEN)
        self.write_values(writer)
        writer.line(f"return ({self.value_tuple(writer)})")
        return ["def values(a):", *writer.lines]

    def write_values(self, writer: Writer) -> None:
        """The local variables of all values."""
        for value in self.names.values_in_order:
            writer.value(value)

    def value_tuple(self, writer: Writer) -> str:
        """All values as an outcome holds them."""

        def source(value: Value) -> str:
            tree = value.expression.tree
            condition = not (is_number(tree, self.names) or is_nothing(tree, self.names))
            if not condition:
                return writer.outcome_value(value)
            if not self.names.may_be_unknown(tree, writer.setting):
                return f"v_{value.id}"
            return f"True if v_{value.id} else False if f_{value.id} else None"

        return "".join(f"{source(value)}, " for value in self.rule_set.values)

    def notes(self) -> list[str]:
        """The notes that are shown."""
        writer = self.writer(EvaluationMode.GIVEN)
        self.write_notes(writer)
        writer.line("return notes")
        return ["def notes(a, category, underlying, possible, holding):", *writer.lines]

    def write_notes(self, writer: Writer) -> None:
        """The list of the notes that hold."""
        writer.line("notes = []")
        for note in self.rule_set.notes:
            writer.prepare(note.when.tree)
            writer.line(f"if {writer.true(note.when.tree)}: notes.append({note.id!r})")

    def write_holding(self, writer: Writer) -> None:
        """The list of the grounds that hold."""
        writer.line("holding = []")
        for ground in self.rule_set.grounds:
            writer.prepare(ground.when.tree)
            writer.line(f"if {writer.true(ground.when.tree)}: holding.append({ground.id!r})")


class SpanAuthor(Author):
    """Writes the same functions for answer sets that hold bounds."""

    writes = SpanWriter
    may_be_undecided = True

    def read(self, names: SymbolTable) -> SymbolTable:
        """Numbers may be bounds, whichever they are."""
        return BoundedNames.like(names)
