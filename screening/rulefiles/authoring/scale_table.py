"""A scored scale as a table of items, scores and bands: read, and checked against what its items add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from screening.rulefiles.loading.loader import raise_if_any, read_shaped
from screening.rulefiles.model.shape import scale_schema
from screening.ruleset.model.problem import Path, Problem


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a scale."""

    number: int
    scores: tuple[int, ...]
    """One an answer, in the order in which they are offered."""
    urgent_from: int | None = None
    """From which score on an answer is told at once."""

    @property
    def urgent(self) -> tuple[int, ...]:
        """The places of the answers that are told at once."""
        least = self.urgent_from
        return tuple(place for place, score in enumerate(self.scores) if least is not None and score >= least)


@dataclass(frozen=True, slots=True)
class Total:
    """What some items add up to, and its bands."""

    id: str
    label: str
    items: tuple[Item, ...]
    bands: tuple[int, ...]
    """The lowest total of each band."""
    most: int

    def highest(self, band: int) -> int:
        """The highest total of a band."""
        return self.bands[band + 1] - 1 if band + 1 < len(self.bands) else self.most


@dataclass(frozen=True, slots=True)
class ScaleTable:
    """A scored scale."""

    id: str
    name: str
    source: Mapping[str, Any]
    items: tuple[Item, ...]
    totals: tuple[Total, ...]
    higher_is_worse: bool

    @property
    def parts(self) -> int:
        """How many parts, or bands, there are."""
        return len(self.totals[0].bands)

    def band(self, part: int) -> int:
        """The place of the band that a part stands for; part 0 is the mildest."""
        return part if self.higher_is_worse else self.parts - 1 - part

    def by_severity(self, item: Item) -> list[int]:
        """The places of an item's answers, from the mildest on."""
        return sorted(range(len(item.scores)), key=lambda place: item.scores[place], reverse=not self.higher_is_worse)


def load_scale(path: FilePath) -> ScaleTable:
    """The scale that a file describes, or `RuleFileError` with every mistake in it."""
    parsed = read_shaped(path, scale_schema())
    data: Any = parsed.data
    raise_if_any([*_unknown_items(data)], parsed, path)
    table = _table(data)
    raise_if_any([*_mistakes(table)], parsed, path)
    return table


def _table(data: Mapping[str, Any]) -> ScaleTable:
    own = {int(number): entry["scores"] for entry in data.get("own_scores", ()) for number in entry["items"]}
    urgent = {int(limit["item"]): int(limit["from"]) for limit in data.get("urgent", ())}
    items = []
    for number in range(1, int(data["items"]) + 1):
        scores = tuple(map(int, own.get(number, data["scores"])))
        turned = scores[::-1] if number in data.get("reverse", ()) else scores
        items.append(Item(number, turned, urgent.get(number)))
    totals = tuple(_total(total, items) for total in data["totals"])
    return ScaleTable(data["id"], data["name"], data["source"], tuple(items), totals, data.get("higher_is") != "better")


def _total(data: Mapping[str, Any], items: Sequence[Item]) -> Total:
    numbers = data.get("items", [item.number for item in items])
    return Total(
        id=data["id"],
        label=data.get("label", data["id"].replace("_", " ")),
        items=tuple(items[int(number) - 1] for number in numbers),
        bands=tuple(map(int, data["bands"])),
        most=int(data["most"]),
    )


def _unknown_items(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Numbers of items that there are none of, and one that a total names twice."""
    lists: list[tuple[Path, Sequence[int]]] = [(("reverse",), data.get("reverse", ()))]
    for part in ("own_scores", "totals"):
        lists += [((part, at, "items"), entry.get("items", ())) for at, entry in enumerate(data.get(part, ()))]
    named = [((*path, at), number) for path, numbers in lists for at, number in enumerate(numbers)]
    named += [(("urgent", at, "item"), limit["item"]) for at, limit in enumerate(data.get("urgent", ()))]
    for path, number in named:
        if number > data["items"]:
            yield Problem("scale_table.item", path, values={"number": number, "count": data["items"]})
    for path, numbers in lists:
        if len(set(numbers)) < len(numbers):
            yield Problem("scale_table.twice", path)


def _mistakes(table: ScaleTable) -> Iterator[Problem]:
    """What does not fit together: bands and sums, urgent answers and scores, items and totals."""
    for at, total in enumerate(table.totals):
        yield from _wrong_bands(total, table.parts, ("totals", at, "bands"))
    for item in table.items:
        if item.urgent_from is not None and not 0 < len(item.urgent) < len(item.scores):
            values = {"number": item.number, "low": item.urgent_from}
            yield Problem("scale_table.urgent", ("urgent",), values=values)
    read = {item.number for total in table.totals for item in total.items}
    unread = [item.number for item in table.items if item.number not in read]
    if unread:
        yield Problem("scale_table.unread", ("totals",), values={"number": unread[0]})


def _wrong_bands(total: Total, parts: int, path: Path) -> Iterator[Problem]:
    least, most = (sum(map(end, (item.scores for item in total.items))) for end in (min, max))
    if list(total.bands) != sorted(set(total.bands)) or len(total.bands) != parts:
        yield Problem("scale_table.bands", path, values={"number": parts})
    elif total.bands[-1] > total.most:
        yield Problem("scale_table.above", path, values={"last": total.bands[-1], "most": total.most})
    elif (least, most) != (total.bands[0], total.most):
        values = {"name": total.id, "least": least, "most": most, "low": total.bands[0], "high": total.most}
        yield Problem("scale_table.ends", path, values=values)
