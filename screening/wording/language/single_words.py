"""One word of a list by itself: drawn by chance, read as it was typed, and the nearest to one that is in no list."""

from __future__ import annotations

import secrets

from screening.wording.language.secret_phrases import not_drawn, pieces_of, plain_letters, word_list

MOST_LETTERS = 40
"""No word of a list is half as long; what is typed beyond is not looked at."""


def draw_words(tag: str, count: int) -> tuple[str, ...]:
    """Different words of a language's list, by chance; none that nobody is given."""
    words = [word for word in word_list(tag).words if word not in not_drawn(tag)]
    return tuple(secrets.SystemRandom().sample(words, count))


def read_word(typed: str, tag: str) -> str | None:
    """The word of the list that was typed; None where it is none.

    Case, width, accents, spaces and marks do not matter, nor that it was spelled letter by letter, nor what follows its
    first letters where they belong to no other word.
    """
    pieces = pieces_of(plain_letters(typed[:MOST_LETTERS]))
    text, words = "".join(pieces), word_list(tag)
    number = words.number(text) if len(pieces) == 1 else words.index.get(text)
    return None if number is None else words.words[number]


def nearest_word(typed: str, tag: str) -> str:
    """The word of the list that differs by the fewest letters, the first of several; empty where none is like it.

    Like it is what shares at least half of its letters.
    """
    text = "".join(pieces_of(plain_letters(typed[:MOST_LETTERS])))
    distance, _, word = min((_distance(text, word), place, word) for place, word in enumerate(word_list(tag).words))
    return word if distance <= len(text) // 2 else ""


def _distance(one: str, other: str) -> int:
    """How many letters must be put in, left out, replaced, or swapped with the next one: optimal string alignment.

    Damerau, "A technique for computer detection and correction of spelling errors", 1964.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        before, last, row = row, before, [place]
        for there, opposite in enumerate(other, start=1):
            least = min(before[there] + 1, row[there - 1] + 1, before[there - 1] + (letter != opposite))
            if place > 1 and there > 1 and letter == other[there - 2] and one[place - 2] == opposite:
                least = min(least, last[there - 2] + 1)
            row.append(least)
    return row[-1]
