"""Characters that nobody can see are refused wherever a file can hold them, and told by place and code point."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from screening.rulefiles.yaml.invisible import invisible
from screening.rulefiles.yaml.reader import read_yaml
from tests.rulefiles.edited import SMALL_TEXT, edited, mistakes
from tests.support.every import for_every

FORMAT = [chr(point) for point in range(0x110000) if unicodedata.category(chr(point)) in ("Cf", "Zl", "Zp")]
"""Unicode's format characters and separators of lines and paragraphs."""
VISIBLE = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Format characters that are drawn: signs of Arabic, Syriac and Kaithi that stand around a number."""


@for_every("character", [letter for letter in FORMAT if letter not in VISIBLE and ord(letter) < 0x13430])
def test_no_format_character_stands_in_a_latin_word(character: str) -> None:
    assert [match.start() for match in invisible(f"cu{character}re")] == [2]


@for_every("character", sorted(VISIBLE))
def test_a_format_character_that_is_drawn_is_no_invisible_one(character: str) -> None:
    assert not list(invisible(f"a{character}1"))


@for_every(
    "text",
    [
        "می\u200cخواهم",  # Persian: the stem and its ending do not join
        "क्\u200dष",  # Hindi: a half letter
        "ක්\u200dෂ",  # Sinhala
        "ភាសា\u200bខ្មែរ",  # Khmer: a line may end here
        "ภาษา\u200bไทย",  # Thai
        "👩\u200d⚕\ufe0f",  # a doctor
        "☎\ufe0f 999",
        "葛\U000e0100飾区",  # a variant of an ideograph
        "150\u00a0000 µL",  # a no-break space is seen
        "Grenzwert: 5 – 10",
    ],
)
def test_what_a_script_needs_is_allowed(text: str) -> None:
    assert not list(invisible(text))


@for_every(
    "text",
    ["cu\u200dre", "\u200dcure", "sa\u200bfe", "sa\ufe0ffe", "\u202eerus", "5\u200f-10", "cure\u2069", "a\u2028b"],
)
def test_what_no_script_needs_there_is_refused(text: str) -> None:
    assert len(list(invisible(text))) == 1


@given(
    st.text(st.characters(codec="utf-8"), max_size=20),
    st.sampled_from("\u202e\u200e\xad\u2066\u2060"),
    st.text("ab", max_size=5),
)
@example("", "\u202e", "")
def test_a_control_of_direction_is_found_wherever_it_stands(before: str, character: str, after: str) -> None:
    assert len(before) in [match.start() for match in invisible(before + character + after)]


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200b", "\u00ad"])
@pytest.mark.parametrize(
    "old", ["What does my plant need?", "# A small rule file", "dry_soil\n", '"Still open: {open}"']
)
def test_each_file_is_refused_with_the_place_and_the_code_point(tmp_path: Path, character: str, old: str) -> None:
    at = SMALL_TEXT.index(old) + 2
    text = SMALL_TEXT[:at] + character + SMALL_TEXT[at:]
    line, column = SMALL_TEXT.count("\n", 0, at) + 1, at - SMALL_TEXT.rfind("\n", 0, at)
    said = mistakes(tmp_path, text)
    assert len(said) == 1
    assert said[0].startswith(f"edited.yaml:{line}:{column}: The character U+{ord(character):04X} (")


@pytest.mark.parametrize(
    ("escape", "character"),
    [("\\u202E", "U+202E (RIGHT-TO-LEFT OVERRIDE)"), ("\\0", "U+0000"), ("\\e", "U+001B"), ("\\x0C", "U+000C")],
)
def test_an_escape_makes_no_character_that_may_not_stand_there_itself(
    tmp_path: Path, escape: str, character: str
) -> None:
    said = mistakes(
        tmp_path, edited(('"Still open: {open}"}]\n    nothing', f'"Still {escape}open: {{open}}"}}]\n    nothing'))
    )
    assert len(said) == 1
    assert said[0].startswith(f"edited.yaml:38:32: The character {character} stands here")


def test_a_case_file_is_read_like_a_rule_file(tmp_path: Path) -> None:
    cases = "rules: small\ncases:\n  - name: Mouldy\u200b\n    answers: {age: 3}\n    category: fine\n"
    assert mistakes(tmp_path, SMALL_TEXT, cases)[0].startswith("edited.cases.yaml:3:17: The character U+200B")


def test_a_key_is_read_like_a_text() -> None:
    assert [problem.code for problem, _ in read_yaml(b'"a\\u200B": 1').problems] == ["yaml.invisible"]
