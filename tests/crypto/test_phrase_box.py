"""Files that a phrase opens, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.crypto.phrase_box import NotSealedFileError, WrongPhraseError, open_with_phrase, seal_with_phrase
from tests.support.sealed_text import readable

HEAD = "Answers, sealed"


@pytest.fixture(scope="module")
def sealed() -> str:
    return seal_with_phrase(b'{"age": 50}', "river lamp stone bread", HEAD)


@pytest.mark.slow
@settings(max_examples=10)
@given(content=st.binary(max_size=5000), phrase=st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_what_a_phrase_sealed_it_opens(content: bytes, phrase: str) -> None:
    assert open_with_phrase(seal_with_phrase(content, phrase, HEAD), phrase, HEAD) == content


@pytest.mark.parametrize("phrase", ["", "river lamp stone", "river lamp stone breads", "River lamp stone bread"])
def test_another_phrase_opens_nothing(sealed: str, phrase: str) -> None:
    with pytest.raises(WrongPhraseError):
        open_with_phrase(sealed, phrase, HEAD)


@pytest.mark.parametrize("alter", [str.strip, lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_what_messengers_and_editors_do_to_a_text_does_no_harm(sealed: str, alter: object) -> None:
    assert callable(alter)
    assert open_with_phrase(alter(sealed), "river lamp stone bread", HEAD) == b'{"age": 50}'


@pytest.mark.parametrize(
    "text",
    ["", HEAD, f"{HEAD}\n", f"{HEAD}\n????", f"{HEAD}\nQUJD", None, "\x00\xff"],
    ids=["nothing", "head", "empty", "no base64", "short", "another", "bytes"],
)
def test_another_file_is_told_apart_from_a_wrong_phrase(sealed: str, text: str | None) -> None:
    text = sealed.replace(HEAD, "Another") if text is None else text
    with pytest.raises(NotSealedFileError):
        open_with_phrase(text, "river lamp stone bread", HEAD)


def test_an_altered_file_does_not_open(sealed: str) -> None:
    place = len(HEAD) + 60
    other = "A" if sealed[place] != "A" else "B"
    with pytest.raises(WrongPhraseError):
        open_with_phrase(sealed[:place] + other + sealed[place + 1 :], "river lamp stone bread", HEAD)


def test_the_same_content_is_sealed_anew_each_time() -> None:
    assert seal_with_phrase(b"x", "a", HEAD) != seal_with_phrase(b"x", "a", HEAD)


def test_nothing_of_the_content_can_be_read(sealed: str) -> None:
    assert readable(sealed.removeprefix(HEAD), '{"age":', "river lamp") == []
