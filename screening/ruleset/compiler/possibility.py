"""What a condition or number may be where each answer is one of several: true, false, unknown; from here to there.

Each part is read by itself, so two parts that read the same question are taken for independent: what is found may be
too much, never too little. Splitting the answers (`answer_search`) makes it exact, but for arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from itertools import combinations
from math import inf
from typing import NamedTuple, assert_never

from screening.ruleset.language.evaluation_mode import is_number
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex

Truths = frozenset[bool | None]
"""Which of true, false and unknown (None) a condition may be."""
EVERY_TRUTH: Truths = frozenset({True, False, None})


class Interval(NamedTuple):
    """Numbers from one to another; whether the ends themselves are among them."""

    low: Fraction | float
    high: Fraction | float
    low_open: bool = False
    high_open: bool = False


ANY = Interval(-inf, inf, low_open=True, high_open=True)


class Numbers(NamedTuple):
    """Where a number may lie, None: nowhere; and whether it may be unknown."""

    known: Interval | None
    unknown: bool = False


class Ticks(NamedTuple):
    """Options of a several-choice question: ticked for certain, perhaps ticked; and whether the rest may be unsure."""

    sure: frozenset[str]
    maybe: frozenset[str] = frozenset()
    unsure: frozenset[bool] = frozenset({False})


Atom = str | Interval | None
"""One answer to a choice, or numbers that no rule tells apart; None: unknown."""
Answers = tuple[Atom, ...] | Ticks
"""What the answer to a question may be."""


def hull(intervals: Iterable[Interval]) -> Interval | None:
    """The smallest interval around others; None around none."""
    return reduce(_around, intervals, None)


def _around(one: Interval | None, other: Interval) -> Interval:
    if one is None:
        return other
    low, low_open = min((one.low, one.low_open), (other.low, other.low_open))
    high, high_closed = max((one.high, not one.high_open), (other.high, not other.high_open))
    return Interval(low, high, low_open, not high_closed)


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
                return _compare(self.number(left), operator, self.number(right))
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
                return _compute(self.number(left), operator, self.number(right))
            case ex.Sum(operands=operands):
                return reduce(lambda one, other: _compute(one, "+", other), map(self.number, operands))
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                return self.conditional(then, test, otherwise)
            case ex.Extreme(which=which, operands=operands):
                return _extreme(which, list(map(self.number, operands)))
            case ex.Name() | ex.Score() | ex.SquareRoot() | ex.Round() | ex.Power():
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
    frozenset(some): frozenset(None if truth is None else not truth for truth in some)
    for size in range(4)
    for some in combinations((True, False, None), size)
}


def _compare(left: Numbers, operator: str, right: Numbers) -> Truths:
    truths: Truths = frozenset({None} if left.unknown or right.unknown else ())
    if left.known and right.known:
        holds = _can_hold(left.known, operator, right.known)
        fails = _can_hold(left.known, ex.OPPOSITE[operator], right.known)
        truths |= frozenset(truth for truth, possible in ((True, holds), (False, fails)) if possible)
    return truths or frozenset({None})


def _can_hold(left: Interval, operator: str, right: Interval) -> bool:
    """Whether two numbers of these intervals can stand in a relation."""
    match operator:
        case "<":
            return left.low < right.high
        case ">":
            return left.high > right.low
        case "<=":
            return left.low < right.high or (left.low == right.high and not (left.low_open or right.high_open))
        case ">=":
            return left.high > right.low or (left.high == right.low and not (left.high_open or right.low_open))
        case "==":
            return _can_hold(left, "<=", right) and _can_hold(left, ">=", right)
        case _:
            return not (left.low == left.high == right.low == right.high)


def _compute(left: Numbers, operator: str, right: Numbers) -> Numbers:
    """Two numbers joined by arithmetic; the ends of the result count as reached."""
    one, other = left.known, right.known
    unknown = left.unknown or right.unknown
    if one is None or other is None:
        return Numbers(None, unknown=True)
    if operator == "/" and other.low <= 0 <= other.high:
        return Numbers(ANY, unknown=True)
    if any(abs(bound) == inf for bound in (one.low, one.high, other.low, other.high)):
        return Numbers(ANY, unknown)
    ends = [_OPERATIONS[operator](Fraction(a), Fraction(b)) for a in one[:2] for b in other[:2]]
    return Numbers(Interval(min(ends), max(ends)), unknown)


def _extreme(which: str, numbers: list[Numbers]) -> Numbers:
    """The least or the greatest of numbers; its ends count as reached."""
    known = [number.known for number in numbers if number.known is not None]
    if len(known) < len(numbers):
        return Numbers(None, unknown=True)
    choose = min if which == "min" else max
    ends = choose(interval.low for interval in known), choose(interval.high for interval in known)
    return Numbers(Interval(*ends), any(number.unknown for number in numbers))


_OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}
