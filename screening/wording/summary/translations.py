"""What people are told of the translation in which they read: which one it is, and whether anybody has reviewed it."""

from __future__ import annotations

from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.state import ReviewState
from screening.wording.language.languages import Language


def translation_notice(rules: LoadedRules, review: ReviewState, language: Language) -> str:
    """That nobody has reviewed the translation in which these rules speak; nothing where this is not so."""
    if not rules.translation or review.has_translation(rules.rule_set.language):
        return ""
    return language.gettext("No translator has reviewed this translation yet.")


def translation_stamp(rules: LoadedRules, review: ReviewState, language: Language) -> str:
    """Which translation it is and its state in a few words, for the foot of every page; nothing of an original."""
    if not rules.translation:
        return ""
    name = f"{rules.rule_set.language} {rules.translation[:8]}"
    if review.has_translation(rules.rule_set.language):
        return language.gettext("%(name)s, translation reviewed", name=name)
    return language.gettext("%(name)s, translation not reviewed", name=name)
