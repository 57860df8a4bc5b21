"""Drafts of rule files made from tables of scored scales: judged by adding up the table, for every answer set."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from screening.rulefiles.authoring.scale_rules import rule_file_of
from screening.rulefiles.authoring.scale_table import load_scale
from screening.rulefiles.authoring.scale_writer import write_scale
from screening.rulefiles.loading.loader import LoadedRules, RuleFileError, load_rule_file
from screening.wording.authors.mistakes.problems import problem_sentence
from tests.cli.conftest import Call, call
from tests.support.cases import ENGLISH

__all__ = ["call"]

Table = dict[str, Any]
TABLE: Table = {
    "id": "three_items",
    "name": "THREE",
    "source": {"title": "A scale for tests", "confirmed": True},
    "items": 3,
    "scores": [0, 1, 2],
    "reverse": [2],
    "own_scores": [{"items": [3], "scores": [0, 2, 5]}],
    "urgent": [{"item": 1, "from": 2}],
    "totals": [{"id": "total", "bands": [0, 3, 7], "most": 9}],
}


def written(table: Table, folder: Path) -> Path:
    path = folder / "table.yaml"
    path.write_text(yaml.safe_dump(table), encoding="utf-8")
    return path


def drafted(table: Table, folder: Path) -> LoadedRules:
    """The rules that are written from a table; loading them checks them and runs their cases."""
    return load_rule_file(write_scale(load_scale(written(table, folder)), folder / "draft.yaml")[0])


# --- what the table says, added up without the code under test -----------------------------------


def scores_of(table: Table) -> list[list[int]]:
    scores = [list(table["scores"]) for _ in range(table["items"])]
    for own in table.get("own_scores", ()):
        for number in own["items"]:
            scores[number - 1] = list(own["scores"])
    return [row[::-1] if number in table.get("reverse", ()) else row for number, row in enumerate(scores, 1)]


def part(table: Table, points: tuple[int, ...]) -> str:
    """The part that certain scores give: of several totals the worst one counts."""
    for urgent in table.get("urgent", ()):
        if points[urgent["item"] - 1] >= urgent["from"]:
            return "urgent"
    reached = []
    for total in table["totals"]:
        numbers = total.get("items", range(1, table["items"] + 1))
        sum_of = sum(points[number - 1] for number in numbers)
        band = sum(sum_of >= low for low in total["bands"])
        reached.append(len(total["bands"]) + 1 - band if table.get("higher_is") == "better" else band)
    return f"part_{max(reached)}"


def random_table(seed: int) -> Table:
    """A small scale: two to four items, one or two totals, some scored the other way round, some told at once."""
    draw = random.Random(seed)
    count = draw.randint(2, 4)
    numbers = list(range(1, count + 1))
    table: Table = {**TABLE, "items": count, "scores": list(range(draw.randint(2, 4)))}
    for member in ("reverse", "own_scores", "urgent"):
        table.pop(member)
    if draw.random() < 0.5:
        table["reverse"] = draw.sample(numbers, 1)
    if draw.random() < 0.5:
        table["own_scores"] = [{"items": draw.sample(numbers, 1), "scores": draw.sample(range(6), 3)}]
    if draw.random() < 0.5:
        table["higher_is"] = "better"
    if draw.random() < 0.5:
        item = draw.choice(numbers)
        table["urgent"] = [{"item": item, "from": max(scores_of(table)[item - 1])}]
    lists = [numbers] if draw.random() < 0.5 else [numbers[: count // 2], numbers[count // 2 :]]
    table["totals"] = [total_of(f"sum_{at}", numbers, scores_of(table), draw) for at, numbers in enumerate(lists)]
    return table


def total_of(name: str, numbers: list[int], scores: list[list[int]], draw: random.Random) -> Table:
    reached = {sum(points) for points in product(*(scores[number - 1] for number in numbers))}
    middle = draw.choice(sorted(reached)[1:])
    return {"id": name, "items": numbers, "bands": [min(reached), middle], "most": max(reached)}


def answer_sets(table: Table) -> Iterator[tuple[int | None, ...]]:
    """For each item the place of its answer, or none."""
    return product(*([None, *range(len(scores))] for scores in scores_of(table)))


@pytest.mark.parametrize("seed", range(12))
def test_every_answer_set_keeps_open_what_its_open_items_may_add_up_to(seed: int, tmp_path: Path) -> None:
    table = random_table(seed) if seed else TABLE
    engine = drafted(table, tmp_path).engine
    scores = scores_of(table)
    for places in answer_sets(table):
        answers = {f"item_{at}": None if place is None else f"answer_{place + 1}" for at, place in enumerate(places, 1)}
        ways = product(*(own if place is None else [own[place]] for own, place in zip(scores, places, strict=True)))
        assert engine.possible(answers) == {part(table, points) for points in ways}, (table, places)


def test_no_item_of_a_draft_is_required_and_all_are_strict(tmp_path: Path) -> None:
    questions = drafted(TABLE, tmp_path).rule_set.questions
    assert [(question.strict, question.required) for question in questions] == [(True, False)] * 3


def test_a_draft_has_cases_at_both_ends_of_every_band(tmp_path: Path) -> None:
    cases = drafted(TABLE, tmp_path).cases
    assert [case.expected["values"]["total"] for case in cases if "values" in case.expected] == [0, 2, 3, 6, 7, 9, 2]
    assert cases[-1].expected["possible"] == ["urgent", "part_1", "part_2", "part_3"]


def test_a_draft_of_many_items_has_several_pages(tmp_path: Path) -> None:
    total = {"id": "total", "bands": [0, 9], "most": 22}
    table = {**TABLE, "items": 11, "reverse": [11], "own_scores": [{"items": [1], "scores": [0, 2]}], "totals": [total]}
    file = rule_file_of(load_scale(written(table, tmp_path)))
    assert [len(page["questions"]) for page in file["pages"]] == [10, 1]
    assert list(file["scales"]) == ["answers_1", "answers_2", "answers_3"]


TOTAL = TABLE["totals"][0]
MISTAKES: list[tuple[Table, str]] = [
    ({"reverse": [4]}, "There is no item 4: the scale has 3."),
    ({"urgent": [{"item": 5, "from": 1}]}, "There is no item 5: the scale has 3."),
    ({"urgent": [{"item": 1, "from": 3}]}, "Some answers to item 1 must score 3 or more, but not all."),
    ({"urgent": [{"item": 1, "from": 0}]}, "Some answers to item 1 must score 0 or more, but not all."),
    ({"totals": [{**TOTAL, "items": [1, 1, 2]}]}, "An item stands here twice."),
    ({"totals": [{**TOTAL, "items": [1, 3], "most": 7, "bands": [0, 3]}]}, "Item 2 is in no total."),
    (
        {"totals": [{**TOTAL, "most": 10}]},
        "The scores of total add up to 0 at least and 9 at most, but the table says 0 and 10",
    ),
    ({"totals": [{**TOTAL, "bands": [1, 3]}]}, "but the table says 1 and 9"),
    ({"totals": [{**TOTAL, "bands": [0, 10]}]}, "The last band begins at 10, but `most` says"),
    ({"totals": [{**TOTAL, "bands": [0, 3, 3]}]}, "Bands begin at numbers that go up"),
    ({"totals": [TOTAL, {**TOTAL, "id": "other", "bands": [0, 3]}]}, "as many bands as the first one: 3."),
]


@pytest.mark.parametrize(("changed", "said"), MISTAKES, ids=[said[:40] for _, said in MISTAKES])
def test_what_does_not_fit_together_is_told(changed: Table, said: str, tmp_path: Path) -> None:
    with pytest.raises(RuleFileError) as error:
        load_scale(written({**TABLE, **changed}, tmp_path))
    assert any(said in problem_sentence(problem.problem, ENGLISH) for problem in error.value.problems)


def test_the_command_writes_a_draft_that_is_checked_without_a_mistake(call: Call, tmp_path: Path) -> None:
    made = call("scale", written(TABLE, tmp_path), "-o", tmp_path / "draft.yaml")
    assert made.exit_code == 0, made.output
    assert f"{tmp_path / 'draft.cases.yaml'} is written." in made.output
    checked = call("check", tmp_path / "draft.yaml")
    assert checked.exit_code == 0, checked.output
    assert "8 cases, all as expected" in checked.output


def test_the_command_writes_over_nothing(call: Call, tmp_path: Path) -> None:
    (tmp_path / "draft.cases.yaml").write_text("mine", encoding="utf-8")
    made = call("scale", written(TABLE, tmp_path), "-o", tmp_path / "draft.yaml")
    assert made.exit_code == 1
    assert f"{tmp_path / 'draft.cases.yaml'} is there already." in made.output
    assert not (tmp_path / "draft.yaml").exists()
    assert (tmp_path / "draft.cases.yaml").read_text(encoding="utf-8") == "mine"
