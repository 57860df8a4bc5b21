"""What would settle a possible category: a set of answers to strict questions that leaves it alone.

Answering a strict question that no `ask_if` reads can only narrow what is possible: the very questions stay asked. One
that some `ask_if` reads steers: its answer, and also leaving it open, may change what is asked. So every way to answer
or leave open the steering ones is gone through, newly asked ones included; beneath each, what the others must be is
read off a completion, and searched only where steering ones stay open. That misses nothing (see `LIMIT`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from screening.ruleset.engine.engine import UNSURE, Engine
from screening.ruleset.explanation.number_candidates import NumberCandidates
from screening.ruleset.model.answers import Bound, Plain, State, Witness
from screening.ruleset.model.open_answers import leaves_others
from screening.ruleset.model.outcome import Settling
from screening.ruleset.model.questions import Question, QuestionType

LIMIT = 10_000
"""Answer sets tried for one explanation before it gives up and says so: under a second."""

Candidates = Callable[[Question, Plain], Iterable[Plain]]
"""The answers that stand for all that a question may still be answered with."""


class _LimitError(Exception):
    """As many answer sets were tried as may be."""


@dataclass
class _Search:
    """One search: what is left of the limit, and what was found by category."""

    wanted: set[str]
    left: int
    by_category: dict[str, dict[str, Plain]] = field(default_factory=dict)


class SettlingSearch:
    """Finds what settles the categories of one engine's outcomes; made once for an engine."""

    def __init__(self, engine: Engine, candidates: Candidates, limit: int = LIMIT) -> None:
        self._engine = engine
        self._candidates = candidates
        self._limit = limit
        asking = (question.ask_if.tree for question in engine.rule_set.questions if question.ask_if)
        read = frozenset[str]().union(*map(engine.names.questions_in, asking))
        strict = [question for question in engine.rule_set.questions if question.strict]
        self._steering = [question for question in strict if question.id in read]
        self._plain = [question for question in strict if question.id not in read]

    @cached_property
    def _numbers(self) -> NumberCandidates:
        """Worked out where it is first needed."""
        return NumberCandidates(self._engine.rule_set)

    def settlings(self, state: State, possible: Mapping[str, Witness]) -> tuple[tuple[Settling, ...], bool]:
        """One smallest set for each possible category that answers can settle, and whether nothing was left untried."""
        search = _Search(set(possible) if len(possible) > 1 else set(), self._limit)
        complete = True
        for category in sorted(search.wanted):
            self._first_witness(category, possible[category], state, search)
        try:
            self._steer(0, state, {}, search)
        except _LimitError:
            complete = False
        order = [category.id for category in self._engine.rule_set.categories]
        return tuple(
            Settling(name, self._smallest(name, search.by_category[name], state))
            for name in order
            if name in search.by_category
        ), complete

    # --- the search ---

    def _settle(self, state: State, search: _Search) -> tuple[dict[str, Witness], State]:
        """The possible categories of an answer set, and what counts in it."""
        if search.left == 0:
            raise _LimitError
        search.left -= 1
        counted, _ = self._engine.functions.effective(state)
        return self._engine.functions.settle(counted), counted

    def _first_witness(self, category: str, witness: Witness, state: State, search: _Search) -> None:
        """Most often the first completion settles the category; where it decides anew what is asked, it may not."""
        answers = self._bound(witness, state, self._steering + self._plain)
        if self._engine.possible({**state, **answers}) == {category}:
            self._record(category, answers, search)

    def _steer(self, index: int, state: State, settling: dict[str, Plain], search: _Search) -> None:
        """Go through the ways to answer or leave open the steering questions from this one on."""
        if not search.wanted:
            return
        if index == len(self._steering):
            self._beneath(state, settling, search)
            return
        question = self._steering[index]
        self._steer(index + 1, state, settling, search)
        if leaves_others(question, state[question.id]) and self._is_asked(question, state):
            for answer in self._answers(question, state):
                self._steer(index + 1, {**state, question.id: answer}, {**settling, question.id: answer}, search)

    def _answers(self, question: Question, state: State) -> Iterable[Plain]:
        """What stands for all answers to an open question."""
        if question.type in (QuestionType.NUMBER, QuestionType.DATE):
            return self._numbers.numbers(question.id, state)
        return self._candidates(question, state[question.id])

    def _is_asked(self, question: Question, state: State) -> bool:
        return question.ask_if is None or question.id in self._engine.asked_questions(state)

    def _beneath(self, state: State, settling: dict[str, Plain], search: _Search) -> None:
        """Settle what can be settled once it stands what is asked: by answers to questions that do not steer."""
        possible, _ = self._settle(state, search)
        for category in sorted(search.wanted & possible.keys()):
            rest = self._bound(possible[category], state, self._plain)
            if self._engine.possible({**state, **rest}) == {category}:
                self._record(category, {**settling, **rest}, search)
                continue
            answers = next(self._narrow(category, state, 0, search), None)
            if answers is not None:
                self._record(category, {**settling, **answers}, search)

    def _narrow(self, category: str, state: State, index: int, search: _Search) -> Iterator[dict[str, Plain]]:
        """Answers to the questions that do not steer, from this one on, that leave the category alone."""
        possible, counted = self._settle(state, search)
        if category not in possible:
            return
        if len(possible) == 1:
            yield {}
            return
        for later in range(index, len(self._plain)):
            question = self._plain[later]
            if leaves_others(question, counted[question.id]):
                for answer in self._answers(question, counted):
                    for more in self._narrow(category, {**state, question.id: answer}, later + 1, search):
                        yield {question.id: answer, **more}
                return

    def _bound(self, witness: Witness, state: State, among: Iterable[Question]) -> dict[str, Plain]:
        """What a completion says of the questions among these that are open.

        A question that is not asked is completed with what counts then; that is no answer to it where one was begun.
        """
        completed = dict(zip(self._engine.functions.settled_order, witness, strict=True))
        asked = self._engine.asked_questions(state)
        return {
            question.id: answer
            for question in among
            if (answer := completed.get(question.id)) is not None
            and not isinstance(answer, Bound)
            and leaves_others(question, state[question.id])
            and (question.id in asked or state[question.id] in (None, UNSURE))
        }

    @staticmethod
    def _record(category: str, answers: dict[str, Plain], search: _Search) -> None:
        search.by_category[category] = answers
        search.wanted.discard(category)

    # --- what can be left out ---

    def _smallest(self, category: str, answers: dict[str, Plain], state: State) -> dict[str, Plain]:
        """The answers without those that can be left out, tried in question order."""
        needed = {
            question.id: answers[question.id] for question in self._engine.rule_set.questions if question.id in answers
        }
        shrinking = True
        while shrinking:  # where leaving one out changes what is asked, an earlier one may be free to go too
            shrinking = False
            for name in list(needed):
                fewer = {key: answer for key, answer in needed.items() if key != name}
                if self._engine.possible({**state, **fewer}) == {category}:
                    needed, shrinking = fewer, True
        return needed
