"""The cases that travel with the liver rules: one of each kind of outcome for quick tests, more for slow ones."""

from __future__ import annotations

from datetime import date
from functools import cache

from screening.rulefiles.cases.case_file import Case, plain_answers
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.review.state import UNREVIEWED
from screening.rulefiles.translation.loader import Translation, load_translations
from screening.ruleset.model.outcome import Outcome
from screening.wording.document.blocks import Document
from screening.wording.language.languages import CATALOGUES, language
from screening.wording.summary.context import SummaryInput
from screening.wording.summary.result import result_document
from tests.conftest import ROOT

LIVER = ROOT / "rules" / "liver.yaml"
DAY = date(2026, 11, 22)
ENGLISH = language("en")
TRANSLATED = tuple(sorted(path.stem for path in CATALOGUES.glob("*.po")))
"""The languages that the liver rules are translated into; `translations` reads what they say in each."""
RULES: LoadedRules = load_rule_file(LIVER)
CASES = RULES.cases
_BY_ID = {id(case): case for case in CASES}
_DOCUMENTS: dict[int, Document] = {}


def given(case: Case, rules: LoadedRules = RULES) -> SummaryInput:
    """The input of a summary with the answers of a case."""
    return SummaryInput(rules, case.answers, ENGLISH, DAY, UNREVIEWED)


@cache
def translations() -> dict[str, Translation]:
    """What the rules say in each language, read once."""
    return load_translations(RULES)


def document_of(case: Case) -> Document:
    """All that is said about a case; made once for all tests where it is one of `CASES`."""
    if id(case) not in _BY_ID:
        return result_document(given(case))
    if id(case) not in _DOCUMENTS:
        _DOCUMENTS[id(case)] = result_document(given(case))
    return _DOCUMENTS[id(case)]


def outcome_of(case: Case) -> Outcome:
    """What the engine returns for a case."""
    return RULES.engine.evaluate(plain_answers(RULES.rule_set, case.answers))


def by_name(case: Case) -> str:
    """The name of a case."""
    return case.name


def kind_of(case: Case) -> str:
    """The category of a case, with the kind where it is undetermined and the word "maybe urgent" where it may be."""
    outcome = outcome_of(case)
    kind = f"{outcome.category}, {outcome.kind}" if outcome.kind else outcome.category
    return f"{kind}, maybe urgent" if outcome.kind and "urgent" in outcome.possible else kind


ONE_OF_EACH: dict[str, Case] = {kind_of(case): case for case in reversed(CASES)}
"""The first case of each kind of outcome."""


def _told_of(case: Case) -> frozenset[tuple[str, ...]]:
    """What a case makes the rules tell: its kind, each ground met or open, each note, and each question not asked."""
    outcome = outcome_of(case)
    return frozenset(
        {
            ("kind", kind_of(case)),
            *(("met", ground) for ground in outcome.grounds),
            *(("open", ground) for grounds in outcome.open_grounds.values() for ground in grounds),
            *(("note", note) for note in outcome.notes),
            *(("not asked", question) for question in RULES.rule_set.question if question not in outcome.asked),
        }
    )


@cache
def enough_cases() -> tuple[Case, ...]:
    """Few cases that together tell all that any case tells, chosen greedily, for what takes a second a case.

    Only for what is made of one case's outcome: what tells one case from another is looked at over all `CASES`.
    """
    told = {case.name: _told_of(case) for case in CASES}
    left, chosen = set().union(*told.values()), []
    while left:
        best = max(CASES, key=lambda case: len(told[case.name] & left))
        left -= told[best.name]
        chosen.append(best)
    return tuple(chosen)
