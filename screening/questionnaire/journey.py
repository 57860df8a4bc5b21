"""Where a person stands on the way through the pages: folded from the answers, never stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from screening.questionnaire.answers_state import AnswersState
from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.engine import Engine
from screening.ruleset.engine.pages_left import page_counter
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.questions import Page, Question
from screening.ruleset.model.rule_set import Ground, RuleSet
from screening.ruleset.reading.answer_reader import raw_answer, read_answer
from screening.ruleset.reading.answer_types import Answer, AnswerError, Quantity


@dataclass(frozen=True)
class Journey:
    """The answers kept, read against one rule set, and what follows for the way."""

    rules: LoadedRules
    engine: Engine
    state: AnswersState
    today: date
    """The day on which dates are judged, by the clinic's clock."""

    @property
    def rule_set(self) -> RuleSet:
        """The rule set asked."""
        return self.rules.rule_set

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The answers that can still be read; a changed rule file may have made some unreadable."""
        answers: dict[str, Answer] = {}
        for name, raw in self.state.answers.items():
            question = self.rule_set.question.get(name)
            if question:
                try:
                    answers[name] = read_answer(question, raw)
                except AnswerError:
                    continue
        return answers

    @cached_property
    def confirmed_answers(self) -> dict[str, Answer]:
        """The answers that count: numbers read back and not yet confirmed do not."""
        return {name: answer for name, answer in self.answers.items() if not self._awaits_confirmation(name, answer)}

    @cached_property
    def sent_answers(self) -> dict[str, Answer]:
        """Those of them whose questions are still asked: alone they are judged, sent, exported and attached."""
        return {name: answer for name, answer in self.confirmed_answers.items() if name in self.asked}

    def _awaits_confirmation(self, name: str, answer: Answer) -> bool:
        page = self.rule_set.page_of[name]
        if not isinstance(answer, Quantity) or page.id in self.state.confirmed:
            return False
        return page.read_back or answer.is_settled_by_bounds

    @property
    def earliest_day(self) -> date | None:
        """The date of the oldest answer that counts, where it is known to be older than the last one."""
        days = [self.state.days[name] for name in self.sent_answers if self.state.days.get(name)]
        return date.fromisoformat(min(days)) if days and min(days) < self.state.day else None

    @property
    def has_undated_answers(self) -> bool:
        """Whether an answer that counts comes from a file whose date nobody vouches for."""
        return any(not self.state.days.get(name, self.state.day) for name in self.sent_answers)

    @cached_property
    def plain(self) -> dict[str, Plain]:
        """The answers that count, as the rules read them."""
        return plain_answers(self.rule_set, self.confirmed_answers, self.today)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The questions asked after all answers given, confirmed or not: confirming asks nothing new."""
        return self.engine.asked_questions(plain_answers(self.rule_set, self.answers, self.today))

    def asked_with(self, more: Mapping[str, Answer]) -> frozenset[str]:
        """The questions asked if these answers were given too."""
        return self.engine.asked_questions(plain_answers(self.rule_set, {**self.answers, **more}, self.today))

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages that are asked, in order."""
        return tuple(
            page for page in self.rule_set.pages if any(question.id in self.asked for question in page.questions)
        )

    def printed_questions(self, page: Page) -> tuple[Question, ...]:
        """The questions printed on a page: those asked, and those that answers on this very page may call for."""
        own = {question.id for question in page.questions}
        names = self.engine.names
        return tuple(
            question
            for question in page.questions
            if question.id in self.asked or (question.ask_if and own & names.questions_in(question.ask_if.tree))
        )

    def is_answered(self, page: Page) -> bool:
        """Whether every question asked on a page has an answer, if only "I'm not sure"."""
        return all(question.id in self.answers for question in page.questions if question.id in self.asked)

    def awaits_confirmation(self, page: Page) -> bool:
        """Whether numbers of a page are still to be read back."""
        return any(
            self._awaits_confirmation(question.id, self.answers[question.id])
            for question in page.questions
            if question.id in self.asked and question.id in self.answers
        )

    @cached_property
    def next_page(self) -> Page | None:
        """The first page with something to answer or confirm; None where all is done."""
        return next((page for page in self.pages if not self.is_answered(page) or self.awaits_confirmation(page)), None)

    def page_to_go_on_with(self, page: Page | None) -> Page | None:
        """What follows a page to which somebody went back: the next one, answered or not; None where all is done.

        So they see page by page what else they said. Without a page it is the first open one.
        """
        if page not in self.pages or self.next_page is None:
            return self.next_page
        place = self.pages.index(page) + 1
        return self.pages[place] if place < self.pages.index(self.next_page) else self.next_page

    def most_pages_after(self, page: Page, *, read_back: bool = False) -> int:
        """The most pages that may come after a page, or after its numbers were read back: it never rises on the way."""
        own = set() if read_back else {question.id for question in page.questions}
        answered = {name: answer for name, answer in self.answers.items() if name not in own}
        left = page_counter(self.engine).most_left(plain_answers(self.rule_set, answered, self.today), answered.keys())
        unconfirmed = sum(self.awaits_confirmation(other) for other in self.pages if other.id != page.id)
        return max(0, left + unconfirmed - (not read_back))

    def may_open(self, page: Page) -> bool:
        """Whether a page is asked, and nothing before it is still to be done."""
        if page not in self.pages:
            return False
        return self.next_page is None or self.pages.index(page) <= self.pages.index(self.next_page)

    def page_before(self, page: Page) -> Page | None:
        """The page asked before this one."""
        index = self.pages.index(page) if page in self.pages else 0
        return self.pages[index - 1] if index else None

    @cached_property
    def interrupts(self) -> tuple[Ground, ...]:
        """The grounds that are shown as soon as they are certain."""
        return self.engine.interrupts(self.plain, self.confirmed_answers.keys())

    @property
    def unseen_interrupts(self) -> tuple[Ground, ...]:
        """Those that were not shown before."""
        return tuple(interrupt for interrupt in self.interrupts if interrupt.id not in self.state.seen)

    @cached_property
    def open_interrupts(self) -> tuple[Ground, ...]:
        """The grounds that call for help and may hold, whatever is still answered; none beside a certain one."""
        if any(interrupt.speed for interrupt in self.interrupts):
            return ()
        return self.engine.open_interrupts(self.plain, self.confirmed_answers.keys())

    @property
    def unseen_open_interrupts(self) -> tuple[Ground, ...]:
        """Those of them that were not shown before."""
        return tuple(interrupt for interrupt in self.open_interrupts if interrupt.id not in self.state.seen_open)

    def deciding_page(self, ground: Ground) -> Page:
        """The page whose answers made a ground certain, or left it open: the last one on the way that it reads."""
        read = self.engine.names.depends_on(ground.when.tree) & self.confirmed_answers.keys()
        return next(page for page in reversed(self.pages) if any(question.id in read for question in page.questions))

    # --- the journey after a step ---

    def after_answers(self, page: Page, answers: Mapping[str, Answer], day: str) -> Journey:
        """The journey after a page was answered. Answers of other pages stay; changed numbers wait for confirmation."""
        withdrawn = {question.id for question in self.printed_questions(page)} - answers.keys()
        raw = {name: value for name, value in self.state.answers.items() if name not in withdrawn}
        raw.update((name, raw_answer(answer)) for name, answer in answers.items())
        changed = any(self.answers.get(name) != answer for name, answer in answers.items())
        confirmed = [page_id for page_id in self.state.confirmed if page_id != page.id or not changed]
        days = self._older_days(raw.keys() - answers.keys(), day)
        claimed = self.state.claimed if "" in days.values() else ""
        state = replace(self.state, answers=raw, confirmed=confirmed, day=day, days=days, claimed=claimed)
        after = replace(self, state=state)
        certain = {interrupt.id for interrupt in after.interrupts}
        still_open = {interrupt.id for interrupt in after.open_interrupts}
        seen = [name for name in after.state.seen if name in certain]
        seen_open = [name for name in after.state.seen_open if name in still_open]
        return replace(after, state=replace(after.state, seen=seen, seen_open=seen_open))

    def _older_days(self, others: Collection[str], day: str) -> dict[str, str]:
        """The dates of the answers that were not given on the day of the last one."""
        days = {name: self.state.days.get(name, self.state.day) for name in others}
        return {name: answered_on for name, answered_on in days.items() if answered_on != day}

    def after_confirmation(self, page: Page) -> Journey:
        """The journey after the numbers of a page were confirmed."""
        return replace(self, state=replace(self.state, confirmed=[*self.state.confirmed, page.id]))

    def after_interrupts(self) -> Journey:
        """The journey after the interrupts were shown and left."""
        return replace(self, state=replace(self.state, seen=[interrupt.id for interrupt in self.interrupts]))

    def after_open_interrupts(self) -> Journey:
        """The journey after it was shown, and left, that help may be needed."""
        return replace(self, state=replace(self.state, seen_open=[ground.id for ground in self.open_interrupts]))
