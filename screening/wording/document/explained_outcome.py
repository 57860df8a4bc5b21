"""An outcome with all that explains it, as members of a JSON object: what `screening evaluate` and the API print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.cases.outcome_json import explanation_members, outcome_members, range_members
from screening.rulefiles.checks.told_values import told_values
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.model.dates import TODAY
from screening.ruleset.reading.answer_types import Answer
from screening.wording.document.read_back import unusual_numbers

ALL_ON: frozenset[str] = frozenset()


def explained_members(
    rules: LoadedRules,
    answers: Mapping[str, Answer],
    today: date,
    *,
    explain: bool,
    parts_off: frozenset[str] = ALL_ON,
) -> dict[str, object]:
    """An outcome as the members of a JSON object; explained with what is missing, what would settle it, and so on.

    `today` is the day on which dates are judged, and stands in it where there are any. Raises
    `RequiredAnswerMissingError` where there is no outcome.
    """
    explainer = rules.explainer_without(parts_off)
    plain = plain_answers(rules.rule_set, answers, today)
    members = outcome_members(rules.rule_set, explainer.engine.evaluate(plain))
    members |= range_members(explainer.engine, told_values(rules.texts, rules.rule_set), plain)
    if explain:
        members |= explanation_members(rules.rule_set, explainer.explain(plain))
    judged_on = {TODAY: today.isoformat()} if rules.rule_set.has_dates else {}
    return members | judged_on | {"unusual": unusual_numbers(rules.rule_set, answers), "rules": rules.identity}
