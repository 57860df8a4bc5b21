"""What the tests of forms share: fields of the liver's questions, and what a browser sends."""

from __future__ import annotations

from hypothesis import strategies as st

from screening.forms.fields import NO_UNIT, UNSURE
from screening.forms.page_form import PageForm
from screening.forms.question_field import QuestionField
from screening.ruleset.model.questions import Question, QuestionType
from tests.support.cases import ENGLISH, RULES

QUESTIONS = RULES.rule_set.questions


class Body:
    """What a browser sent, as Flask gives it."""

    def __init__(self, values: dict[str, list[str]]) -> None:
        self.values = values

    def getlist(self, key: str) -> list[str]:
        """Every value under this name."""
        return self.values.get(key, [])


def field_of(question: Question) -> QuestionField:
    """The field of a question, as a page's form makes it."""
    page = RULES.rule_set.page_of[question.id]
    return PageForm(page, [question], ENGLISH, {}).fields[question.id]


def anything() -> st.SearchStrategy[str]:
    """What may stand in an input: digits mostly, and whatever else."""
    digits = st.text("0123456789.,<>- kPa", max_size=12)
    return st.one_of(digits, st.text(max_size=30))


def sendings(question: Question) -> st.SearchStrategy[dict[str, list[str]]]:
    """What a browser may send for a question: what its page offers, and now and then something else."""
    name = question.id
    codes = st.sampled_from([*question.option, UNSURE])
    odd = st.one_of(codes, codes, codes, st.text(min_size=1, max_size=10))
    match question.type:
        case QuestionType.TEXT:
            return st.fixed_dictionaries({name: st.lists(st.text(max_size=60), min_size=1, max_size=1)})
        case QuestionType.DATE:
            dates = st.sampled_from(["17/5/2024", "5/2024", "2024", "31/4/2024", UNSURE, ""]) | st.text(max_size=12)
            return st.fixed_dictionaries({name: st.lists(dates, min_size=1, max_size=2)})
        case QuestionType.CHOICE:
            return st.fixed_dictionaries({}, optional={name: st.lists(odd, min_size=1, max_size=1)})
        case QuestionType.SEVERAL:
            return st.fixed_dictionaries({}, optional={name: st.lists(odd, min_size=1, max_size=8, unique=True)})
        case QuestionType.NUMBER:
            units = st.sampled_from([*(unit.code for unit in question.units), NO_UNIT])
            typed = {name: st.lists(anything(), min_size=1, max_size=1)}
            chosen = {f"{name}-unit": st.lists(units, min_size=1, max_size=1)} if len(question.units) > 1 else {}
            return st.fixed_dictionaries(typed, optional=chosen)
