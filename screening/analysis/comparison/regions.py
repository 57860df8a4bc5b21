"""Answer sets drawn evenly over the regions that rules tell apart, and how many of them move.

A region is one side of every threshold and one class of options. With all questions left to chance nearly every answer
set would be an emergency; so most answers stay ordinary. The share is one of regions, never of people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from random import Random

from screening.analysis.comparison.two_forms import TwoForms, answered_alike
from screening.analysis.solver.minimal import Minimiser
from screening.analysis.solver.numbers import bounds, number_between
from screening.analysis.solver.witness import Answers
from screening.analysis.solver.witness_dates import FIRST
from screening.ruleset.compiler.classes.option_classes import option_classes, rule_conditions
from screening.ruleset.engine.engine import UNSURE
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import TODAY, DayRange
from screening.ruleset.model.expression import Node
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType

SAMPLE = 10_000
MOST_TELLING = 6
"""Up to so many answers of an answer set are not ordinary; each number of them is drawn equally often."""
SEED = 2026
"""So that the same two rule sets always give the same share."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the answer sets drawn move."""

    drawn: int
    moved: int
    """Their possible categories differ."""
    settled: int
    """They have one category before and another one after."""


def share(forms: TwoForms, size: int = SAMPLE) -> Share:
    """The share of answer sets that move, among some drawn with a fixed seed."""
    conditions = [
        rule_condition for model in (forms.old, forms.new) for rule_condition in rule_conditions(model.rule_set)
    ]
    names = dict.fromkeys([*forms.new.encoding.given, *forms.old.encoding.given])
    regions = {name: _answers(forms, name, conditions) for name in names}
    drawing = _Drawing(
        {name: region for name, region in regions.items() if region}, _ordinary(forms), has_dates=forms.has_dates
    )
    moved = settled = 0
    for _ in range(size):
        before, after = forms.possible(drawing.answers())
        moved += before != after
        settled += before != after and len(before) == len(after) == 1
    return Share(size, moved, settled)


class _Drawing:
    def __init__(self, regions: Mapping[str, Sequence[Plain]], ordinary: Answers, *, has_dates: bool) -> None:
        self._today: Answers = {TODAY: DayRange.of_day(FIRST)} if has_dates else {}
        self._regions = regions
        self._ordinary = ordinary
        self._always = [name for name, region in regions.items() if None not in region and name not in ordinary]
        self._chance = Random(SEED)  # noqa: S311 - a sample, no secret

    def answers(self) -> Answers:
        """The next answer set: ordinary but for some answers, each evenly over its regions."""
        count = self._chance.randint(0, min(MOST_TELLING, len(self._regions)))
        telling = self._chance.sample(list(self._regions), count)
        drawn = {name: self._chance.choice(self._regions[name]) for name in dict.fromkeys([*self._always, *telling])}
        return self._today | {name: answer for name, answer in (self._ordinary | drawn).items() if answer is not None}


def _ordinary(forms: TwoForms) -> Answers:
    """What says nothing in the new form, or where only the old one asks in that one, and can be said in both."""
    ordinary = Minimiser(forms.old.rule_set).ordinary() | Minimiser(forms.new.rule_set).ordinary()
    return {name: answer for name, answer in ordinary.items() if forms.is_common(name, answer)}


def _answers(forms: TwoForms, name: str, conditions: list[Node]) -> Sequence[Plain]:
    """One answer to a question for each region that rules tell apart, unknown among them."""
    questions = forms.questions(name)
    if not answered_alike(questions[0], questions[-1]):
        return ()
    unknown = [] if any(question.required for question in questions) else [None]
    match questions[0].type:
        case QuestionType.NUMBER:
            return [*unknown, *_numbers(forms, questions[0])]
        case QuestionType.CHOICE:
            return [*unknown, *_codes(questions, conditions)]
        case QuestionType.TEXT:
            return [*unknown, WRITTEN]
        case QuestionType.DATE:
            return [*unknown, *_days(forms, name)]
        case QuestionType.SEVERAL:
            ticked: list[Plain] = [frozenset({code}) for code in _codes(questions, conditions)]
            nothing: list[Plain] = [frozenset()] if all(question.exclusive_codes for question in questions) else []
            return [UNSURE, *nothing, *ticked]


def _codes(questions: list[Question], conditions: list[Node]) -> list[str]:
    """The first option of each class that both forms offer, and each option that leaves others open."""
    question = questions[0]
    leading = option_classes(question, conditions).representatives
    codes = [*leading, *(option.code for option in question.options if option.leaves_open)]
    return [code for code in codes if all(code in other.option for other in questions)]


def _days(forms: TwoForms, name: str) -> list[Plain]:
    """The first day of each stretch throughout which no comparison changes, on the usual day that is today."""
    accepted = forms.accepted_days(name, DayRange.of_day(FIRST))
    if accepted is None:
        return []
    first_days = {accepted.first, *forms.days_compared(name, FIRST)}
    return [accepted.answer(day) for day in sorted(first_days) if accepted.first <= day <= accepted.last]


def _numbers(forms: TwoForms, question: Question) -> list[Plain]:
    """A number on each threshold and between each two."""
    least, most = bounds(question.stored_unit)
    limits = [limit for limit in forms.limits.get(question.id, ()) if least <= limit <= most]
    edges = [least - 1, *limits, most + 1]
    between = [number_between(question, low, high) for low, high in pairwise(edges)]
    numbers: list[Decimal] = [*limits, *(number for number in between if number is not None)]
    return [number for number in numbers if forms.can_be_typed(question.id, number)]
