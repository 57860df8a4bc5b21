"""What the field of every question does: it keeps what was sent, and reads it into an answer or an error in words.

A page shown again with an error loses nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import Field

from screening.forms.submitted_form import SubmittedForm
from screening.ruleset.model.questions import Question
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer, AnswerError
from screening.wording.document.answers import answer_error
from screening.wording.language.languages import Language

MOST_IN_SIGHT = 20
"""Options that are printed one below the other; more of them are a long list, which can be shortened."""


class QuestionField(Field):
    """What was sent for one question, and the answer it makes."""

    def __init__(self, question: Question, language: Language, **kwargs: Any) -> None:
        super().__init__(label=question.text, **kwargs)
        self.question = question
        self.language = language
        self.answer: Answer | None = None
        """What was answered; None where nothing was, or where it cannot be read."""
        self.way_out = ""
        """What can be done on this page where there is no answer to give, as a sentence; empty where nothing can."""
        self.read_back = False
        """Whether a number is shown again before it counts."""
        self.today: date | None = None
        """The day by which a date is plausible; None: any is."""
        self.from_paper = False
        """Whether a number is copied from a paper, where a sign such as "<" or a unit may stand beside it."""

    @property
    def is_long(self) -> bool:
        """Whether there are more options than anybody looks through one by one, as with countries."""
        return len(self.question.options) > MOST_IN_SIGHT

    def show(self, answer: Answer | None) -> None:
        """Take over an answer given before."""
        raise NotImplementedError

    def take(self, form: SubmittedForm) -> None:
        """Take over what was sent."""
        raise NotImplementedError

    @property
    def is_empty(self) -> bool:
        """Whether nothing was sent."""
        raise NotImplementedError

    def raw(self) -> object:
        """What was sent, as `read_answer` reads it."""
        raise NotImplementedError

    def read(self, *, needed: bool) -> None:
        """Read what was sent into `answer`, or put into words why it cannot be read."""
        self.errors = []
        self.answer = None
        if self.is_empty:
            if needed:
                self._refuse("unanswered")
            return
        try:
            self.answer = read_answer(self.question, self.raw(), read_back=self.read_back, today=self.today)
        except AnswerError as error:
            self.errors = [answer_error(error, self.language, self.way_out)]

    def _refuse(self, code: str, **values: object) -> None:
        self.errors = [answer_error(AnswerError(self.question, code, **values), self.language, self.way_out)]

    @property
    def anchor(self) -> str:
        """The id of the first input, to which an error leads."""
        return str(self.id)
