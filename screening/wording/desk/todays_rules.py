"""Would the rules of today say the same about answers that other rules judged?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.engine import RequiredAnswerMissingError
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_types import AnswerError
from screening.wording.document.answers import answer_error
from screening.wording.language.languages import Language
from screening.wording.summary.context import SummaryContext
from screening.wording.summary.stored import input_from


class Agreement(StrEnum):
    """How the rules of today compare."""

    SAME_RULES = "same_rules"
    SAME = "same"
    OTHER = "other"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class TodaysResult:
    """What the rules of today say."""

    agreement: Agreement
    text: str
    """One sentence."""
    dropped: tuple[str, ...] = ()
    """Answers to questions that are no longer asked at all, by their labels."""


def by_todays_rules(members: Mapping[str, Any], then: SummaryContext, today: LoadedRules) -> TodaysResult:
    """What today's rules make of an input that was kept, beside what was made of it then."""
    language = then.language
    say = language.gettext
    if then.input.rules.hash == today.hash:
        return TodaysResult(Agreement.SAME_RULES, say("Judged by the very rules of today."))
    gone = tuple(
        then.rule_set.question[answer].label for answer in then.input.answers if answer not in today.rule_set.question
    )
    try:
        now = SummaryContext(input_from(members, today, language))
    except AnswerError as error:
        text = say(
            'Today\'s rules (%(version)s) cannot read the answer to "%(question)s": %(why)s',
            version=today.rule_set.version,
            question=error.question.label,
            why=answer_error(error, language),
        )
        return TodaysResult(Agreement.UNREADABLE, text, gone)
    except RequiredAnswerMissingError as error:
        labels = language.all_of([today.rule_set.question[question].label for question in error.questions])
        text = say("Today's rules need an answer that was not asked for then: %(questions)s.", questions=labels)
        return TodaysResult(Agreement.UNREADABLE, text, gone)
    version = today.rule_set.version
    if (now.outcome.category, now.outcome.possible) == (then.outcome.category, then.outcome.possible):
        return TodaysResult(Agreement.SAME, say("Today's rules (%(version)s) say the same.", version=version), gone)
    text = say("Today's rules (%(version)s) say: %(sections)s.", version=version, sections=_sections(now, language))
    return TodaysResult(Agreement.OTHER, text, gone)


def _sections(context: SummaryContext, language: Language) -> str:
    rule_set: RuleSet = context.rule_set
    if len(context.outcome.possible) == 1:
        return context.category.name
    return language.any_of(
        [category.name for category in rule_set.categories if category.id in context.outcome.possible]
    )
