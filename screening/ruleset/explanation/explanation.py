"""Explains an outcome: what is missing, what would settle it, what does not fit together, and what is unknown and why.

Costly beside an outcome (hundreds of answer sets are tried), so it is made only where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from screening.ruleset.compiler.classes.option_classes import (
    OptionClasses,
    option_classes,
    rule_conditions,
    telling_conditions,
    thresholds,
)
from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.engine.engine import Answers, Engine
from screening.ruleset.explanation.disagreement import DisagreementSearch
from screening.ruleset.explanation.missing import MissingSearch
from screening.ruleset.explanation.settled_by import LIMIT, SettlingSearch
from screening.ruleset.explanation.unknown_values import unknown_values
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.answers import Bound, Plain, State, Witness
from screening.ruleset.model.outcome import Explanation, Outcome
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType, Unit
from screening.ruleset.model.rule_set import RuleSet


@dataclass(frozen=True, slots=True)
class Candidates:
    """What stands for all answers to a question, by its id: what the rules do not tell apart is there once."""

    classes: Mapping[str, OptionClasses]
    numbers: Mapping[str, tuple[Decimal, ...]]


def find_candidates(rule_set: RuleSet) -> Candidates:
    """The candidates of every question of a rule set."""
    names = SymbolTable.of(rule_set)
    asking = (question.ask_if.tree for question in rule_set.questions if question.ask_if)
    conditions = [*rule_conditions(rule_set), *telling_conditions(asking, names)]
    limits = thresholds(conditions, names)
    numbers = [question for question in rule_set.questions if question.type is QuestionType.NUMBER]
    return Candidates(
        {question.id: option_classes(question, conditions) for question in rule_set.questions if question.options},
        {question.id: telling_numbers(question.stored_unit, limits.get(question.id, ())) for question in numbers},
    )


class Explainer:
    """Explains the outcomes of one engine; made once for a rule set."""

    def __init__(self, engine: Engine, limit: int = LIMIT, candidates: Candidates | None = None) -> None:
        """`limit` is how many answer sets may be tried to settle one outcome's categories.

        `candidates`: those of the same rules in another language, or with other parts, which saves finding them again.
        """
        self.engine = engine
        self.candidates = candidates or find_candidates(engine.rule_set)
        self._missing = MissingSearch(engine, self._answers)
        self._disagreement = DisagreementSearch(engine)
        self._settling = SettlingSearch(engine, self._answers, limit)

    def explain(self, answers: Answers, outcome: Outcome | None = None) -> Explanation:
        """Everything that explains the outcome of an answer set; `outcome`, where the caller has it already."""
        outcome = outcome or self.engine.evaluate(answers)
        state = self.engine.state(answers)
        possible = self._possible(state)
        missing, all_missing = self._missing.missing(state, frozenset(possible))
        settled_by, all_settled = self._settling.settlings(state, possible)
        disagreements, all_pairs = self._disagreement.disagreements(state, outcome)
        complete = {"missing": all_missing, "settled_by": all_settled, "disagreements": all_pairs}
        cut_short = tuple(name for name, whole in complete.items() if not whole)
        unknown = unknown_values(self.engine, answers)
        return Explanation(missing, settled_by, disagreements, unknown, cut_short)

    def missing(self, answers: Answers) -> tuple[str, ...]:
        """What is missing from an answer set, as `explain` tells it, without the search for the rest."""
        state = self.engine.state(answers)
        return self._missing.missing(state, frozenset(self._possible(state)))[0]

    def _possible(self, state: State) -> dict[str, Witness]:
        """Every possible category with one completion that gives it."""
        counted, _ = self.engine.functions.effective(state)
        return self.engine.functions.settle(counted)

    def _answers(self, question: Question, answer: Plain) -> Iterable[Plain]:
        """Answers that stand for all that an open question may still be answered with."""
        if question.type is QuestionType.NUMBER:
            return numbers_within(answer, self.candidates.numbers[question.id])
        if question.type is QuestionType.TEXT:
            return (WRITTEN,)
        if question.type is QuestionType.DATE:
            return ()  # the days that rules tell apart depend on today, and are found beside it
        classes = self.candidates.classes[question.id]
        if isinstance(answer, frozenset):
            return classes.several_candidates(answer)
        option = question.option.get(answer) if isinstance(answer, str) else None
        if option:
            return option.leaves_open
        return [*classes.representatives, *(option.code for option in question.options if option.leaves_open)]


def numbers_within(answer: Plain, numbers: Iterable[Decimal]) -> Iterable[Decimal]:
    """Those of some numbers that an answer leaves open."""
    return filter(answer.contains, numbers) if isinstance(answer, Bound) else numbers


def telling_numbers(unit: Unit, limits: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    """The lowest and highest number that may be answered on each side of, and at, each threshold."""
    step = Decimal(1).scaleb(-unit.decimals)
    numbers = {unit.minimum, unit.maximum}
    for limit in limits:
        if unit.minimum <= limit <= unit.maximum:
            at = EXACT.quantize(limit, step)
            numbers.update((EXACT.subtract(at, step), at, EXACT.add(at, step)))
    return tuple(sorted(number for number in numbers if unit.minimum <= number <= unit.maximum))
