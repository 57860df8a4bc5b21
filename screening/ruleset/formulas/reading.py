"""The one reading of expressions as formulas: where a condition is true, and where it is false, in each mode.

As in `ruleset.compiling`, Kleene's three values are a pair of formulas, and where neither holds the condition is
unknown. What counts as an answer where nothing is asked is written into them, so that their atoms speak of answers as
given. Strict answers stand as `mode` says: settled ones are atoms of a completion.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import assert_never

from screening.ruleset.formulas import numbers
from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, atom, negation
from screening.ruleset.formulas.atoms import Free
from screening.ruleset.formulas.number_reading import NumberReading
from screening.ruleset.formulas.truths import Truth, certain_truth
from screening.ruleset.language.comparison_bounds import certain
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing, is_number
from screening.ruleset.language.symbol_table import OUTCOME_NAMES
from screening.ruleset.model import expression as ex
from screening.ruleset.model.questions import Question, QuestionType


class Reading(NumberReading):
    """Reads the expressions of one rule set; each value is read once in each mode."""

    @cached_property
    def _truths(self) -> dict[tuple[str, EvaluationMode], Truth]:
        return {}

    # --- conditions ---

    def asks(self, condition: ex.Node) -> Formula:
        """Where the condition of an `ask_if` holds."""
        return self.truth(condition, EvaluationMode.GIVEN).true

    def truth(self, node: ex.Node, mode: EvaluationMode) -> Truth:  # noqa: C901 - one case a node
        """Where a condition is true and where it is false."""
        match node:
            case ex.Not(operand=operand):
                true, false = self.truth(operand, mode)
                return Truth(false, true)
            case ex.And(operands=operands):
                truths = [self.truth(operand, mode) for operand in operands]
                return Truth(all_of(*(truth.true for truth in truths)), any_of(*(truth.false for truth in truths)))
            case ex.Or(operands=operands):
                truths = [self.truth(operand, mode) for operand in operands]
                return Truth(any_of(*(truth.true for truth in truths)), all_of(*(truth.false for truth in truths)))
            case ex.Definitely(operand=operand):
                return certain_truth(self.truth(operand, mode).true)
            case ex.Possibly(operand=operand):
                return certain_truth(negation(self.truth(operand, mode).false))
            case ex.Conditional():
                return self._branch(node, mode)
            case ex.Comparison(operator=operator):
                opposite = replace(node, operator=ex.OPPOSITE[operator])
                return Truth(self._stands(node, mode), self._stands(opposite, mode))
            case ex.Membership(subject=subject, options=options):
                return self._membership(subject.name, frozenset(options), mode)
            case ex.AnyOf(subject=subject, options=options):
                return self._any_of(self.names.questions[subject.name], options, mode)
            case ex.Known(subject=subject):
                return certain_truth(self._known(subject.name, mode))
            case ex.MayBe(category=category):
                return certain_truth(self.may_be(category, mode))
            case ex.Holds(ground=ground):
                return certain_truth(self.ground_holds(ground, mode))
            case ex.Name(name=name):
                return self._value(name, mode)
            case ex.Unknown():
                return Truth(FALSE, FALSE)
            case ex.Number() | ex.Arithmetic() | ex.SquareRoot() | ex.Score() | ex.Since() | ex.Sum():
                raise AssertionError(node)  # a number: checked when the rule file was loaded
            case ex.Extreme() | ex.Round() | ex.Power():
                raise AssertionError(node)  # a number: checked when the rule file was loaded
            case _:
                assert_never(node)

    def _value(self, name: str, mode: EvaluationMode) -> Truth:
        if name == self.free_value:
            true = atom(Free("true"))
            false = atom(Free("false")) if self.may_be_unknown(name) else TRUE
            return Truth(true, all_of(false, negation(true)))
        key = (name, mode)
        if key not in self._truths:
            self._truths[key] = self.truth(self.names.values[name].expression.tree, mode)
        return self._truths[key]

    def _branch(self, node: ex.Conditional, mode: EvaluationMode) -> Truth:
        test = self.truth(node.test, mode)
        then, otherwise = self.truth(node.then, mode), self.truth(node.otherwise, mode)
        return Truth(
            any_of(all_of(test.true, then.true), all_of(test.false, otherwise.true)),
            any_of(all_of(test.true, then.false), all_of(test.false, otherwise.false)),
        )

    def _stands(self, node: ex.Comparison, mode: EvaluationMode) -> Formula:
        """Where two numbers certainly stand in a relation: both are known, or their bounds are."""
        if mode is EvaluationMode.OPEN and (surely := certain(node, self.names)) != node:
            return self.truth(surely, mode).true
        ways = []
        for spanned, where in self.ways_to_read(node, mode):
            left, right = (self.number(side, mode, spanned=spanned) for side in (node.left, node.right))
            ways.append(all_of(where, numbers.certainly(left, node.operator, right)))
        return any_of(*ways)

    def _membership(self, name: str, options: frozenset[str], mode: EvaluationMode) -> Truth:
        if name in OUTCOME_NAMES:
            return certain_truth(any_of(*(self.told(name, option, mode) for option in sorted(options))))
        question = self.names.questions[name]
        if question.strict and mode is EvaluationMode.SETTLED:
            return certain_truth(self.is_settled(name, options))
        if question.strict and mode is EvaluationMode.OPEN:
            inside = (meant <= options for meant, _ in self.meanings(question))
            outside = (meant.isdisjoint(options) for meant, _ in self.meanings(question))
            return Truth(self._where(question, inside), self._where(question, outside))
        others = question.option.keys() - options
        return Truth(self.chosen(name, options), self.chosen(name, others))

    def _where(self, question: Question, which: Iterable[bool]) -> Formula:
        """Where one of the marked meanings is that of the answer to a choice."""
        marked = zip(self.meanings(question), which, strict=True)
        return any_of(*(where for (_, where), counts in marked if counts))

    def _any_of(self, question: Question, options: Iterable[str], mode: EvaluationMode) -> Truth:
        listed = frozenset(options) - question.exclusive_codes
        if question.strict and mode is EvaluationMode.SETTLED:
            return certain_truth(self.is_settled(question.id, listed))
        ticked = self.ticked(question.id, listed)
        return Truth(ticked, all_of(negation(ticked), negation(self.unsure(question.id))))

    def _known(self, name: str, mode: EvaluationMode) -> Formula:
        if name in OUTCOME_NAMES:
            return self.is_told(name)
        if name in self.names.values:
            tree = self.names.values[name].expression.tree
            if is_number(tree, self.names) or is_nothing(tree, self.names):
                ways = self.ways_to_read(ex.Name(name), mode)
                known = (
                    all_of(where, numbers.known(self.named_number(name, mode, spanned=way))) for way, where in ways
                )
                return any_of(*known)
            return any_of(*self._value(name, mode))
        question = self.names.questions[name]
        if question.strict and mode is EvaluationMode.SETTLED:
            return TRUE
        if question.strict and mode is EvaluationMode.OPEN and question.type is QuestionType.CHOICE:
            return self._where(question, (len(meant) == 1 for meant, _ in self.meanings(question)))
        return self.something_known(question)

    # --- the outcome, of which notes and guarantees may speak: see `rules` ---

    def may_be(self, category: str, mode: EvaluationMode) -> Formula:
        """Where a category is possible."""
        raise NotImplementedError

    def ground_holds(self, ground: str, mode: EvaluationMode) -> Formula:
        """Where a ground holds: for certain, or in a completion."""
        raise NotImplementedError

    def told(self, name: str, category: str, mode: EvaluationMode) -> Formula:
        """Where a category is the outcome's, or the one underlying it."""
        raise NotImplementedError

    def is_told(self, name: str) -> Formula:
        """Where there is such a category at all."""
        raise NotImplementedError
