"""The outcome of an answer set that holds bounds, by trying numbers of each: an independent judge.

A bound that rules complete (strict, required) is completed by numbers in range that it leaves, and by itself beyond the
range. Any other stands for a handful of its numbers, the ones at its very ends among them: a comparison is true if it
holds of all of them on both sides, each place where a number is read having its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import Bound
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import Rule, RuleSet
from tests.support.rules import precise
from tests.support.rules.brute_force import BruteForce, completed, numbers
from tests.support.rules.interpreter import EXTREMES, Given, Reading, Result, calculated

HAIR = Decimal("1e-20")
FAR = Decimal("1e5")
BEYOND = Decimal("1e4")
"""As good as infinite: above nearly all that is compared."""
INFINITY = Decimal("Infinity")


def samples(bound: Bound) -> set[Decimal]:
    """Numbers of a bound, at its ends and between."""
    low = bound.low if bound.low.is_finite() else -FAR
    high = bound.high if bound.high.is_finite() else FAR
    ends = {precise.PRECISE.add(low, HAIR) if bound.low_open else low}
    ends.add(precise.PRECISE.subtract(high, HAIR) if bound.high_open else high)
    return {*ends, *(number for number in (Decimal(0), precise.PRECISE.add(low, 1)) if bound.contains(number))}


_NAMES: dict[int, tuple[ex.Node, list[str]]] = {}


def names_in(node: ex.Node) -> list[str]:
    """The names in an expression, looked for once: a reading is made for each completion, and asks at every node."""
    known = _NAMES.get(id(node))
    if known is None or known[0] is not node:
        known = _NAMES[id(node)] = node, [part.name for part in node.walk() if isinstance(part, ex.Name)]
    return known[1]


class BoundedReading(Reading):
    """Interprets expressions of which some numbers are bounds."""

    def reads_bound(self, node: ex.Node) -> bool:
        """Whether a bound stands behind a number."""
        names = names_in(node)
        values = self.rule_set.value
        return any(
            self.reads_bound(values[name].expression.tree)
            if name in values
            else isinstance(self.answers.get(name), Bound)
            for name in names
        )

    def number(self, node: ex.Node) -> Decimal | None:
        if not self.reads_bound(node):
            return super().number(node)
        found = self.samples(node)
        return found.pop() if found and len(found) == 1 else None

    def corners(self, node: ex.Node) -> set[Decimal]:
        return (self.samples(node) if self.reads_bound(node) else None) or super().corners(node)

    def read(self, node: ex.Node) -> Result:
        """Any expression; of two numbers that both lie far out, where one has no bound, none is the greater."""
        if isinstance(node, ex.Comparison) and (self.is_endless(node.left) or self.is_endless(node.right)):
            left, right = self.corners(node.left), self.corners(node.right)
            both = left and right and (min(max(left), max(right)), max(min(left), min(right)))
            if both and (both[0] >= BEYOND or both[1] <= -BEYOND):
                return None
        return super().read(node)

    def is_endless(self, node: ex.Node) -> bool:
        """Whether a bound that has but one end stands behind a number."""
        names = names_in(node)
        values = self.rule_set.value
        return any(
            self.is_endless(values[name].expression.tree)
            if name in values
            else isinstance(answer := self.answers.get(name), Bound)
            and not (answer.low.is_finite() and answer.high.is_finite())
            for name in names
        )

    def samples(self, node: ex.Node) -> set[Decimal] | None:
        """Numbers that an expression may be; None where one of them is unknown."""
        if not self.reads_bound(node):
            number = self.number(node)
            return None if number is None else {number}
        match node:
            case ex.Name(name=name) if name in self.rule_set.value:
                return self.samples(self.rule_set.value[name].expression.tree)
            case ex.Name(name=name):
                answer = self.answers[name]
                assert isinstance(answer, Bound)
                return samples(answer)
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                truth = self.truth(test)
                return None if truth is None else self.samples(then if truth else otherwise)
            case _:
                parts = [self.samples(operand) for operand in node.children()]
                known = [part for part in parts if part is not None]
                if len(known) < len(parts):
                    return None
                found = {joined(node, corner) for corner in product(*map(extremes, known))}
                return None if None in found else {number for number in found if number is not None}

    def named(self, name: str) -> Result:
        if name in self.rule_set.value and self.is_number(self.rule_set.value[name].expression.tree):
            return next(iter(sorted(self.samples(ex.Name(name)) or ())), None)
        return super().named(name)

    def is_number(self, node: ex.Node) -> bool:
        """Whether a value is a number that reads a bound."""
        if not self.reads_bound(node):
            return False
        match node:
            case ex.Conditional(then=then, otherwise=otherwise):
                return self.is_number(then) or self.is_number(otherwise) or isinstance(then, ex.Number)
            case ex.Name(name=name):
                tree = self.rule_set.value[name].expression.tree if name in self.rule_set.value else None
                return tree is None or self.is_number(tree)
            case _:
                return isinstance(node, ex.OnlyNumber)


def extremes(found: set[Decimal]) -> set[Decimal]:
    """The least, the greatest, and zero."""
    return {min(found), max(found), *({Decimal(0)} & found)}


def joined(node: ex.Node, numbers: Sequence[Decimal]) -> Decimal | None:
    """What an operator makes of numbers."""
    match node:
        case ex.Sum():
            return precise.settled(sum(numbers, Decimal(0)) if len(numbers) < 2 else total(numbers))
        case ex.SquareRoot():
            return precise.root(numbers[0])
        case ex.Arithmetic(operator=operator):
            return calculated(numbers[0], operator, numbers[1])
        case ex.Extreme(which=which):
            return EXTREMES[which](numbers)
        case ex.Round(digits=digits):
            return precise.rounded(numbers[0], digits)
        case ex.Power():
            return precise.power(numbers[0], numbers[1])
        case _:
            raise TypeError(node)


def total(numbers: Sequence[Decimal]) -> Decimal:
    """The sum of numbers."""
    found: Decimal | None = Decimal(0)
    for number in numbers:
        found = calculated(found, "+", number)
    assert found is not None
    return found


class BoundedBruteForce(BruteForce):
    """Judges answer sets that hold bounds."""

    reads = BoundedReading
    may_be_undecided = True

    def completions(self, counted: Mapping[str, Given]) -> Iterator[dict[str, Given]]:
        open_ = [
            question
            for question in self.rule_set.questions
            if question.strict or isinstance(counted[question.id], Bound)
        ]
        open_ = [question for question in open_ if question.strict or question.required]
        for chosen in product(*(bounded_completions(question, counted[question.id]) for question in open_)):
            yield {**counted, **dict(zip([question.id for question in open_], chosen, strict=True))}

    def possible_of(self, counted: Mapping[str, Given], rules: Sequence[Rule]) -> frozenset[str]:
        return frozenset(
            category for answers in self.completions(counted) for category in self.may_decide(answers, rules)
        )

    def may_decide(self, complete: Mapping[str, Given], rules: Sequence[Rule]) -> Iterator[str]:
        """The categories of a completion: several where a number beyond its range leaves a ground open."""
        reading = self.reading(complete)
        for rule in rules:
            truths = [reading.truth(ground.when.tree) for ground in rule.grounds]
            if any(truth is not False for truth in truths):
                yield rule.category
            if True in truths:
                return
        yield self.rule_set.undetermined.category


def bounded_completions(question: Question, answer: Given | Bound) -> list[Given | Bound]:
    """Every number that a bound leaves, and itself beyond the range; any other answer as it is completed."""
    if not isinstance(answer, Bound):
        return [*completed(question, answer)]
    least, most = numbers(question)[0], numbers(question)[-1]
    beyond = []
    if answer.low < least:
        beyond.append(Bound(answer.low, least, True, True))
    if answer.high > most:
        beyond.append(Bound(most, answer.high, True, answer.high_open))
    return [*filter(answer.contains, numbers(question)), *beyond]


def bounds(rule_set: RuleSet) -> st.SearchStrategy[dict[str, Bound]]:
    """Bounds as answers to some of the numbers of a rule set."""
    asked = [question.id for question in rule_set.questions if question.type is QuestionType.NUMBER]
    return st.dictionaries(st.sampled_from(asked), a_bound(), min_size=1) if asked else st.just({})


def a_bound() -> st.SearchStrategy[Bound]:
    """A bound at a number from 0 to 9; numbers there are not negative."""
    halves = st.integers(1, 18).map(lambda number: Decimal(number) / 2)
    below = st.builds(lambda number, is_open: Bound(Decimal(0), number, False, is_open), halves, st.booleans())
    above = st.builds(lambda number, is_open: Bound(number, INFINITY, is_open, True), halves, st.booleans())
    return below | above
