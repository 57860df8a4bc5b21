"""Which answers to a question are alike for the conditions that decide what is asked: one of each class stands for it.

A condition is made of parts that each are true, false or unknown. Two answers are alike where every part that reads
their question alone reads them alike. A part that reads several questions at once says nothing of one of them: such
questions are `entangled`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property
from itertools import combinations

from screening.ruleset.compiler.rule_functions import compile_condition
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import Plain, State
from screening.ruleset.model.dates import TODAY
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType, Unit
from screening.ruleset.model.rule_set import RuleSet

MOST_TICKS = 10
"""Options of one question that are ticked in every combination; more are entangled."""
MOST_NUMBERS = 200
"""Numbers of one question that are all tried; of more only those around the constants they are compared with."""
NOTHING_TICKED: frozenset[str | None] = frozenset({None})
"""Nothing is known of a several-choice question."""


class AnswerClasses:
    """The answers of one rule set, in classes that no `ask_if` tells apart."""

    def __init__(self, rule_set: RuleSet) -> None:
        self.rule_set = rule_set
        self.names = SymbolTable.of(rule_set)
        self._tests: dict[str, list[Callable[..., bool]]] = {}

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The questions that some `ask_if` reads."""
        conditions = (question.ask_if for question in self.rule_set.questions if question.ask_if)
        return frozenset().union(*(self.names.questions_in(condition.tree) for condition in conditions))

    @cached_property
    def entangled(self) -> frozenset[str]:
        """Questions for which no few answers stand for all others."""
        several = (read for part in self._parts if len(read := self.names.questions_in(part)) > 1)
        single = (name for name in self.deciding if not self._is_tried(self.rule_set.question[name]))
        return frozenset(single).union(*several)

    def stand_ins(self, name: str) -> tuple[Plain, ...]:
        """An answer of each class."""
        return tuple(
            {self.class_of(name, answer): answer for answer in self._answers(self.rule_set.question[name])}.values()
        )

    def class_of(self, name: str, answer: Plain, today: Plain = None) -> tuple[bool, ...]:
        """The class of an answer: whether there is one, and how each part reads it; `today` where it is a date."""
        state: State = {TODAY: today} | {
            question.id: NOTHING_TICKED if question.type is QuestionType.SEVERAL else None
            for question in self.rule_set.questions
        }
        state[name] = answer
        return (answer is None, *(test(state, "", None, frozenset(), ()) for test in self._tests_of(name)))

    def _tests_of(self, name: str) -> list[Callable[..., bool]]:
        if name not in self._tests:
            own = [part for part in self._parts if self.names.questions_in(part) == {name}]
            conditions: list[ex.Node] = []
            for part in own:
                conditions += [ex.Definitely(part), ex.Possibly(part)]
            self._tests[name] = [compile_condition(self.rule_set, condition) for condition in conditions]
        return self._tests[name]

    @cached_property
    def _parts(self) -> tuple[ex.Node, ...]:
        conditions = (question.ask_if for question in self.rule_set.questions if question.ask_if)
        parts = (part for condition in conditions for part in _parts_of(self.names.inline(condition.tree)))
        return tuple(dict.fromkeys(parts))

    def _own_parts(self, question: Question) -> list[ex.Node]:
        return [part for part in self._parts if self.names.questions_in(part) == {question.id}]

    def _is_tried(self, question: Question) -> bool:
        """Whether the answers that are tried show every class."""
        parts = self._own_parts(question)
        if question.type is QuestionType.DATE:
            return False
        if question.type is QuestionType.SEVERAL:
            return len(_named_options(question, parts)) <= MOST_TICKS
        computed = any(isinstance(node, ex.WorkedOut) for part in parts for node in part.walk())
        return question.type is not QuestionType.NUMBER or not computed or _count(question) <= MOST_NUMBERS

    def _answers(self, question: Question) -> Iterator[Plain]:
        parts = self._own_parts(question)
        match question.type:
            case QuestionType.CHOICE:
                yield from question.option
            case QuestionType.TEXT:
                yield WRITTEN
            case QuestionType.DATE:
                yield None  # entangled: which days a condition tells apart depends on today
                return
            case QuestionType.SEVERAL:
                yield from _ticks(question, _named_options(question, parts)[:MOST_TICKS])
            case QuestionType.NUMBER:
                constants = [node.value for part in parts for node in part.walk() if isinstance(node, ex.Number)]
                for unit in question.units:
                    yield from _numbers(unit, None if _count(question) <= MOST_NUMBERS else constants)
        if not question.required:
            yield NOTHING_TICKED if question.type is QuestionType.SEVERAL else None


def _parts_of(node: ex.Node) -> Iterator[ex.Node]:
    """What a condition is made of, below every and, or, not, definitely and possibly."""
    match node:
        case ex.And(operands=operands) | ex.Or(operands=operands):
            for operand in operands:
                yield from _parts_of(operand)
        case ex.Not(operand=operand) | ex.Definitely(operand=operand) | ex.Possibly(operand=operand):
            yield from _parts_of(operand)
        case _:
            yield node


def _named_options(question: Question, parts: Iterable[ex.Node]) -> list[str]:
    """The options that conditions name, and one that stands for all others."""
    named = {code for part in parts for node in part.walk() if isinstance(node, ex.AnyOf) for code in node.options}
    ordinary = [option.code for option in question.options if not option.exclusive]
    others = [code for code in ordinary if code not in named]
    return [*(code for code in ordinary if code in named), *others[:1]]


def _ticks(question: Question, codes: Sequence[str]) -> Iterator[frozenset[str | None]]:
    for size in range(len(codes) + 1):
        for ticked in combinations(codes, size):
            if ticked or question.exclusive_codes:
                yield frozenset(ticked)
            yield frozenset((*ticked, None))


def _count(question: Question) -> int:
    return sum(int((unit.maximum - unit.minimum).scaleb(unit.decimals)) + 1 for unit in question.units)


def _numbers(unit: Unit, constants: Iterable[Decimal] | None) -> Iterator[Decimal]:
    """Every number that can be typed in a unit, as it is kept; or those around these constants."""
    step = Decimal(1).scaleb(-unit.decimals)
    if constants is None:
        typed = [unit.minimum + step * index for index in range(int((unit.maximum - unit.minimum) / step) + 1)]
    else:
        near = (
            (constant / unit.factor).quantize(step, ROUND_FLOOR) + step * move
            for constant in constants
            for move in (-1, 0, 1)
        )
        typed = [unit.minimum, unit.maximum, *near]
    yield from (number * unit.factor for number in typed if unit.minimum <= number <= unit.maximum)


def classes_by_question(classes: AnswerClasses) -> Mapping[str, tuple[Plain, ...]]:
    """The answers that stand for all others, by deciding question."""
    return {name: classes.stand_ins(name) for name in sorted(classes.deciding)}
