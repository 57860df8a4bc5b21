"""In which scripts a whole PDF may be: those whose text comes out as it went in, for programs of every kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import cycle

import pytest

from screening.documents.font_checks import READ_BACK, is_on_paper
from screening.documents.html import summary_html
from screening.documents.pdf import make_pdf
from tests.support.cases import ENGLISH, ONE_OF_EACH, document_of
from tests.support.pdf import squeezed, words_of
from tests.support.spoken import speech_of

_GREEK = "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώϊϋΐΰς"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ"
_HANZI = "".join(bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xA9))
_TAMIL = "தொழி கௌரி நோயாளி க்ஷமா மிகை பெண் "
_ARABIC = "مُحَمَّد سلام علاءٌ نفسيّةً "
LETTERS = {"Latn": "àéîõüñçåøšžāķęłşğ", "Grek": _GREEK, "Cyrl": _CYRILLIC, "Hans": _HANZI}
HARMED = {"Taml": _TAMIL, "Arab": _ARABIC}


def written_in(letters: str) -> tuple[str, str]:
    """The HTML of a summary with every letter of its body replaced by the next of these, and its text."""
    following = cycle(letters)
    head, body = summary_html(document_of(ONE_OF_EACH["fibrosis"]), ENGLISH).split("</head>")
    body = re.sub(r'<svg.*?</svg>|<p id="footing">.*?</p>', "", body, flags=re.DOTALL)  # neither is tagged as text
    body = re.sub(r"&[^;]+;", " ", body)
    said: list[str] = []

    def replace(match: re.Match[str]) -> str:
        text = "".join(next(following) if letter.isalpha() else letter for letter in match[0])
        said.append(text)
        return text

    body = re.sub(r"(?<=>)[^<>]+(?=<)", replace, body)
    return f"{head}</head>{body}", "".join(said)


def is_read_out(letters: str, read: Callable[[bytes], str]) -> bool:
    """Whether each word of a summary in these letters is read out of its PDF."""
    html, said = written_in(letters)
    found = squeezed(read(make_pdf(html, "t")))
    return all(squeezed(word) in found for word in said.split())


def test_scripts_are_tried_that_are_offered() -> None:
    assert set(LETTERS) == set(READ_BACK)
    assert all(map(is_on_paper, ("en", "ms", "id", "zh-Hans", "zh-CN", "el", "ru")))
    assert not any(map(is_on_paper, ("ta", "ar", "ms-Arab", "hi", "th", "xx")))


@pytest.mark.slow
@pytest.mark.parametrize("script", LETTERS)
def test_a_summary_in_a_script_that_is_offered_is_read_out_as_it_went_in(script: str) -> None:
    assert is_read_out(LETTERS[script], words_of)
    assert is_read_out(LETTERS[script], speech_of)


@pytest.mark.slow
@pytest.mark.parametrize("script", HARMED)
def test_a_summary_in_another_script_would_be_read_as_other_letters(script: str) -> None:
    """Where this fails, programs have learnt it, or the fonts: then the script can be offered."""
    assert not is_read_out(HARMED[script], speech_of)
