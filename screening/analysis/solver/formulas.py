"""Expressions as SMT formulas: the reader of the expression language that proves.

As in `ruleset.compiling`, a condition has a formula that holds where it is true and one that holds
where it is false; a number has a formula for being known, and a term.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import assert_never

import z3

from screening.analysis.solver.encoding import AnswerTerms, Choice, Encoding, Numeric, Several, Variable, real
from screening.analysis.solver.nonlinear import Nonlinear
from screening.analysis.solver.terms import FALSE, RELATIONS, TRUE, Both, plain, unless
from screening.ruleset.compiler.comparison_bounds import certain
from screening.ruleset.language.evaluation_mode import OPEN_SCORES, EvaluationMode, is_number, not_asked
from screening.ruleset.language.symbol_table import OUTCOME_NAMES
from screening.ruleset.model.expression import (
    OPPOSITE,
    And,
    AnyOf,
    Arithmetic,
    Comparison,
    Conditional,
    Definitely,
    Holds,
    Known,
    MayBe,
    Membership,
    Name,
    Node,
    Not,
    Number,
    OnlyCondition,
    OnlyNumber,
    Or,
    Possibly,
    Score,
    SquareRoot,
    Sum,
    Unknown,
)
from screening.ruleset.model.questions import Question


@dataclass
class OutcomeTerms:
    """What notes and guarantees may say of the outcome: for each category or ground, where it is so."""

    category: Mapping[str, z3.BoolRef] = field(default_factory=dict)
    possible: Mapping[str, z3.BoolRef] = field(default_factory=dict)
    holding: Mapping[str, z3.BoolRef] = field(default_factory=dict)


class Formulas:
    """Reads expressions over the variables of one encoding; each value and question is made once."""

    def __init__(self, encoding: Encoding, free: str = "") -> None:
        """`free` names a value that may be anything."""
        self.encoding = encoding
        self.free = free
        self.names = encoding.names
        self.nonlinear = Nonlinear(encoding.rule_set)
        self.outcome = OutcomeTerms()
        self._asked: dict[str, z3.BoolRef] = {}
        self._counted: dict[str, AnswerTerms] = {}
        self._conditions: dict[tuple[str, EvaluationMode], Both] = {}
        self._numbers: dict[tuple[str, EvaluationMode], Numeric] = {}

    @cached_property
    def free_variables(self) -> tuple[Variable, Variable]:
        """The variables of the value that may be anything: true and false of a condition, or known and value."""
        second = z3.Real("free value") if is_number(Name(self.free), self.names) else z3.Bool("free false")
        return z3.Bool("free"), second

    # --- what counts ---

    def asked(self, name: str) -> z3.BoolRef:
        """Where a question is asked."""
        if name not in self._asked:
            question = self.names.questions[name]
            part = self.encoding.parts.get(self.encoding.rule_set.page_of[name].part, TRUE)
            condition = self.condition(question.ask_if.tree, EvaluationMode.GIVEN).true if question.ask_if else TRUE
            self._asked[name] = z3.simplify(z3.And(part, condition))
        return self._asked[name]

    def counted(self, name: str) -> AnswerTerms:
        """A question's answer as it counts: as given, or what holds where it is not asked."""
        if name not in self._counted:
            self._counted[name] = self._count(self.names.questions[name])
        return self._counted[name]

    def _count(self, question: Question) -> AnswerTerms:
        asked = self.asked(question.id)
        given = self.encoding.given[question.id]
        if z3.is_true(asked):
            return given
        default = not_asked(question)
        codes = default if isinstance(default, frozenset) else {default}
        match given:
            case Numeric(known=known, value=value):
                return Numeric(z3.And(asked, known), value)
            case Several(options=options, unsure=unsure):
                return Several(unless(asked, options, codes), z3.If(asked, unsure, z3.BoolVal(None in codes)))
            case Choice(options=options):
                return Choice(unless(asked, options, codes))

    def is_open(self, name: str) -> z3.BoolRef:
        """Where the answer that counts is unknown, partly unsure, or one that leaves others open."""
        question = self.names.questions[name]
        match self.counted(name):
            case Numeric(known=known):
                return z3.Not(known)
            case Several(unsure=unsure):
                return unsure
            case Choice(options=options):
                return z3.Not(z3.Or(*(options[complete_code] for complete_code in question.complete_codes)))

    # --- conditions ---

    def condition(self, node: Node, standing: EvaluationMode) -> Both:  # noqa: C901 - one case a node
        """Where a condition is true and where it is false."""
        if isinstance(node, OnlyNumber):
            raise TypeError(node)
        match node:
            case Not(operand=operand):
                inner = self.condition(operand, standing)
                return Both(inner.false, inner.true)
            case And(operands=operands):
                parts = [self.condition(each, standing) for each in operands]
                return Both(z3.And(*(part.true for part in parts)), z3.Or(*(part.false for part in parts)))
            case Or(operands=operands):
                parts = [self.condition(each, standing) for each in operands]
                return Both(z3.Or(*(part.true for part in parts)), z3.And(*(part.false for part in parts)))
            case Definitely(operand=operand):
                return plain(self.condition(operand, standing).true)
            case Possibly(operand=operand):
                return plain(z3.Not(self.condition(operand, standing).false))
            case Conditional(then=then, test=test, otherwise=otherwise):
                return self._branch(then, test, otherwise, standing)
            case Comparison():
                return self._comparison(node, standing)
            case Membership(subject=subject, options=options):
                return self._membership(subject.name, options, standing)
            case AnyOf(subject=subject, options=options):
                return self._any_of(subject.name, options, standing)
            case Known(subject=subject):
                return plain(self._known(subject.name, standing))
            case MayBe(category=category):
                return plain(self.outcome.possible[category])
            case Holds(ground=ground):
                return plain(self.outcome.holding[ground])
            case Name(name=name):
                return self._value(name, standing)
            case Unknown():
                return Both(FALSE, FALSE)
            case _:
                assert_never(node)

    def _value(self, name: str, standing: EvaluationMode) -> Both:
        key = (name, standing)
        if name == self.free:
            true, false = self.free_variables
            return Both(true, z3.And(false, z3.Not(true)))
        if key not in self._conditions:
            self._conditions[key] = self.condition(self.names.values[name].expression.tree, standing)
        return self._conditions[key]

    def _branch(self, then: Node, test: Node, otherwise: Node, standing: EvaluationMode) -> Both:
        tested = self.condition(test, standing)
        yes, no = self.condition(then, standing), self.condition(otherwise, standing)
        return Both(
            z3.Or(z3.And(tested.true, yes.true), z3.And(tested.false, no.true)),
            z3.Or(z3.And(tested.true, yes.false), z3.And(tested.false, no.false)),
        )

    def _comparison(self, node: Comparison, standing: EvaluationMode) -> Both:
        opposite = replace(node, operator=OPPOSITE[node.operator])
        return Both(self._stands(node, standing), self._stands(opposite, standing))

    def _stands(self, node: Comparison, standing: EvaluationMode) -> z3.BoolRef:
        """Where two numbers certainly stand in a relation: both are known, or their bounds are."""
        if standing is EvaluationMode.OPEN and (surely := certain(node, self.names)) != node:
            return self.condition(surely, standing).true
        one, other = self.number(node.left, standing), self.number(node.right, standing)
        return z3.And(one.known, other.known, RELATIONS[node.operator](one.value, other.value))

    def _membership(self, name: str, options: tuple[str, ...], standing: EvaluationMode) -> Both:
        if name in OUTCOME_NAMES:
            return plain(z3.Or(*(self.outcome.category.get(option, FALSE) for option in options)))
        question = self.names.questions[name]
        if question.strict and standing is EvaluationMode.SETTLED:
            return plain(z3.Or(*(self.encoding.settled[name].options[option] for option in options)))
        chosen = self.counted(name)
        assert isinstance(chosen, Choice)  # noqa: S101 - checked when the rule file was loaded
        if question.strict and standing is EvaluationMode.OPEN:
            return self._open_membership(question, chosen, frozenset(options))
        inside = z3.Or(*(chosen.options[option] for option in options))
        outside = z3.Or(*(each for code, each in chosen.options.items() if code not in options))
        return Both(inside, outside)

    def _open_membership(self, question: Question, chosen: Choice, options: frozenset[str]) -> Both:
        meant = _meant(question, chosen)
        return Both(
            z3.Or(*(term for term, codes in meant if codes <= options)),
            z3.Or(*(term for term, codes in meant if codes.isdisjoint(options))),
        )

    def _any_of(self, name: str, options: tuple[str, ...], standing: EvaluationMode) -> Both:
        question = self.names.questions[name]
        if question.strict and standing is EvaluationMode.SETTLED:
            return plain(z3.Or(*(self.encoding.settled[name].options[option] for option in options)))
        ticked = self.counted(name)
        assert isinstance(ticked, Several)  # noqa: S101 - checked when the rule file was loaded
        some = z3.Or(*(ticked.options[option] for option in options))
        return Both(some, z3.And(z3.Not(some), z3.Not(ticked.unsure)))

    def _known(self, name: str, standing: EvaluationMode) -> z3.BoolRef:
        if name in self.names.values:
            if is_number(Name(name), self.names):
                return self.number(Name(name), standing).known
            value = self._value(name, standing)
            return z3.Or(value.true, value.false)
        match self.counted(name):
            case Numeric(known=known):
                return known
            case Several(unsure=unsure):
                return z3.Not(unsure)
            case Choice(options=options):
                return z3.Or(*options.values())

    # --- numbers ---

    def number(self, node: Node, standing: EvaluationMode) -> Numeric:
        """Where a number is known, and what it is there."""
        if isinstance(node, OnlyCondition):
            raise TypeError(node)
        match node:
            case Number(value=value):
                return Numeric(TRUE, real(value))
            case Unknown():
                return Numeric(FALSE, z3.RealVal(0))
            case Name(name=name):
                return self._named_number(name, standing)
            case Conditional(then=then, test=test, otherwise=otherwise):
                tested = self.condition(test, standing)
                yes, no = self.number(then, standing), self.number(otherwise, standing)
                known = z3.Or(z3.And(tested.true, yes.known), z3.And(tested.false, no.known))
                return Numeric(known, z3.If(tested.true, yes.value, no.value))
            case Score(subject=subject):
                return self._score(self.names.questions[subject.name], node.bound, standing)
            case Arithmetic(left=left, right=right) | Sum(operands=(left, right)):
                operator = node.operator if isinstance(node, Arithmetic) else "+"
                return self.nonlinear.join(operator, self.number(left, standing), self.number(right, standing), node)
            case Sum(operands=operands):
                terms = [self.number(each, standing) for each in operands]
                return Numeric(z3.And(*(term.known for term in terms)), z3.Sum(*(term.value for term in terms)))
            case SquareRoot(operand=operand):
                return self.nonlinear.root(self.number(operand, standing), node)
            case _:
                assert_never(node)

    def _named_number(self, name: str, standing: EvaluationMode) -> Numeric:
        if name not in self.names.values:
            counted = self.counted(name)
            assert isinstance(counted, Numeric)  # noqa: S101 - checked when the rule file was loaded
            return counted
        key = (name, standing)
        if name == self.free:
            known, value = self.free_variables
            return Numeric(known, value)
        if key not in self._numbers:
            self._numbers[key] = self.number(self.names.values[name].expression.tree, standing)
        return self._numbers[key]

    def _score(self, question: Question, bound: str, standing: EvaluationMode) -> Numeric:
        settled = question.strict and standing is EvaluationMode.SETTLED
        chosen = self.encoding.settled[question.id] if settled else self.counted(question.id)
        assert isinstance(chosen, Choice)  # noqa: S101 - checked when the rule file was loaded
        scores = {option.code: option.score for option in question.options if option.score is not None}
        if question.strict and standing is EvaluationMode.OPEN:
            read = OPEN_SCORES[bound]
            found = [(term, read(scores, codes)) for term, codes in _meant(question, chosen)]
        else:
            found = [(term, scores.get(code)) for code, term in chosen.options.items()]
        score = z3.RealVal(0)
        for term, each in found:
            score = z3.If(term, real(each), score) if each is not None else score
        return Numeric(z3.Or(*(term for term, each in found if each is not None)), score)


def _meant(question: Question, chosen: Choice) -> list[tuple[z3.BoolRef, frozenset[str]]]:
    """For each answer to a choice, an unknown one among them, all that may be the truth behind it."""
    unknown = z3.Not(z3.Or(*chosen.options.values()))
    meant = [
        (chosen.options[option.code], frozenset(option.leaves_open or (option.code,))) for option in question.options
    ]
    return [*meant, (unknown, frozenset(question.complete_codes))]
