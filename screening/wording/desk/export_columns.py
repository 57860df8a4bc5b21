"""The columns of the desk's spreadsheet, and what each means: the data dictionary that is handed out beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import Ground, RuleSet
from screening.wording.desk.conditions import condition_in_words
from screening.wording.desk.terms import REASONS, STATES
from screening.wording.language.languages import N_, Language

NOT_SURE = "not_sure"
_MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "code": N_("The code of the submission"),
        "state": N_("Where the work on it stands"),
        "reason": N_("Why it was closed"),
        "received_at": N_("When it was sent, in the clinic's time"),
        "received_offset": N_("How many minutes that clock is ahead of UTC"),
        "opened_at": N_("When it was first opened here"),
        "opened_offset": N_("How many minutes that clock is ahead of UTC"),
        "contacted_at": N_("When the person was first reached"),
        "contacted_offset": N_("How many minutes that clock is ahead of UTC"),
        "ended_at": N_("When it was closed"),
        "ended_offset": N_("How many minutes that clock is ahead of UTC"),
        "answered_on": N_("The day on which the answers were given"),
        "language": N_("The language in which they were given"),
        "tries": N_("How often somebody tried to reach the person in vain"),
        "call_first": N_("How many answers call for a call before all others"),
        "conflicts": N_("How many pairs of answers do not fit together"),
        "unsure": N_("How many questions were answered with not sure"),
        "versions": N_("How often answers were sent, the first time and changes"),
        "rules": N_("The hash of the rules that judged the latest version when it was sent"),
        "section": N_("What they gave, as the person saw it"),
        "rules_today": N_("The hash of the rules of today"),
        "section_today": N_("What these give; empty where they cannot read the answers"),
    }
)
MOMENTS: Mapping[str, str] = MappingProxyType(
    {
        "received_at": "received_offset",
        "opened_at": "opened_offset",
        "contacted_at": "contacted_offset",
        "ended_at": "ended_offset",
    }
)
"""The columns of moments, each with the one beside it that says how far its clock is ahead of UTC: with both in one
cell, no spreadsheet takes it for a moment.
"""
PLAIN = ("code", "state", "reason", *chain.from_iterable(MOMENTS.items()), "answered_on", "language")
COUNTED = ("tries", "call_first", "conflicts", "unsure")
JUDGED = ("versions", "rules", "section", "rules_today", "section_today")
HEAD = ("column", "meaning", "unit", "values")
_GROUNDS = "met; not_met; not_sure; not_asked"


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """One line of the data dictionary."""

    column: str
    meaning: str
    unit: str = ""
    """UCUM; empty where it is no number with a unit."""
    values: str = ""
    """The codes that may stand there, each with its words; empty where anything may."""


def question_columns(question: Question) -> tuple[str, ...]:
    """The columns of one question: a number has its unit as typed, and the text as typed, beside it."""
    columns = ("answer", "unit", "typed") if question.units else ("answer",)
    return tuple(f"{column}:{question.id}" for column in columns)


def ground_column(ground: Ground) -> str:
    """The column of one ground."""
    return f"ground:{ground.id}"


def data_dictionary(rule_set: RuleSet, language: Language) -> Iterator[ColumnMeaning]:
    """What each column of the spreadsheet means, in the order in which they stand there."""
    say = language.gettext
    coded = {"state": STATES, "reason": REASONS}
    for name in (*PLAIN, *COUNTED, *JUDGED):
        values = {code: say(words) for code, words in coded.get(name, {}).items()}
        unit = "min" if name in MOMENTS.values() else ""
        yield ColumnMeaning(name, say(_MEANINGS[name]), unit, _listed(values))
    for question in rule_set.questions:
        yield from _question(question, language)
    for ground in rule_set.grounds:
        condition = condition_in_words(ground.when.tree, rule_set, language)
        yield ColumnMeaning(ground_column(ground), condition.whole, values=_GROUNDS)


def _question(question: Question, language: Language) -> Iterator[ColumnMeaning]:
    if question.type is QuestionType.TEXT:
        yield ColumnMeaning(question_columns(question)[0], question.text)
        return
    not_sure = {NOT_SURE: question.not_sure or language.gettext("I'm not sure")}
    if question.type is QuestionType.DATE:
        yield ColumnMeaning(question_columns(question)[0], question.text, values=_listed(not_sure))
        return
    if not question.units:
        options = {option.code: option.text for option in question.options}
        (column,) = question_columns(question)
        yield ColumnMeaning(column, question.text, values=_listed({**options, **not_sure}))
        return
    say = language.gettext
    answer, unit, typed = question_columns(question)
    yield ColumnMeaning(answer, question.text, question.stored_unit.code, _listed(not_sure))
    units = {offered.code: offered.label for offered in question.units}
    yield ColumnMeaning(unit, say("The unit in which it was typed"), values=_listed({**units, **not_sure}))
    yield ColumnMeaning(typed, say("What was typed, to the letter"))


def _listed(values: Mapping[str, str]) -> str:
    return "; ".join(f"{code} = {words}" for code, words in values.items())
