"""What is said where nothing can be found by what was typed."""

from __future__ import annotations

from screening.storage.submissions.desk_list.finding import Search
from screening.wording.language.languages import Language


def message_without(search: Search, language: Language) -> str:
    """Why nothing was listed: a code that leads nowhere, or a text that means nothing."""
    say = language.gettext
    if search.code:
        return say("There is nothing with this code, or it was withdrawn or deleted.")
    return say(
        "This is no code, number, e-mail address or name. A code has nine letters and digits, such as %(code)s; a "
        "number may need + and its country code; of a name type at least two letters.",
        code="ABC-DEF-GHJ",
    )
