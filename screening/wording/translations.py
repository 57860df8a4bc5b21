"""What is said of a translation: whether a person reads a reviewed one, and to authors what is missing from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screening.rulefiles.loading import LoadedRules
from screening.rulefiles.review import ReviewState
from screening.rulefiles.translation import Translation
from screening.wording.language import Language
from screening.wording.problems import located


def translation_notice(rules: LoadedRules, review: ReviewState, language: Language) -> str:
    """That nobody has reviewed the translation in which these rules speak; nothing where this is not so."""
    if not rules.translation or review.has_translation(rules.rule_set.language):
        return ""
    return language.gettext("No translator has reviewed this translation yet.")


def translation_stamp(rules: LoadedRules, review: ReviewState, language: Language) -> str:
    """Which translation it is and its state in a few words, for the foot of every page."""
    if not rules.translation:
        return ""
    name = f"{rules.rule_set.language} {rules.translation[:8]}"
    if review.has_translation(rules.rule_set.language):
        return language.gettext("%(name)s, translation reviewed", name=name)
    return language.gettext("%(name)s, translation not reviewed", name=name)


# --- for authors ---------------------------------------------------------------------------------


def translation_lines(translations: Iterable[Translation], review: ReviewState, language: Language) -> Iterator[str]:
    """What `screening check` says of the translations beside a rule file, every gap with its place."""
    say = language.gettext
    for each in translations:
        yield say(
            "Translation %(language)s: %(number)s texts, %(gaps)s missing, stale or copied; %(reviewed)s",
            language=each.language,
            number=each.count,
            gaps=len(each.gaps),
            reviewed=say("reviewed") if each.is_reviewed(review) else say("not reviewed"),
        )
        if not each.may_be_offered(review):
            yield "  " + say("offered in a demonstration only")
        for gap in each.gaps:
            yield f"  {located(gap, language)}"
