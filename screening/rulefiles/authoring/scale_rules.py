"""A scored scale as the draft of a rule file: every item strict, a total a sum of scores, a category a band.

No sentence stands here: all words come from the skeleton that ships beside the rule files.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import cache
from string import Template
from typing import Any

from screening.resources import resource
from screening.rulefiles.authoring.scale_table import Item, ScaleTable, Total
from screening.rulefiles.yaml.reader import read_yaml

Node = dict[str, Any]
PAGE = 10
"""How many items stand on one page."""


@cache
def _skeleton() -> Node:
    skeleton: Any = read_yaml((resource("rules") / "scale.skeleton.yaml").read_bytes()).data
    return dict(skeleton)


def rule_file_of(table: ScaleTable) -> Node:
    """What the rule file of a scale holds, in the order in which rule files have it."""
    file: Node = _filled(_skeleton()["file"], table, id=table.id)
    scales = _scales(table)
    file["scales"] = {name: _answers(scores, table) for scores, name in scales.items()}
    file["pages"] = _pages(table, scales)
    file["values"] = [_value(total, table) for total in table.totals]
    file["rules"] = [*_urgent_rules(table), *(_rule(part, table) for part in reversed(range(table.parts)))]
    file["guarantees"] = [*_urgent_guarantees(table), *_guarantees(table), *file["guarantees"]]
    file["categories"] = [*_categories(table), *file["categories"]]
    file["sources"] = [{"id": "scale", **table.source}, *file["sources"]]
    return file


def _filled(node: Any, table: ScaleTable, **values: object) -> Any:
    """A part of the skeleton with its slots filled in."""
    match node:
        case str():
            return Template(node).substitute(name=table.name, **values)
        case dict():
            return {name: _filled(member, table, **values) for name, member in node.items()}
        case list():
            return [_filled(member, table, **values) for member in node]
        case bool():
            return node
        case _:
            return int(node)


def _filled_entry(part: str, table: ScaleTable, **values: object) -> Any:
    return _filled(_skeleton()["each"][part], table, **values)


def case_name(kind: str, table: ScaleTable, **values: object) -> str:
    """The name of a case of a kind, as the skeleton has it."""
    name: str = _filled(_skeleton()["each"]["case"][kind], table, **values)
    return name


# --- questions and values ------------------------------------------------------------------------


def _scales(table: ScaleTable) -> dict[tuple[int, ...], str]:
    """The name of each list of answers that items share, by its scores."""
    different = dict.fromkeys(item.scores for item in table.items)
    return {scores: f"answers_{number}" for number, scores in enumerate(different, start=1)}


def _answers(scores: tuple[int, ...], table: ScaleTable) -> list[Node]:
    return [
        {**_filled_entry("answer", table, number=number), "score": score}
        for number, score in enumerate(scores, start=1)
    ]


def _pages(table: ScaleTable, scales: dict[tuple[int, ...], str]) -> list[Node]:
    pages: list[Node] = []
    for start in range(0, len(table.items), PAGE):
        items = table.items[start : start + PAGE]
        head = _filled_entry("page", table, number=len(pages) + 1, first=items[0].number, last=items[-1].number)
        questions = [
            {**_filled_entry("question", table, number=item.number), "options": scales[item.scores]} for item in items
        ]
        pages.append({**head, "questions": questions})
    return pages


def _value(total: Total, table: ScaleTable) -> Node:
    texts = _filled_entry("value", table, label=total.label, least=total.bands[0], most=total.most)
    scores = [f"score(item_{item.number})" for item in total.items]
    return {"id": total.id, "is": f"sum({', '.join(scores)})" if len(scores) > 1 else scores[0], **texts}


# --- rules and categories ------------------------------------------------------------------------


def _rule(part: int, table: ScaleTable) -> Node:
    band = table.band(part)
    grounds = [
        {
            "id": f"{total.id}_in_part_{part + 1}",
            "when": _within(total, band),
            **_filled_entry("ground", table, range=_range(total, band, table)),
        }
        for total in table.totals
    ]
    return {"category": _id(part), "grounds": grounds}


def _id(part: int) -> str:
    return f"part_{part + 1}"


def _within(total: Total, band: int) -> str:
    """That a total lies in a band, as a condition."""
    low, above = total.bands[band], total.highest(band) + 1
    if band == 0:
        return f"{total.id} < {above}"
    return f"{total.id} >= {low}" if band == len(total.bands) - 1 else f"{low} <= {total.id} < {above}"


def _range(total: Total, band: int, table: ScaleTable) -> str:
    """The totals of a band in words."""
    text: str = _filled_entry("range", table, label=total.label, low=total.bands[band], high=total.highest(band))
    return text


def _ranges(part: int, table: ScaleTable) -> str:
    between: str = _skeleton()["each"]["between"]
    return between.join(_range(total, table.band(part), table) for total in table.totals)


def _categories(table: ScaleTable) -> list[Node]:
    urgent = [{**_filled_entry("urgent_category", table), "severity": table.parts}] if _urgent(table) else []
    parts = [_category(part, table) for part in reversed(range(table.parts))]
    return [*urgent, *parts]


def _category(part: int, table: ScaleTable) -> Node:
    tone = "plain" if part == 0 else "serious" if part == table.parts - 1 else "calm"
    texts = _filled_entry("category", table, ranges=_ranges(part, table))
    return {"id": _id(part), "name": texts.pop("name"), "tone": tone, "severity": part, **texts}


# --- answers that are told at once ---------------------------------------------------------------


def _urgent(table: ScaleTable) -> list[Item]:
    return [item for item in table.items if item.urgent]


def _is_urgent(item: Item) -> str:
    """That an item is answered so that it is told at once, as a condition."""
    codes = ", ".join(f'"answer_{place + 1}"' for place in item.urgent)
    return f"item_{item.number} in {{{codes}}}"


def _urgent_ground(item: Item) -> str:
    return f"item_{item.number}_urgent"


def _urgent_rules(table: ScaleTable) -> list[Node]:
    grounds = []
    for item in _urgent(table):
        texts = _filled_entry("urgent_ground", table, number=item.number)
        grounds.append({"id": texts.pop("id"), "when": _is_urgent(item), **texts})
    return [{"category": "urgent", "grounds": grounds}] if grounds else []


def _urgent_guarantees(table: ScaleTable) -> list[Node]:
    words = _skeleton()["each"]["guarantees"]
    guarantees: list[Node] = []
    for item in _urgent(table):
        texts = _filled(words["urgent"], table, number=item.number)
        guarantees.append({**texts, "when": _is_urgent(item)})
        guarantees.append(
            {**_filled(words["open_urgent"], table, number=item.number), "unsure": [f"item_{item.number}"]}
        )
    if guarantees:
        grounds = [_urgent_ground(item) for item in _urgent(table)]
        guarantees.append({**_filled(words["interrupts"], table), "grounds": grounds})
    return guarantees


# --- guarantees ----------------------------------------------------------------------------------


def _guarantees(table: ScaleTable) -> list[Node]:
    """Each part comes of its bands and of nothing else, and no answer that counts for more is milder.

    Items that count alike have the same scores in the same sums: what is proved of the last is true of the others, and
    is proved soonest, as all that is added up before it is the same in both answer sets.
    """
    alike: dict[Hashable, Item] = {}
    for item in table.items:
        places = tuple(total.id for total in table.totals if item in total.items)
        alike[item.scores, item.urgent_from, places] = item
    parts = [_part_guarantee(part, table) for part in range(table.parts)]
    return [*parts, *(_milder(item, table) for item in alike.values())]


def _part_guarantee(part: int, table: ScaleTable) -> Node:
    texts = _filled(_skeleton()["each"]["guarantees"]["part"], table, part=part + 1, ranges=_ranges(part, table))
    here = _any_of(_within(total, table.band(part)) for total in table.totals)
    worse = [_within(total, table.band(other)) for other in range(part + 1, table.parts) for total in table.totals]
    above = [
        *(worse if len(table.totals) > 1 else []),
        *(f'holds("{_urgent_ground(item)}")' for item in _urgent(table)),
    ]
    return {**texts, "when": f"{here} and not {_any_of(above)}" if above else here, "then": [_id(part)]}


def _any_of(conditions: Iterable[str]) -> str:
    joined = " or ".join(conditions)
    return f"({joined})"


def _milder(item: Item, table: ScaleTable) -> Node:
    texts = _filled(_skeleton()["each"]["guarantees"]["milder"], table, number=item.number)
    order = [f"answer_{place + 1}" for place in table.by_severity(item)]
    return {**texts, "question": f"item_{item.number}", "order": order}
