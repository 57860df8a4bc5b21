"""One word of a list: read however it is typed, and the nearest to what is in none, against a judge of its own."""

from __future__ import annotations

import unicodedata
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.wording.language.secret_phrases import languages, list_language, not_drawn, word_list
from screening.wording.language.single_words import draw_words, nearest_word, read_word
from screening.wording.sharing.word_pair import new_pair

TAGS = st.sampled_from(languages())
ACCENTS = st.sampled_from(["", "\u0301", "\u0308", "\u0302", "\u030c"])


@st.composite
def listed(draw: st.DrawFn) -> tuple[str, str]:
    """A language and a word of its list."""
    tag = draw(TAGS)
    return tag, draw(st.sampled_from(word_list(tag).words))


@st.composite
def carelessly(draw: st.DrawFn) -> tuple[str, str, str]:
    """A word of a list, and how somebody may type it: case, width, accents, spaces, marks, what cannot be seen."""
    tag, word = draw(listed())
    letters = []
    for letter in word:
        typed = draw(st.sampled_from([letter, letter.upper()]))
        if typed.isascii():
            typed = draw(st.sampled_from([typed, chr(ord(typed) + 0xFEE0)])) + draw(ACCENTS)
        letters.append(typed)
    apart = draw(st.sampled_from(["", "", " ", "-", ". ", "\u3000", "\u00a0"]))
    text = draw(st.sampled_from(["", " ", "1. ", "\u201c", "\u200b"])) + apart.join(letters)
    text += draw(st.sampled_from(["", " ", ".", "!", "\u201d", "\u00ad"]))
    return tag, word, draw(st.sampled_from([text, unicodedata.normalize("NFC", text)]))


@given(carelessly())
def test_a_word_is_read_whatever_its_case_width_spaces_and_accents(typed: tuple[str, str, str]) -> None:
    tag, word, text = typed
    assert read_word(text, tag) == word


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60), TAGS)
def test_any_text_is_a_word_of_the_list_or_none(text: str, tag: str) -> None:
    read = read_word(text, tag)
    assert read is None or read in word_list(tag).index
    assert nearest_word(text, tag) in ("", *word_list(tag).words)


def test_two_words_are_not_one() -> None:
    assert read_word("river zebra", "en") is None
    assert read_word("the river", "en") is None
    assert read_word("", "en") is read_word("12", "en") is None


@cache
def judged(one: str, other: str) -> int:
    """Slips between two texts, by its definition: letters put in, left out, replaced, or two swapped."""
    if not one or not other:
        return len(one) + len(other)
    least = min(
        judged(one[1:], other) + 1, judged(one, other[1:]) + 1, judged(one[1:], other[1:]) + (one[0] != other[0])
    )
    if one[:2] == other[1::-1] and len(one) > 1 and len(other) > 1:
        least = min(least, judged(one[2:], other[2:]) + 1)
    return least


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A language of letters, and a word of its list with one slip or two."""
    tag = draw(st.sampled_from([tag for tag in languages() if word_list(tag).words[0].isascii()]))
    word = draw(st.sampled_from(word_list(tag).words))
    for _ in range(draw(st.integers(1, 2))):
        place, letter = draw(st.integers(0, len(word) - 1)), draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
        word = draw(
            st.sampled_from(
                [
                    word[:place] + letter + word[place:],
                    word[:place] + word[place + 1 :] or letter,
                    word[:place] + letter + word[place + 1 :],
                    word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
                ]
            )
        )
    return tag, word


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(slips())
def test_no_word_of_the_list_is_nearer_than_the_nearest(slip: tuple[str, str]) -> None:
    tag, typed = slip
    near = nearest_word(typed, tag)
    least = min(judged(typed, word) for word in word_list(tag).words)
    if near:
        assert judged(typed, near) == least <= len(typed) // 2
        assert near == next(word for word in word_list(tag).words if judged(typed, word) == least)
    else:
        assert least > len(typed) // 2


def test_nothing_is_near_to_what_is_like_no_word() -> None:
    assert nearest_word("qxzvkjw", "en") == nearest_word("", "en") == nearest_word("???", "zh-Hans") == ""
    assert nearest_word("rivver", "en") == nearest_word("RIVRE", "en") == "river"


def test_one_character_of_two_is_enough_in_chinese() -> None:
    word = word_list("zh-Hans").words[500]
    assert nearest_word(word[0] + "\u3007", "zh-Hans") in word_list("zh-Hans").words


@pytest.mark.parametrize("tag", [*languages(), "ta"])
def test_a_new_pair_is_two_different_words_of_the_list_that_the_secret_words_are_from(tag: str) -> None:
    pairs = [new_pair(tag) for _ in range(40)]
    for pair in pairs:
        assert pair.language == list_language(tag)
        assert pair.clinic != pair.person
        assert {pair.clinic, pair.person} <= set(word_list(tag).words)
    assert len({(pair.clinic, pair.person) for pair in pairs}) > 30
    assert list_language("ta") == "en"
    given = set(word_list(tag).words) - not_drawn(tag)
    assert set(draw_words(tag, len(given))) == given
