"""What `screening check` says of the translations beside a rule file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screening.rulefiles.review.state import ReviewState
from screening.rulefiles.translation.loader import Translation
from screening.wording.authors.mistakes.problems import located_problem
from screening.wording.language.languages import Language


def translation_lines(translations: Iterable[Translation], review: ReviewState, language: Language) -> Iterator[str]:
    """Each translation with its state, and every gap in it with its place."""
    say = language.gettext
    for translation in translations:
        yield say(
            "Translation %(language)s: %(number)s texts, %(gaps)s missing, stale or copied; %(reviewed)s",
            language=translation.language,
            number=translation.count,
            gaps=len(translation.gaps),
            reviewed=say("reviewed") if translation.is_reviewed(review) else say("not reviewed"),
        )
        if not translation.may_be_offered(review):
            yield "  " + say("offered in a demonstration only")
        for gap in translation.gaps:
            yield f"  {located_problem(gap, language)}"
