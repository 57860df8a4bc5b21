"""What is read of a page that repeats is what it says of the list, by a judge that knows lists and no copies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.answers import Plain
from tests.support.rules import small_rules as small

MOST = 3
KINDS = ("soap", "oil", "poison")


@dataclass(frozen=True)
class Sprays:
    """A list as somebody told it; None: not known."""

    any_at_all: bool | None
    kinds: tuple[str | None, ...] = ()
    amounts: tuple[int | None, ...] = ()
    more: str | None = "no"
    """What was said at the end of the list."""

    @property
    def told(self) -> list[tuple[str | None, int | None]]:
        """Those that are known to be there."""
        return list(zip(self.kinds, self.amounts, strict=True)) if self.any_at_all else []

    @property
    def is_open(self) -> bool:
        """Whether there are, or may be, more than were told."""
        return self.any_at_all is None or (self.any_at_all and self.more != "no")

    @property
    def answers(self) -> dict[str, Plain]:
        """What the form holds; what stands behind the end of the list is left from an earlier time."""
        found: dict[str, Plain] = {"sprayed": {True: "yes", False: "no", None: None}[self.any_at_all]}
        for number, (kind, amount) in enumerate(zip(self.kinds, self.amounts, strict=True), 1):
            last = number == len(self.kinds)
            found |= {f"kind_{number}": kind, f"spray_more_{number}": self.more if last else "yes"}
            found[f"amount_{number}"] = amount if amount is None else Decimal(amount)
        return {name: answer for name, answer in found.items() if answer is not None}


@st.composite
def sprays(draw: st.DrawFn) -> Sprays:
    """Any list of up to as many as can be told."""
    some = draw(st.sampled_from([True, True, True, True, False, None]))
    count = draw(st.integers(1, MOST))
    kinds = draw(st.tuples(*[st.sampled_from([*KINDS, None])] * count))
    amounts = draw(st.tuples(*[st.sampled_from([0, 1, 2, 5, None])] * count))
    return Sprays(some, kinds, amounts, draw(st.sampled_from(["no", "no", "no", "yes", None])))


def between(told: Sprays, holds: Callable[[str], bool]) -> tuple[int, float]:
    """Of how many something holds at least, and at most."""
    least = sum(kind is not None and holds(kind) for kind, _ in told.told)
    unknown = sum(kind is None for kind, _ in told.told)
    return least, float("inf") if told.is_open else least + unknown


def is_at_least(told: Sprays, holds: Callable[[str], bool], wanted: int) -> bool | None:
    """Whether something holds of so many; None: nobody knows."""
    low, high = between(told, holds)
    return True if low >= wanted else False if high < wanted else None


def opposite(truth: bool | None) -> bool | None:
    """What is true where something is false."""
    return None if truth is None else not truth


def exactly(told: Sprays, wanted: int) -> bool | None:
    """Whether there are just so many poisons."""
    low, high = between(told, is_poison)
    return True if low == high == wanted else False if low > wanted or high < wanted else None


def is_poison(kind: str) -> bool:
    """Whether it is one."""
    return kind == "poison"


def total_above(told: Sprays, limit: int) -> bool | None:
    """Whether the amounts add up to more; None where one is not known, or there may be more."""
    amounts = [amount for _, amount in told.told]
    return None if told.is_open or None in amounts else sum(filter(None, amounts)) > limit


CONDITIONS: Mapping[str, Callable[[Sprays], bool | None]] = {
    'any(spray, kind == "poison")': lambda told: is_at_least(told, is_poison, 1),
    'not any(spray, kind != "soap")': lambda told: opposite(is_at_least(told, lambda kind: kind != "soap", 1)),
    'count(spray, kind == "poison") >= 2': lambda told: is_at_least(told, is_poison, 2),
    'count(spray, kind in {"oil", "poison"}) > 1.5': lambda told: is_at_least(told, lambda kind: kind != "soap", 2),
    '3 <= count(spray, kind == "poison")': lambda told: is_at_least(told, is_poison, 3),
    'count(spray, kind == "poison") < 1': lambda told: opposite(is_at_least(told, is_poison, 1)),
    'count(spray, kind == "poison") <= 1': lambda told: opposite(is_at_least(told, is_poison, 2)),
    'count(spray, kind == "poison") == 1': lambda told: exactly(told, 1),
    'count(spray, kind == "poison") != 2': lambda told: opposite(exactly(told, 2)),
    'count(spray, kind == "poison") >= 0': lambda _: True,
    'count(spray, kind == "poison") == 0.5': lambda _: False,
    "sum(spray, amount) > 4": lambda told: total_above(told, 4),
}


ASKED = ('definitely(sprayed == "yes")', 'definitely(sprayed in {"yes"} and not (sprayed == "no"))')
"""Two ways to say when there is a first one."""


def rule_file(conditions: list[str], asked: str = ASKED[0]) -> dict[str, Any]:
    """A rule file with a list, and two notes a condition: where it is certain, and where it is possible."""
    asking = {"ask_if": asked, "more": "More?", "label": "More", "yes": "Yes", "no": "No"}
    group = small.page(small.choice("kind", *KINDS), small.number("amount"), repeats={"most": MOST, **asking})
    listed = {**group, "id": "spray"}
    notes = [
        small.note(f"{manner}_{number}", f"{manner}({condition})")
        for number, condition in enumerate(conditions)
        for manner in ("definitely", "possibly")
    ]
    rules = [small.rule("found", small.ground("g", 'definitely(any(spray, kind == "poison"))'))]
    return small.rule_file([small.choice("sprayed", "yes", "no"), listed], rules, notes=notes)


ENGINE, OTHER = (Engine(small.built(rule_file(list(CONDITIONS), asked))) for asked in ASKED)


@given(sprays())
@settings(max_examples=200)
def test_what_is_read_of_a_list_is_what_a_judge_of_lists_says(told: Sprays) -> None:
    for engine in (ENGINE, OTHER):
        notes = engine.evaluate(told.answers).notes
        for number, (text, judge) in enumerate(CONDITIONS.items()):
            found = f"definitely_{number}" in notes, f"possibly_{number}" in notes
            truth = judge(told)
            assert found == (truth is True, truth is not False), (text, told)


def test_a_list_that_is_always_asked_has_a_first_one() -> None:
    data = rule_file(["any(spray, not known(kind))"])
    del data["pages"][1]["repeats"]["ask_if"]
    always = Engine(small.built(data))
    assert always.rule_set.question["kind_1"].ask_if is None
    assert always.evaluate({"spray_more_1": "no"}).notes == ("definitely_0", "possibly_0")


def test_each_copy_is_asked_where_the_one_before_says_that_there_is_one_more() -> None:
    answers: dict[str, Plain] = {"sprayed": "yes"}
    for number, following in pairwise([*range(1, MOST + 1), None]):
        asked = ENGINE.asked_questions(answers)
        assert f"kind_{number}" in asked
        assert not any(f"kind_{later}" in asked for later in range((number or 0) + 1, MOST + 1))
        for said in ("no", None):
            left = ENGINE.asked_questions({**answers, f"spray_more_{number}": said})
            assert f"kind_{following}" not in left
        answers[f"spray_more_{number}"] = "yes"


@pytest.mark.parametrize("text", ["any(sprays, 1 > 2)", "count(spray)", "any(1 > 2, spray)"])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(AssertionError):
        small.built(rule_file([text]))
