"""The one reading of expressions as formulas: where a condition is true, and where it is false, in each standing.

As in `ruleset.compiling`, Kleene's three values are a pair of formulas, and where neither holds the condition is
unknown. What counts as an answer where nothing is asked is written into them, so that their atoms speak of answers as
given. Strict answers stand as `standing` says: settled ones are atoms of a completion.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple, assert_never

from screening.ruleset.compiler.comparison_bounds import certain
from screening.ruleset.formulas import numbers
from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, atom, negation
from screening.ruleset.formulas.atoms import Free, NumberGiven, Settled
from screening.ruleset.formulas.counting import Counting
from screening.ruleset.formulas.numbers import Cases, Span
from screening.ruleset.formulas.terms import End, answer, constant, free
from screening.ruleset.language.evaluation_mode import OPEN_SCORES, EvaluationMode, is_nothing, is_number
from screening.ruleset.language.symbol_table import OUTCOME_NAMES, Setting, SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import time_name
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet


class Truth(NamedTuple):
    """Where a condition is true, and where it is false; where neither holds it is unknown."""

    true: Formula
    false: Formula


def certain_truth(formula: Formula) -> Truth:
    """A condition that is never unknown."""
    return Truth(formula, negation(formula))


class Reading(Counting):
    """Reads the expressions of one rule set; each value is read once in each standing."""

    def __init__(self, rule_set: RuleSet, free_value: str = "") -> None:
        """`free_value` names a value that may be anything, to see what it decides."""
        super().__init__(rule_set)
        self.names = SymbolTable.of(rule_set)
        self.free_value = free_value
        self._truths: dict[tuple[str, EvaluationMode], Truth] = {}
        self._numbers: dict[tuple[str, EvaluationMode], Cases] = {}

    # --- conditions ---

    def asks(self, condition: ex.Node) -> Formula:
        """Where the condition of an `ask_if` holds."""
        return self.truth(condition, EvaluationMode.GIVEN).true

    def truth(self, node: ex.Node, standing: EvaluationMode) -> Truth:  # noqa: C901 - one case a node
        """Where a condition is true and where it is false."""
        match node:
            case ex.Not(operand=operand):
                true, false = self.truth(operand, standing)
                return Truth(false, true)
            case ex.And(operands=operands):
                truths = [self.truth(operand, standing) for operand in operands]
                return Truth(all_of(*(truth.true for truth in truths)), any_of(*(truth.false for truth in truths)))
            case ex.Or(operands=operands):
                truths = [self.truth(operand, standing) for operand in operands]
                return Truth(any_of(*(truth.true for truth in truths)), all_of(*(truth.false for truth in truths)))
            case ex.Definitely(operand=operand):
                return certain_truth(self.truth(operand, standing).true)
            case ex.Possibly(operand=operand):
                return certain_truth(negation(self.truth(operand, standing).false))
            case ex.Conditional():
                return self._branch(node, standing)
            case ex.Comparison(operator=operator):
                opposite = replace(node, operator=ex.OPPOSITE[operator])
                return Truth(self._stands(node, standing), self._stands(opposite, standing))
            case ex.Membership(subject=subject, options=options):
                return self._membership(subject.name, frozenset(options), standing)
            case ex.AnyOf(subject=subject, options=options):
                return self._any_of(self.names.questions[subject.name], options, standing)
            case ex.Known(subject=subject):
                return certain_truth(self._known(subject.name, standing))
            case ex.MayBe(category=category):
                return certain_truth(self.may_be(category, standing))
            case ex.Holds(ground=ground):
                return certain_truth(self.ground_holds(ground, standing))
            case ex.Name(name=name):
                return self._value(name, standing)
            case ex.Unknown():
                return Truth(FALSE, FALSE)
            case ex.Number() | ex.Arithmetic() | ex.SquareRoot() | ex.Score() | ex.Since() | ex.Sum():
                raise AssertionError(node)  # a number: checked when the rule file was loaded
            case ex.Extreme() | ex.Round() | ex.Power():
                raise AssertionError(node)  # a number: checked when the rule file was loaded
            case _:
                assert_never(node)

    def _value(self, name: str, standing: EvaluationMode) -> Truth:
        if name == self.free_value:
            true = atom(Free("true"))
            false = atom(Free("false")) if self._may_be_unknown(name) else TRUE
            return Truth(true, all_of(false, negation(true)))
        key = (name, standing)
        if key not in self._truths:
            self._truths[key] = self.truth(self.names.values[name].expression.tree, standing)
        return self._truths[key]

    def _may_be_unknown(self, value: str) -> bool:
        """Whether a value that may be anything may be unknown too: a rule reads one that may not be as it is."""
        return self.names.may_be_unknown(self.names.values[value].expression.tree, Setting.RULE)

    def _branch(self, node: ex.Conditional, standing: EvaluationMode) -> Truth:
        test = self.truth(node.test, standing)
        then, otherwise = self.truth(node.then, standing), self.truth(node.otherwise, standing)
        return Truth(
            any_of(all_of(test.true, then.true), all_of(test.false, otherwise.true)),
            any_of(all_of(test.true, then.false), all_of(test.false, otherwise.false)),
        )

    def _stands(self, node: ex.Comparison, standing: EvaluationMode) -> Formula:
        """Where two numbers certainly stand in a relation: both are known, or their bounds are."""
        if standing is EvaluationMode.OPEN and (surely := certain(node, self.names)) != node:
            return self.truth(surely, standing).true
        left, right = self.number(node.left, standing), self.number(node.right, standing)
        return numbers.certainly(left, node.operator, right)

    def _membership(self, name: str, options: frozenset[str], standing: EvaluationMode) -> Truth:
        if name in OUTCOME_NAMES:
            return certain_truth(any_of(*(self.told(name, option, standing) for option in sorted(options))))
        question = self.names.questions[name]
        if question.strict and standing is EvaluationMode.SETTLED:
            return certain_truth(self._settled(name, options))
        if question.strict and standing is EvaluationMode.OPEN:
            inside = (meant <= options for meant, _ in self.meanings(question))
            outside = (meant.isdisjoint(options) for meant, _ in self.meanings(question))
            return Truth(self._where(question, inside), self._where(question, outside))
        others = question.option.keys() - options
        return Truth(self.chosen(name, options), self.chosen(name, others))

    def _where(self, question: Question, which: Iterable[bool]) -> Formula:
        """Where one of the marked meanings is that of the answer to a choice."""
        marked = zip(self.meanings(question), which, strict=True)
        return any_of(*(where for (_, where), counts in marked if counts))

    def _settled(self, name: str, options: Iterable[str]) -> Formula:
        return any_of(*(atom(Settled(name, option)) for option in sorted(options)))

    def _any_of(self, question: Question, options: Iterable[str], standing: EvaluationMode) -> Truth:
        listed = frozenset(options) - question.exclusive_codes
        if question.strict and standing is EvaluationMode.SETTLED:
            return certain_truth(self._settled(question.id, listed))
        ticked = self.ticked(question.id, listed)
        return Truth(ticked, all_of(negation(ticked), negation(self.unsure(question.id))))

    def _known(self, name: str, standing: EvaluationMode) -> Formula:
        if name in OUTCOME_NAMES:
            return self.is_told(name)
        if name in self.names.values:
            tree = self.names.values[name].expression.tree
            if is_number(tree, self.names) or is_nothing(tree, self.names):
                return numbers.known(self.number(ex.Name(name), standing))
            return any_of(*self._value(name, standing))
        question = self.names.questions[name]
        if question.strict and standing is EvaluationMode.SETTLED:
            return TRUE
        if question.strict and standing is EvaluationMode.OPEN and question.type is QuestionType.CHOICE:
            return self._where(question, (len(meant) == 1 for meant, _ in self.meanings(question)))
        return self.something_known(question)

    # --- numbers ---

    def number(self, node: ex.Node, standing: EvaluationMode) -> Cases:  # noqa: C901 - one case a node
        """A number by its cases."""
        match node:
            case ex.Number(value=value):
                return numbers.exactly(constant(Fraction(value)))
            case ex.Unknown():
                return numbers.NOWHERE
            case ex.Name(name=name):
                return self._named_number(name, standing)
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                true, false = self.truth(test, standing)
                return numbers.chosen(true, false, self.number(then, standing), self.number(otherwise, standing))
            case ex.Score(subject=subject):
                return self._score(self.names.questions[subject.name], node.bound, standing)
            case ex.Since(subject=subject, unit=unit):
                return self._answered(subject.name, time_name(subject.name, unit), standing)
            case ex.Arithmetic(left=left, operator=operator, right=right):
                return numbers.calculated(self.number(left, standing), operator, self.number(right, standing))
            case ex.Sum(operands=operands):
                return numbers.total([self.number(operand, standing) for operand in operands])
            case ex.SquareRoot(operand=operand):
                return numbers.rooted(self.number(operand, standing))
            case ex.Extreme(which=which, operands=operands):
                return numbers.extreme(which, [self.number(operand, standing) for operand in operands])
            case ex.Round(operand=operand, digits=digits):
                return numbers.rounded(self.number(operand, standing), digits)
            case ex.Power():
                return self._power(node, standing)
            case (
                ex.Not()
                | ex.And()
                | ex.Or()
                | ex.Comparison()
                | ex.Membership()
                | ex.AnyOf()
                | ex.Definitely()
                | ex.Possibly()
                | ex.Known()
                | ex.MayBe()
                | ex.Holds()
            ):
                raise AssertionError(node)  # a condition: the same
            case _:
                assert_never(node)

    def _power(self, node: ex.Power, standing: EvaluationMode) -> Cases:
        if node.constant is not None:
            return numbers.powered(self.number(node.base, standing), Fraction(node.constant))
        assert isinstance(node.base, ex.Number)  # noqa: S101 - so it is read by the parser
        return numbers.exponential_of(Fraction(node.base.value), self.number(node.exponent, standing))

    def _named_number(self, name: str, standing: EvaluationMode) -> Cases:
        if name in self.names.questions:
            return self._answered(name, name, standing)
        if name == self.free_value:
            return numbers.exactly(free(), atom(Free("known")) if self._may_be_unknown(name) else TRUE)
        key = (name, standing)
        if key not in self._numbers:
            self._numbers[key] = self.number(self.names.values[name].expression.tree, standing)
        return self._numbers[key]

    def _answered(self, name: str, number: str, standing: EvaluationMode) -> Cases:
        """The number of an answer, or one of those that a date gives."""
        if standing is EvaluationMode.SETTLED and self.names.questions[name].strict:
            return numbers.exactly(answer(number, End.SETTLED))
        given = all_of(self.asked(name), atom(NumberGiven(name)))
        return numbers.cases([(Span(answer(number), answer(number)), given)])

    def _score(self, question: Question, bound: str, standing: EvaluationMode) -> Cases:
        scores = {option.code: option.score for option in question.options if option.score is not None}
        if question.strict and standing is EvaluationMode.SETTLED:
            listed = [(scores[code], self._settled(question.id, [code])) for code in question.complete_codes]
        elif question.strict and standing is EvaluationMode.OPEN:
            read = OPEN_SCORES[bound]
            scored = ((read(scores, meant), where) for meant, where in self.meanings(question))
            listed = [(score, where) for score, where in scored if score is not None]
        else:
            listed = [(score, self.chosen(question.id, [code])) for code, score in scores.items()]
        exact = ((constant(Fraction(score)), where) for score, where in listed)
        return numbers.cases((Span(term, term), where) for term, where in exact)

    # --- the outcome, of which notes and guarantees may speak: see `rules` ---

    def may_be(self, category: str, standing: EvaluationMode) -> Formula:
        """Where a category is possible."""
        raise NotImplementedError

    def ground_holds(self, ground: str, standing: EvaluationMode) -> Formula:
        """Where a ground holds: for certain, or in a completion."""
        raise NotImplementedError

    def told(self, name: str, category: str, standing: EvaluationMode) -> Formula:
        """Where a category is the outcome's, or the one underlying it."""
        raise NotImplementedError

    def is_told(self, name: str) -> Formula:
        """Where there is such a category at all."""
        raise NotImplementedError
