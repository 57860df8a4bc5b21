"""The counts of `docs/instruments.md` are those of its table, and what shows that a need is covered exists."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "instruments.md").read_text(encoding="utf-8")
MANUAL = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
KINDS = {"scale": 43, "intake": 29, "checker": 29}
NOT_COVERED = "not covered"


class Need(NamedTuple):
    """One row of the table of needs."""

    name: str
    instruments: int
    shown_by: str


class Instrument(NamedTuple):
    """One row of the table of instruments."""

    name: str
    kind: str
    needs: frozenset[str]


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, but for its head."""
    below = PAGE.split(f"## {heading}\n", 1)[1]
    lines = [line for line in below.split("\n## ", 1)[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


NEEDS = [Need(name, int(count), shown) for name, _, count, shown in rows("What the language has, and has not")]
INSTRUMENTS = [Instrument(name, kind, frozenset(needs.split(", "))) for _, name, kind, needs in rows("The table")]
COVERED = {need.name for need in NEEDS if need.shown_by != NOT_COVERED}


def test_the_list_holds_101_instruments_of_three_kinds_each_once() -> None:
    assert Counter(instrument.kind for instrument in INSTRUMENTS) == KINDS
    assert len({instrument.name for instrument in INSTRUMENTS}) == sum(KINDS.values()) == 101
    assert [int(number) for number, *_ in rows("The table")] == list(range(1, 102))


def test_every_need_is_counted_from_the_table() -> None:
    counted = Counter(need for instrument in INSTRUMENTS for need in instrument.needs)
    assert {need.name: need.instruments for need in NEEDS} == counted


def test_the_figures_on_top_are_those_of_the_table() -> None:
    whole = Counter(instrument.kind for instrument in INSTRUMENTS if instrument.needs <= COVERED)
    needs = sum(len(instrument.needs) for instrument in INSTRUMENTS)
    covered = sum(len(instrument.needs & COVERED) for instrument in INSTRUMENTS)
    told = [int(number) for number in re.findall(r"\d+", PAGE.split("**What this list is.**")[0].split("\n", 1)[1])]
    assert told == [
        101,
        whole.total(),
        *(part for kind in KINDS for part in (whole[kind], KINDS[kind])),
        needs,
        covered,
    ]


def test_what_is_covered_is_shown_by_a_recipe_or_a_test_that_exists() -> None:
    headings = set(re.findall(r"^#{2,3} (.*)$", MANUAL, re.MULTILINE))
    for need in NEEDS:
        recipe, test = re.fullmatch(r"\*(.*)\*", need.shown_by), re.fullmatch(r"`(tests/.*\.py)`", need.shown_by)
        assert need.shown_by == NOT_COVERED or recipe or test, need
        assert not recipe or recipe[1] in headings, need
        assert not test or "def test_" in (ROOT / test[1]).read_text(encoding="utf-8"), need


def test_what_is_not_covered_is_named_with_what_to_do_instead() -> None:
    listed = PAGE.split("**Not covered", 1)[1].split("\n## ", 1)[0]
    assert set(re.findall(r"^- ([a-z -]+): ", listed, re.MULTILINE)) == {need.name for need in NEEDS} - COVERED
