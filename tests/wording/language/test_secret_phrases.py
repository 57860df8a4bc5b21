"""Ten bytes as eight words and back, however the words are typed."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.storage.submissions.person.sharing import SECRET_BYTES
from screening.wording.language.secret_phrases import (
    PHRASE_WORDS,
    PREFIX,
    PhraseError,
    draw_secret,
    languages,
    may_be_told,
    not_drawn,
    phrase_words,
    read_phrase,
    word_list,
)
from screening.wording.language.single_words import draw_words

SECRETS = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES)
LANGUAGES = st.sampled_from(languages())


def test_a_phrase_holds_at_least_80_bits() -> None:
    assert SECRET_BYTES * 8 >= 80


@given(SECRETS, LANGUAGES)
def test_a_phrase_is_read_back(secret: bytes, tag: str) -> None:
    words = phrase_words(secret, tag)
    assert len(words) == PHRASE_WORDS
    assert secret in read_phrase(" ".join(words))


@given(SECRETS, LANGUAGES, st.sampled_from([" ", "  ", "-", " - ", "\n", ", ", ". ", "\u3000"]), st.booleans())
def test_case_spaces_dashes_and_numbers_do_not_matter(secret: bytes, tag: str, apart: str, numbered: bool) -> None:
    words = [word.upper() for word in phrase_words(secret, tag)]
    if numbered:
        words = [f"{number}. {word}" for number, word in enumerate(words, start=1)]
    assert secret in read_phrase(f"  {apart.join(words)} ")


@given(st.text())
def test_any_other_text_is_refused_and_never_breaks(text: str) -> None:
    with pytest.raises(PhraseError):
        read_phrase(text)


def test_a_word_is_known_by_its_first_letters_where_no_other_begins_so() -> None:
    secret = secrets.token_bytes(SECRET_BYTES)
    words = phrase_words(secret, "en")
    assert secret in read_phrase(" ".join(f"{word[:PREFIX]}xx" if len(word) >= PREFIX else word for word in words))


def test_the_places_of_words_that_are_in_no_list_are_told() -> None:
    words = [*phrase_words(bytes(SECRET_BYTES), "en")[:6], "qqqq", "xylo"]
    with pytest.raises(PhraseError) as caught:
        read_phrase(" ".join(words))
    assert caught.value.unknown == (7, 8)
    chinese = phrase_words(bytes(SECRET_BYTES), "zh-Hans")
    with pytest.raises(PhraseError) as caught:
        read_phrase("".join((*chinese[:2], "〇" * len(chinese[0]), *chinese[3:])))
    assert caught.value.unknown == (3,)


@pytest.mark.parametrize("count", [0, 1, 7, 9])
def test_too_few_or_too_many_words_are_refused(count: int) -> None:
    with pytest.raises(PhraseError) as caught:
        read_phrase(" ".join(["acorn"] * count))
    assert caught.value.unknown == ()


def test_a_language_without_words_speaks_english() -> None:
    assert phrase_words(bytes(SECRET_BYTES), "xx") == phrase_words(bytes(SECRET_BYTES), "en")


@pytest.mark.parametrize("tag", languages())
def test_a_list_holds_1024_different_words_that_can_be_typed(tag: str) -> None:
    words = word_list(tag).words
    assert len(words) == len(set(words)) == 1024
    assert all(word == word.casefold() and word.isalpha() for word in words)
    assert list(words) == sorted(words)


@pytest.mark.parametrize("tag", [tag for tag in languages() if word_list(tag).words[0].isascii()])
def test_a_list_of_letters_holds_short_words_that_begin_differently(tag: str) -> None:
    words = word_list(tag).words
    assert all(2 <= len(word) <= 12 for word in words)
    assert len(word_list(tag).by_prefix) == len([word for word in words if len(word) >= PREFIX])
    assert len({word[:PREFIX] for word in words}) == len(words)


def test_no_english_word_speaks_of_illness() -> None:
    words = set(word_list("en").words)
    assert not words & {"liver", "blood", "death", "cancer", "pain", "sick", "doctor", "hospital"}


@pytest.mark.parametrize("tag", languages())
def test_a_word_that_is_read_as_a_number_is_in_the_list_is_read_and_is_given_to_nobody(tag: str) -> None:
    assert not_drawn(tag) < set(word_list(tag).words)
    assert {"en": "seven", "id": "pertama", "ms": "pertama", "zh-Hans": "七月"}[tag] in not_drawn(tag)
    given = {word for _ in range(400) for word in draw_words(tag, 2)}
    assert given.isdisjoint(not_drawn(tag))
    number = word_list(tag).index[min(not_drawn(tag))]
    secret = (number << 70).to_bytes(SECRET_BYTES, "big")
    assert not may_be_told(secret)
    assert secret in read_phrase(" ".join(phrase_words(secret, tag)))  # what was given before still opens


def test_secrets_are_drawn_until_no_language_tells_them_by_a_number() -> None:
    told = [draw_secret(lambda: secrets.token_bytes(SECRET_BYTES)) for _ in range(300)]
    assert {word for secret in told for word in phrase_words(secret, "ms")}.isdisjoint(not_drawn("ms"))
    assert all(map(may_be_told, told))
