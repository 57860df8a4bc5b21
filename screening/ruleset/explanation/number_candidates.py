"""The numbers that stand for all that an open strict question may be answered with, whatever else is open."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from screening.ruleset.compiler.completions.completion_plan import OfNumber, completions_of, plan_completions
from screening.ruleset.model.answers import Bound, State
from screening.ruleset.model.dates import DayRange
from screening.ruleset.model.rule_set import RuleSet


class NumberCandidates:
    """Finds numbers that the rules, and the conditions that decide what is asked, tell apart."""

    def __init__(self, rule_set: RuleSet) -> None:
        asking = [question.ask_if.tree for question in rule_set.questions if question.ask_if]
        self._plan = plan_completions(rule_set, conditions=asking)
        groups = (group for group in self._plan.groups if isinstance(group, OfNumber))
        self._cells = {group.cells.question.id: group.cells for group in groups}

    def numbers(self, question: str, counted: State) -> Iterator[Decimal | DayRange]:
        """Each number once, in every way in which open answers that are compared with it may turn out.

        Of a bound those within it that the question accepts.
        """
        cells = self._cells[question]
        beside = [group for group in self._plan.groups_of(cells.reads) if not isinstance(group, OfNumber)]
        ways = (cells.numbers({**counted, **completion}) for completion in completions_of(beside, counted))
        yield from dict.fromkeys(number for numbers in ways for number in numbers if not isinstance(number, Bound))
