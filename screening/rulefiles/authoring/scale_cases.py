"""Cases of a scored scale, by adding up its table: both ends of every band, each answer told at once, nothing known.

They say what the draft of the rule file must give, without the engine having a say in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from screening.rulefiles.authoring.scale_rules import case_name
from screening.rulefiles.authoring.scale_table import ScaleTable, Total

Node = dict[str, Any]
Places = tuple[int, ...]
"""For each item the place of its answer."""


def cases_of(table: ScaleTable) -> list[Node]:
    """The cases, each by its name once."""
    cases = [*_ends(table), *_told_at_once(table), *_nothing_known(table)]
    return list({case["name"]: case for case in cases}.values())


def _ends(table: ScaleTable) -> Iterator[Node]:
    for total in table.totals:
        ways = {**_ways(total, table), **_ways(total, table, calm=True)}
        for band, low in enumerate(total.bands):
            inside = sorted(set(range(low, total.highest(band) + 1)) & ways.keys())
            for end in dict.fromkeys((*inside[:1], *inside[-1:])):
                yield _case(case_name("total", table, label=total.label, number=end), ways[end], table)


def _ways(total: Total, table: ScaleTable, *, calm: bool = False) -> dict[int, Places]:
    """One way to reach each total, items of other totals at their mildest; calm: by no answer that is told at once."""
    ways: dict[int, Places] = {0: ()}
    for item in table.items:
        places = table.by_severity(item) if item in total.items else table.by_severity(item)[:1]
        reached: dict[int, Places] = {}
        for so_far, way in ways.items():
            for place in (candidate for candidate in places if not (calm and candidate in item.urgent)):
                points = item.scores[place] if item in total.items else 0
                reached.setdefault(so_far + points, (*way, place))
        ways = reached
    return ways


def _told_at_once(table: ScaleTable) -> Iterator[Node]:
    mildest = [table.by_severity(item)[0] for item in table.items]
    for at, item in enumerate(table.items):
        for place in item.urgent:
            name = case_name("urgent", table, number=item.number, points=item.scores[place])
            yield _case(name, (*mildest[:at], place, *mildest[at + 1 :]), table)


def _case(name: str, way: Places, table: ScaleTable) -> Node:
    """What the rules must give for answers at these places."""
    answers = {f"item_{item.number}": f"answer_{place + 1}" for item, place in zip(table.items, way, strict=True)}
    scores = {item.number: item.scores[place] for item, place in zip(table.items, way, strict=True)}
    sums = {total.id: sum(scores[item.number] for item in total.items) for total in table.totals}
    part = f"part_{max(_part(total, sums[total.id], table) for total in table.totals) + 1}"
    expected = {"category": part}
    if any(place in item.urgent for item, place in zip(table.items, way, strict=True)):
        expected = {"category": "urgent", "underlying": part}
    return {"name": name, "answers": answers, **expected, "values": sums}


def _part(total: Total, reached: int, table: ScaleTable) -> int:
    """The part of a total; 0 is the mildest."""
    band = max(place for place, low in enumerate(total.bands) if low <= reached)
    return band if table.higher_is_worse else table.parts - 1 - band


def _nothing_known(table: ScaleTable) -> list[Node]:
    """Every part that some answers give stays possible; where totals share items, that is not added up here."""
    if sum(len(total.items) for total in table.totals) > len(table.items):
        return []
    reached = ({_part(total, reached, table) for reached in _ways(total, table)} for total in table.totals)
    parts = sorted({max(together) for together in product(*reached)})
    urgent = ["urgent"] if any(item.urgent for item in table.items) else []
    possible = [*urgent, *(f"part_{part + 1}" for part in parts)]
    return [{"name": case_name("nothing", table), "answers": {}, "category": "unclear", "possible": possible}]
