"""The rule file for the liver tells what the guide says in words of its own: no eight words in a row are the guide's.

The guide is not ours to keep here. `guide_runs.sha256` holds a hash of every eight consecutive words of
it, lower-cased and without anything but letters.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pytest

from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.yaml.parsed import Data
from tests.conftest import ROOT

LENGTH = 8
GUIDE = frozenset((ROOT / "tests" / "data" / "guide_runs.sha256").read_text(encoding="utf-8").split())


def runs(text: str) -> list[str]:
    """Every eight words in a row."""
    words = re.findall(r"[^\W\d_]+", re.sub("['’]", "", text.lower()))
    return [" ".join(words[start : start + LENGTH]) for start in range(len(words) - LENGTH + 1)]


def of_the_guide(text: str) -> list[str]:
    return [run for run in runs(text) if hashlib.sha256(run.encode()).hexdigest() in GUIDE]


def strings(data: Data, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from strings(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from strings(value, (*path, index))


def is_the_name_of_a_place(path: tuple[str | int, ...], liver: LoadedRules) -> bool:
    """The guide's own title and headings, by which its passages are cited."""
    if path[:2] == ("guide", "passages"):
        return path[-1] == "place"
    index = path[1] if path[0] == "sources" and path[-1] == "title" else None
    return isinstance(index, int) and liver.rule_set.sources[index].id == liver.rule_set.guide.source


def test_no_eight_words_in_a_row_are_the_guides(liver: LoadedRules) -> None:
    found = {
        path: of_the_guide(text)
        for path, text in strings(liver.data)
        if not is_the_name_of_a_place(path, liver) and of_the_guide(text)
    }
    assert found == {}


def test_the_hashes_are_those_of_the_guide(liver: LoadedRules) -> None:
    assert len(GUIDE) > 700
    places = [passage.place for passage in liver.rule_set.guide.passages]
    long_enough = [place for place in places if runs(place)]
    assert len(long_enough) >= 3
    for place in long_enough:
        assert of_the_guide(place) == runs(place)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One two, three: four five six seven eight nine.", "one two three four five six seven eight"),
        ("It's 4 to 8 of the liver’s own cells that divide", "its to of the livers own cells that"),
        ("Self-repair, as it is said to be done", "self repair as it is said to be"),
    ],
)
def test_case_signs_and_numbers_hide_no_run(text: str, first: str) -> None:
    assert runs(text)[0] == first


def test_fewer_than_eight_words_are_no_run() -> None:
    assert runs("one two three four five six seven") == []
