"""What counts as something written in a person's own words, or as their name."""

from __future__ import annotations

from screening.forms.typed_form import one_line
from screening.ruleset.reading.free_texts import clean, shows
from tests.support.every import for_every


@for_every(
    "typed",
    [
        *("", " ", "\t\n", "\u200b", "\u3164", "\u2800", "\ufeff\u00a0", "\U000e0041", "\ufffc", "\U0001d159"),
        *(
            "\u200d",
            "\u200c\u200c",
            "\ufe0f",
            "\U000e0100",
            "\u034f",
            "\u17b4",
            "\u180b",
            "\ufff0",
            "\U0001bca0",
            "\U0001d173",
        ),
    ],
)
def test_what_nobody_can_see_is_nothing_written_and_no_name(typed: str) -> None:
    assert not shows(clean(typed))
    assert one_line(typed) == ""


@for_every("typed", ["x", "?", "痛", "نعم", "\U0001f642", "\u2764\ufe0f", "علی\u200cرضا", "ក្ស"])
def test_what_shows_counts_with_all_that_belongs_to_it(typed: str) -> None:
    assert shows(clean(typed))
    assert clean(typed) == one_line(typed) == typed
