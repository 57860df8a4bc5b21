"""Names as they are compared: what is typed finds every name that holds its words, and no other."""

from __future__ import annotations

import random
import unicodedata

import pytest

from screening.storage.submissions.desk_list.name_words import listed_words, name_pattern


def fits(typed: str, *names: str) -> bool:
    pattern, listed = name_pattern(typed), listed_words(*names)
    assert pattern, typed
    return all(beginning.is_in(listed) for beginning in pattern)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("siti", "Siti Aminah binti Abdullah"),
        ("abd SIT", "Siti Aminah binti Abdullah"),
        ("nguyen tan", "Nguyễn Tấn"),
        ("Nguyễn", "NGUYEN TAN"),
        ("dang", "Đặng"),
        ("ａｌｉ", "Ali"),
        ("A Rahman", "Rahman, A."),
        ("dsouza", "Maria D’Souza"),
        ("d'souza", "Maria DSouza"),
        ("souza", "Maria D'Souza"),
        ("nuraina", "Nur-Aina"),
        ("nur aina", "Nur-Aina"),
        ("小芳", "黄小芳"),
        ("黄小", "黄小芳"),
        ("김철", "김철수"),
        ("தமிழ", "தமிழரசி"),
        ("محمد", "مُحَمَّد"),
        ("ilhan", "İlhan"),
        ("groß", "GROSS"),
    ],
)
def test_words_fit_in_any_order_case_and_spelling(typed: str, name: str) -> None:
    assert fits(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ali", "Salim"),
        ("a rahman", "Ali Rahman"),
        ("siti ali", "Siti Aminah"),
        ("தமிழி", "தமிழரசி"),
        ("芳黄大", "黄小芳"),
        ("siti", ""),
    ],
)
def test_other_names_do_not_fit(typed: str, name: str) -> None:
    assert not fits(typed, name)


@pytest.mark.parametrize("typed", ["", "a", " . ", "黄", "’", "\u0301\u0301", "--"])
def test_less_than_two_letters_are_no_name(typed: str) -> None:
    assert not name_pattern(typed)


def plainly(text: str) -> list[str]:
    """The words of a name of Latin letters, judged by another way: accents are the marks beside their letters."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text)).lower()
    return "".join(symbol for symbol in apart if not unicodedata.combining(symbol)).split()


def test_random_beginnings_fit_just_the_names_that_have_them() -> None:
    chosen = random.Random(17)
    letters = "abcdéüǹ"
    names = [" ".join("".join(chosen.choices(letters, k=chosen.randint(1, 4))) for _ in range(3)) for _ in range(60)]
    fitting = 0
    for _ in range(300):
        whole = chosen.choice(names).split()
        chosen.shuffle(whole)
        typed = [word[: chosen.randint(1, len(word))] for word in whole[: chosen.randint(1, 3)]]
        shown = unicodedata.normalize(chosen.choice(["NFC", "NFD"]), " ".join(typed))
        shown = chosen.choice([str.upper, str.lower, str.title])(shown)
        words = plainly(shown)
        if sum(map(len, words)) < 2:
            continue
        for name in names:
            there = plainly(name)
            expected = all(any(one == w if len(w) == 1 else one.startswith(w) for one in there) for w in words)
            assert fits(shown, name) == expected, (shown, name)
            fitting += expected
    assert fitting > 100
