"""Random texts in random small rule files: in every place that a text can have, each told apart from all others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.support.rules.random_expressions import Dice
from tests.support.rules.small_rules import Members

TOPIC = "topic"


@dataclass
class TextDrawing:
    """Draws texts; `written` draws a condition as notes and texts have it."""

    dice: Dice
    written: Callable[[], str]
    count: int = field(default=0)

    def text(self) -> str:
        """A text that no other one holds."""
        self.count += 1
        return f"Text {self.count}."

    def block(self, name: str, *, default: bool = False) -> Members:
        """A block, most often with a condition, sometimes with a list or a topic."""
        members: Members = {"id": name, "text": self.text()}
        if not default and self.dice.chance(60):
            members["when"] = self.written()
        if not default and self.dice.chance(15):
            members["items"] = [self.text(), self.text()]
        return {**members, **self.tag()}

    def tag(self) -> Members:
        """The topic, or none."""
        return {"topics": [TOPIC]} if self.dice.chance(25) else {}

    def blocks(self, name: str, least: int = 0) -> list[Members]:
        """Some blocks."""
        return [self.block(f"{name}{number}") for number in range(least + self.dice.below(3 - least))]

    def headings(self) -> list[Members]:
        """Headings, of which the last stands where no other one does."""
        some = [{**self.block(f"h{number}"), "when": self.written()} for number in range(self.dice.below(2))]
        for block in some:
            block.pop("items", None)
        return [*some, self.block("last", default=True)]

    # --- a rule file ---

    def fill(self, data: Members) -> None:
        """Put texts into every place of a rule file."""
        titles = [{"id": "first", "text": "First"}, {"id": "second", "text": "Second"}]
        data["section_titles"] = [{**title, "when_several": self.dice.chance(50)} for title in titles]
        data["limit"] = self.text()
        data["short_answer"] = self.blocks("short", 1)
        kinds = ("unless", "several", "nothing_known", "disagree")
        data["undetermined"]["kinds"] = {kind: self.kind() for kind in kinds}
        for category in data["categories"]:
            self.category(category, undetermined=data["undetermined"]["category"])
        for rule in data["rules"]:
            for ground in rule["grounds"]:
                ground.update({"because": self.text(), "open": self.text(), **self.tag()})
        for note in data["notes"]:
            kind = self.dice.one(["action", "information", "caution"])
            audience = self.dice.one(["patient", "clinic", "both"])
            note.update({"kind": kind, "audience": audience, "text": self.text(), **self.tag()})
        label = {"id": "label", "text": "Label"}
        data["claim_labels"] = [label]
        data["claims"] = [{"id": "claim", "says": self.text(), "research": self.text(), "label": "label", **self.tag()}]
        data["shared"] = [
            {"id": "second", "blocks": self.blocks("joined", 1)},
            {"id": "own", "title": "Own", "blocks": self.blocks("own", 1)},
        ]
        data["tick_sheet"] = [self.text()]
        self.papers(data)

    def papers(self, data: Members) -> None:
        """What papers alone say: the doctor's lines to fill in may leave room for the general sheet."""
        if self.dice.chance(60):
            lines = [self.block(f"line{number}") for number in range(self.dice.below(3))]
            for block in lines:
                block["items"] = [self.text()]
            data["doctor_paper"] = {
                "title": "Paper",
                "languages": ["en"],
                "remarks": self.blocks("remark"),
                "fill_in": lines,
            }
        if self.dice.chance(50):
            data["person_paper"] = {"read_out": self.blocks("say", 1)}

    def kind(self) -> Members:
        """One kind of the undetermined category; some of its texts list what is open."""
        texts = self.blocks("text", 1)
        if self.dice.chance(50):
            texts[0]["text"] += " Open: {open}"
        return {"headings": self.headings(), "texts": texts}

    def category(self, category: Members, undetermined: str) -> None:
        """A category with all its texts; some call for help."""
        if category["id"] != undetermined and self.dice.chance(20):
            category["tone"] = "urgent"
        sections = ({"id": name, "blocks": self.blocks(name, 1)} for name in ("first", "second"))
        category.update(
            headings=self.headings(),
            sections=[*sections],
            next_steps=self.blocks("step", 1),
            ask_doctor=self.blocks("ask"),
        )
        if not category["ask_doctor"]:
            category.pop("ask_doctor")
