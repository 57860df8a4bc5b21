"""What a condition or number may be where each answer is one of several: true, false, unknown; from here to there.

Each part is read by itself, so two parts that read the same question are taken for independent: what is found may be
too much, never too little. Splitting the answers (`search`) makes it exact, but for arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from itertools import combinations
from typing import NamedTuple, assert_never

from screening.ruleset.answer_search.number_ranges import (
    ANY,
    Interval,
    Numbers,
    Truths,
    compare,
    compute,
    extreme,
    hull,
)
from screening.ruleset.language.evaluation_mode import is_number
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex

EVERY_TRUTH: Truths = frozenset({True, False, None})


class Ticks(NamedTuple):
    """Options of a several-choice question: ticked for certain, perhaps ticked; and whether the rest may be unsure."""

    sure: frozenset[str]
    maybe: frozenset[str] = frozenset()
    unsure: frozenset[bool] = frozenset({False})


Atom = str | Interval | None
"""One answer to a choice, or numbers that no rule tells apart; None: unknown."""
Answers = tuple[Atom, ...] | Ticks
"""What the answer to a question may be."""


Key = tuple[str, tuple[int, ...]]
"""What is read, and the numbers of the answers to all the questions that it reads."""


class Memory:
    """What was read before: a search splits one question at a time, and all that does not read it stays as it was.

    Answers are known by numbers, as to hash long ones again and again takes longer than to read a condition.
    """

    def __init__(self) -> None:
        self.truths: dict[Key, Truths] = {}
        self.numbers: dict[Key, Numbers] = {}
        self._numbered: dict[int, tuple[Answers | None, int]] = {}
        """By the identity of answers, which are kept so that it stays theirs."""
        self._equal: dict[Answers | None, int] = {}

    def key(self, what: str, questions: Iterable[str], answers: Mapping[str, Answers]) -> Key:
        """The same for all answers in which what is read of it is the same."""
        numbers = []
        for name in questions:
            some = answers.get(name)
            numbered = self._numbered.get(id(some))
            numbers.append(numbered[1] if numbered else self.number(some))
        return what, tuple(numbers)

    def number(self, answers: Answers | None) -> int:
        """The number of these answers; equal ones have the same."""
        numbered = self._numbered.get(id(answers))
        if numbered is None:
            numbered = answers, self._equal.setdefault(answers, len(self._equal))
            self._numbered[id(answers)] = numbered
        return numbered[1]


@dataclass
class Reading:
    """Reads expressions of rules where the answer to each question is one of several."""

    names: SymbolTable
    answers: Mapping[str, Answers]
    memory: Memory = field(default_factory=Memory)
    """Shared by readings of one rule set."""

    # --- conditions ---

    def truth(self, node: ex.Node) -> Truths:  # noqa: C901 - one case a node
        """What a condition may be; what is not told by the answers may be anything."""
        if isinstance(node, ex.OnlyNumber):
            raise TypeError(node)
        match node:
            case ex.Not(operand=operand):
                return _negate(self.truth(operand))
            case ex.And(operands=operands):
                return self.all_of(operands, negated=False)
            case ex.Or(operands=operands):
                return _negate(self.all_of(operands, negated=True))
            case ex.Definitely(operand=operand):
                return frozenset(truth is True for truth in self.truth(operand))
            case ex.Possibly(operand=operand):
                return frozenset(truth is not False for truth in self.truth(operand))
            case ex.Known(subject=subject):
                return self.known_test(subject)
            case ex.Comparison(left=left, operator=operator, right=right):
                return compare(self.number(left), operator, self.number(right))
            case ex.Membership(subject=subject, options=options):
                chosen = self.answers.get(subject.name, ())
                return frozenset(None if code is None else code in options for code in chosen) or EVERY_TRUTH
            case ex.AnyOf(subject=subject, options=options):
                return self.tick_test(subject, frozenset(options))
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                parts = {True: then, False: otherwise}
                tested = self.truth(test)
                read = [self.truth(parts[code]) if code is not None else frozenset({None}) for code in tested]
                return frozenset().union(*read)
            case ex.Name(name=name) if name in self.names.values:
                key = self.memory.key(name, self.names.value_questions[name], self.answers)
                if key not in self.memory.truths:
                    self.memory.truths[key] = self.truth(self.names.values[name].expression.tree)
                return self.memory.truths[key]
            case ex.Unknown():
                return frozenset({None})
            case ex.Name() | ex.MayBe() | ex.Holds():
                return EVERY_TRUTH
            case _:
                assert_never(node)

    def all_of(self, operands: Iterable[ex.Node], *, negated: bool) -> Truths:
        """What conditions, or their opposites, may be together; where one is certainly false no other matters."""
        together: Truths = frozenset({True})
        for operand in operands:
            truths = self.truth(operand)
            together = _both(together, _negate(truths) if negated else truths)
            if together == _NEVER:
                break
        return together

    def tick_test(self, subject: ex.Name, options: frozenset[str]) -> Truths:
        """Whether one of these options is ticked."""
        ticks = self.answers.get(subject.name)
        if not isinstance(ticks, Ticks):
            return EVERY_TRUTH
        if ticks.sure & options:
            return frozenset({True})
        rest = frozenset(None if unsure else False for unsure in ticks.unsure)
        return rest | {True} if ticks.maybe & options else rest

    def known_test(self, subject: ex.Name) -> Truths:
        """Whether an answer or value is known."""
        name = subject.name
        if name in self.names.values:
            tree = self.names.values[name].expression.tree
            if not is_number(tree, self.names):
                return frozenset(truth is not None for truth in self.truth(subject))
            number = self.number(subject)
            return frozenset([*([True] if number.known else []), *([False] if number.unknown else [])])
        answers = self.answers.get(name, ())
        if isinstance(answers, Ticks):
            return frozenset(not unsure for unsure in answers.unsure)
        return frozenset(answer is not None for answer in answers) or EVERY_TRUTH

    # --- numbers ---

    def number(self, node: ex.Node) -> Numbers:  # noqa: C901 - one case a node
        """Where a number may lie; what is not told by the answers may be anything."""
        if isinstance(node, ex.OnlyCondition):
            raise TypeError(node)
        match node:
            case ex.Number(value=value):
                return Numbers(Interval(Fraction(value), Fraction(value)))
            case ex.Unknown():
                return Numbers(None, unknown=True)
            case ex.Name(name=name) if name in self.names.values:
                key = self.memory.key(name, self.names.value_questions[name], self.answers)
                if key not in self.memory.numbers:
                    self.memory.numbers[key] = self.number(self.names.values[name].expression.tree)
                return self.memory.numbers[key]
            case ex.Name(name=name) if name in self.answers:
                atoms = self.answers[name]
                known = [atom for atom in atoms if isinstance(atom, Interval)]
                return Numbers(hull(known), None in atoms)
            case ex.Score(subject=subject) if subject.name in self.answers:
                options = self.names.questions[subject.name].option
                scores = [options[answer].score for answer in self.answers[subject.name] if isinstance(answer, str)]
                exact = [Fraction(score) for score in scores if score is not None]
                known = [Interval(number, number) for number in exact]
                return Numbers(hull(known), None in self.answers[subject.name] or None in scores)
            case ex.Arithmetic(left=left, operator=operator, right=right):
                return compute(self.number(left), operator, self.number(right))
            case ex.Sum(operands=operands):
                return reduce(lambda one, other: compute(one, "+", other), map(self.number, operands))
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                return self.conditional(then, test, otherwise)
            case ex.Extreme(which=which, operands=operands):
                return extreme(which, list(map(self.number, operands)))
            case ex.Name() | ex.Score() | ex.Since() | ex.SquareRoot() | ex.Round() | ex.Power():
                return Numbers(ANY, unknown=True)
            case _:
                assert_never(node)

    def conditional(self, then: ex.Node, test: ex.Node, otherwise: ex.Node) -> Numbers:
        """One of two numbers."""
        parts = {True: then, False: otherwise}
        tested = self.truth(test)
        read = [self.number(parts[code]) for code in tested if code is not None]
        unknown = None in tested or any(numbers.unknown for numbers in read)
        return Numbers(hull(numbers.known for numbers in read if numbers.known), unknown)


def _negate(truths: Truths) -> Truths:
    return _NEGATED[truths]


def _both(one: Truths, other: Truths) -> Truths:
    """What two conditions joined by `and` may be, by Kleene."""
    truths: set[bool | None] = {False} if False in one or False in other else set()
    if True in one and True in other:
        truths.add(True)  # noqa: FBT003 - a truth
    if (None in one and other != _NEVER) or (None in other and one != _NEVER):
        truths.add(None)
    return frozenset(truths)


_NEVER: Truths = frozenset({False})
_NEGATED = {
    frozenset(truths): frozenset(None if truth is None else not truth for truth in truths)
    for size in range(4)
    for truths in combinations((True, False, None), size)
}
