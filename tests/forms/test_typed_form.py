"""Typed texts lose what cannot be seen, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from screening.forms.look_up import LookUpForm
from screening.forms.typed_form import MOST, TypedForm
from screening.ruleset.reading.free_texts import clean
from screening.wording.language.languages import language


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Mei \r\n Ling ", "Mei \n Ling"),
        ("a\x00b\x1bc", "abc"),
        ("a\u202eb\u2066c\u200bd", "abcd"),
        ("Mei\tLing", "Mei Ling"),
        ("one\u2028two\x85three", "one\ntwo\nthree"),
        ("e\u0301", "é"),
        ("陈美玲 🙂", "陈美玲 🙂"),
    ],
)
def test_a_text_is_cleaned(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)


def test_no_more_is_kept_of_an_input_than_it_may_hold() -> None:
    form = TypedForm(("name",))
    form.take(MultiDict([("name", "x" * (MOST + 5))]))
    assert form.typed == {"name": "x" * MOST}


def test_what_is_not_an_input_of_the_form_is_left_out() -> None:
    form = TypedForm(("name",))
    form.take(MultiDict([("name", "one"), ("name", "two"), ("other", "three")]))
    assert form.typed == {"name": "one"}


@given(st.text(), st.text())
def test_any_code_and_words_are_read_or_refused(code: str, phrase: str) -> None:
    form = LookUpForm(language("en"))
    form.take(MultiDict({"code": code, "phrase": phrase}))
    assert form.errors or (form.code and form.secrets)
