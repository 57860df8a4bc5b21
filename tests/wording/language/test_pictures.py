"""Drawings of papers: headings in the reader's language, names and numbers as they are printed."""

from __future__ import annotations

import pytest

from screening.documents.text_width import text_width
from screening.wording.language.languages import language
from screening.wording.language.pictures import picture_in
from tests.support.cases import ENGLISH, RULES, TRANSLATED

PAPER = RULES.illustrations["blood_report"]
WIDTHS = {"Result": 196 - 122, "Unit": 252 - 196, "Range": 319 - 252}
"""Room of a heading up to the next column, in the units of the drawing."""


def test_in_english_a_drawing_stays_as_it_is() -> None:
    assert [picture_in(picture, ENGLISH) for picture in RULES.illustrations.values()] == list(
        RULES.illustrations.values()
    )


@pytest.mark.parametrize("tag", TRANSLATED)
def test_headings_are_told_in_every_language_and_fit_their_columns(tag: str) -> None:
    told = picture_in(PAPER, language(tag))
    assert ">Range<" not in told
    assert ">Test<" not in told
    assert ">SGOT (AST)<" in told
    for heading, room in WIDTHS.items():
        said = language(tag).gettext(heading)
        assert said != heading or (tag, heading) == ("ms", "Unit")
        assert f">{said}<" in told
        assert text_width(said, 12, bold=True) < room


def test_what_a_translation_says_cannot_be_markup() -> None:
    class Other:
        def gettext(self, message: str) -> str:
            return f"<b>{message}&"

    assert "<b>" not in picture_in(PAPER, Other())  # type: ignore[arg-type]
