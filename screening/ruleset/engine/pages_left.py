"""How many pages are still to come at most: the maximum over everything that a person may yet answer.

So the number never rises while somebody answers. It is worked out exactly, in groups of pages that have an open
deciding question in common; only where a condition reads several questions in one part (a sum, a formula) do the pages
that it decides about count as coming until they are decided: never too few, but perhaps too many.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod

from screening.ruleset.engine.answer_classes import AnswerClasses, classes_by_question
from screening.ruleset.engine.engine import UNSURE, Answers, Engine
from screening.ruleset.model.answers import State
from screening.ruleset.model.dates import TODAY
from screening.ruleset.model.questions import Page, QuestionType

MOST_COMPLETIONS = 20_000
"""Completions of one group; where there are more, each of its pages counts as coming."""


@dataclass(frozen=True)
class _Group:
    """Pages that have an open deciding question in common, and all such questions of theirs."""

    pages: tuple[str, ...]
    questions: tuple[str, ...]


class PageCounter:
    """Counts the pages to come by one rule set."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.rule_set = engine.rule_set
        self.classes = AnswerClasses(engine.rule_set)
        self._stand_ins = classes_by_question(self.classes)
        self._decides: Mapping[str, frozenset[str]] = {
            page.id: frozenset().union(
                *(engine.names.depends_on(question.ask_if.tree) for question in page.questions if question.ask_if)
            )
            - engine.off
            for page in engine.rule_set.pages
        }
        self._counted: dict[tuple[object, ...], int] = {}

    def most_left(self, answers: Answers, answered: Collection[str]) -> int:
        """The most pages that can still come: those with a question asked that is not in `answered`, each once.

        A page whose numbers are read back counts twice where a number can still be typed on it. `answers` holds the
        plain answers to the questions in `answered`; to leave one out of both is to ask it again.
        """
        blank: State = {
            question.id: UNSURE if question.type is QuestionType.SEVERAL else None
            for question in self.rule_set.questions
        }
        state = {**blank, **{name: answer for name, answer in answers.items() if name in {*answered, TODAY}}}
        pages = (page for page in self.rule_set.pages if page.part not in self.engine.parts_off)
        left = [page.id for page in pages if any(question.id not in answered for question in page.questions)]
        return sum(self._most_of(group, state, answered) for group in self._groups(left, answered))

    def _groups(self, pages: Sequence[str], answered: Collection[str]) -> list[_Group]:
        groups: list[_Group] = []
        for page in pages:
            questions = self._decides[page].difference(answered)
            joined = [group for group in groups if questions & set(group.questions)]
            groups = [group for group in groups if group not in joined]
            together = questions.union(*(group.questions for group in joined))
            groups.append(
                _Group((*(earlier for group in joined for earlier in group.pages), page), tuple(sorted(together)))
            )
        return groups

    def _most_of(self, group: _Group, state: State, answered: Collection[str]) -> int:
        """The most pages of a group; worked out once for all answers that are alike to its conditions."""
        if prod(len(self._stand_ins[name]) for name in group.questions) > MOST_COMPLETIONS:
            return sum(_weight(self.rule_set.page[page]) for page in group.pages)
        settled = frozenset().union(*(self._decides[page] for page in group.pages)).intersection(answered)
        own = frozenset(question.id for page in group.pages for question in self.rule_set.page[page].questions)
        read = [(name, self.classes.class_of(name, state[name], state.get(TODAY))) for name in sorted(settled)]
        key = (group, tuple(read), own.intersection(answered))
        if key not in self._counted:
            self._counted[key] = max(self._counts(group, state, answered))
        return self._counted[key]

    def _counts(self, group: _Group, state: State, answered: Collection[str]) -> list[int]:
        counts = []
        for chosen in product(*(self._stand_ins[name] for name in group.questions)):
            completed = {**state, **dict(zip(group.questions, chosen, strict=True))}
            asked = self.engine.asked_questions(completed)
            counts.append(sum(self._count(page, asked, completed, answered, group) for page in group.pages))
        return counts

    def _count(
        self, name: str, asked: Collection[str], completed: State, answered: Collection[str], group: _Group
    ) -> int:
        page = self.rule_set.page[name]
        if self._decides[name].intersection(group.questions) & self.classes.entangled:
            return _weight(page)
        coming = [question for question in page.questions if question.id in asked]
        if all(question.id in answered for question in coming):
            return 0
        numbers = [question.id for question in coming if question.type is QuestionType.NUMBER]
        decided = {*group.questions, *answered}
        is_typed = any(name not in decided or completed[name] is not None for name in numbers)
        return 2 if page.read_back and is_typed else 1


def _weight(page: Page) -> int:
    """The most that a page can count."""
    has_number = any(question.type is QuestionType.NUMBER for question in page.questions)
    return 2 if page.read_back and has_number else 1


@lru_cache(maxsize=64)
def page_counter(engine: Engine) -> PageCounter:
    """The counter of an engine, made once."""
    return PageCounter(engine)
