"""What of saved answers is taken over today: what can still be read, and is not too old by the rule file's own word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from screening.questionnaire.answers_state import AnswersState
from screening.questionnaire.saved_answers import SavedAnswers, question_digest
from screening.ruleset.model.questions import Question
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_reader import raw_answer, read_answer
from screening.ruleset.reading.answer_types import AnswerError


@dataclass(frozen=True, slots=True)
class OpenedAnswers:
    """A file that was opened."""

    state: AnswersState
    """What is taken over."""
    changed: tuple[Question, ...]
    """Questions that were answered and are asked in other words, or with other options, today."""
    gone: int
    """How many answers are to questions that are no longer there."""
    asked_again: tuple[Question, ...]
    """Questions whose answers were left out because they are too old, or nobody knows how old."""
    saved_on: date | None
    """The date of the last answer; None where the file names none."""
    is_dated: bool
    """Whether this deployment vouches for that date."""

    def as_members(self) -> dict[str, object]:
        """What is told of it, as JSON: questions by their ids."""
        return {
            "changed": [question.id for question in self.changed],
            "asked_again": [question.id for question in self.asked_again],
            "gone": self.gone,
            "saved_on": self.saved_on.isoformat() if self.saved_on else "",
            "is_dated": self.is_dated,
        }


def take_over(saved: SavedAnswers, rule_set: RuleSet, today: date) -> OpenedAnswers:
    """What is taken over of a file. A date that is not sealed, or of days to come, counts as none at all."""
    is_dated = saved.is_sealed and bool(saved.state.day) and date.fromisoformat(saved.state.day) <= today
    dated = saved.state if is_dated else _undated(saved.state, today)
    known = {name: question for name, question in rule_set.question.items() if name in dated.answers}
    readable = {name: raw for name, question in known.items() if (raw := _readable(question, dated.answers[name]))}
    again = tuple(question for name, question in known.items() if is_too_old(question, dated, today))
    left_out = {question.id for question in again}
    answers = {name: raw[0] for name, raw in readable.items() if name not in left_out}
    changed = (
        question
        for name, question in known.items()
        if question_digest(question) != saved.digests.get(name) or name not in readable
    )
    return OpenedAnswers(
        state=_fitting(replace(dated, answers=answers), rule_set, anew=bool(again)),
        changed=tuple(question for question in changed if question.id not in left_out),
        gone=len(dated.answers.keys() - known.keys()),
        asked_again=again,
        saved_on=date.fromisoformat(saved.state.day) if saved.state.day else None,
        is_dated=is_dated,
    )


def is_too_old(question: Question, state: AnswersState, today: date) -> bool:
    """Whether an answer is to be asked for again: older than the rule file allows, or nobody knows how old."""
    if question.ask_again is None:
        return False
    answered_on = state.day_of(question.id)
    return answered_on is None or not 0 <= (today - answered_on).days <= question.ask_again.days


def _undated(state: AnswersState, today: date) -> AnswersState:
    """Answers whose dates nobody knows: what they claim is only repeated, as a claim."""
    return replace(state, day=today.isoformat(), days=dict.fromkeys(state.answers, ""), claimed=state.day)


def _readable(question: Question, raw: object) -> tuple[object] | None:
    """A raw answer as this service writes it; None where the question cannot be answered so."""
    try:
        return (raw_answer(read_answer(question, raw)),)
    except AnswerError:
        return None


def _fitting(state: AnswersState, rule_set: RuleSet, *, anew: bool) -> AnswersState:
    """Without what speaks of nothing that is there; warnings are shown again where something is asked anew."""
    return replace(
        state,
        confirmed=[page.id for page in rule_set.pages if page.id in state.confirmed],
        seen=[] if anew else [ground.id for ground in rule_set.grounds if ground.id in state.seen],
        seen_open=[] if anew else [ground.id for ground in rule_set.grounds if ground.id in state.seen_open],
        days={name: day for name, day in state.days.items() if name in state.answers},
    )
