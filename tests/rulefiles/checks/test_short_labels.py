"""Short labels of warnings: short enough for a row of the list, and only where somebody is called first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from screening.rulefiles.checks.short_labels import MOST_LETTERS, short_labels
from screening.storage.database.rows import SubmissionRow
from screening.storage.submissions.desk_list.list_items import Item
from screening.storage.submissions.record.records import State, Step
from screening.wording.desk.listing import listed_row
from screening.wording.language.languages import language
from tests.rulefiles.edited import SMALL_TEXT, edited, mistakes, places, rule_set_of

NOW = datetime(2026, 11, 30, 9, 12, tzinfo=UTC)
NOTHING: dict[str, None] = dict.fromkeys(SubmissionRow.__slots__)
ROW = SubmissionRow(**NOTHING)  # type: ignore[arg-type]

TEXT = "    text: Please look again by day.\n"


def with_label(label: str, *, call_first: bool = True) -> str:
    first = "    call_first: true\n" if call_first else ""
    return edited(
        (TEXT, f"{TEXT}{first}    in_short: {label}\n"), text=SMALL_TEXT.replace("    call_first: true\n", "")
    )


def test_a_label_of_24_letters_is_taken(tmp_path: Path) -> None:
    assert mistakes(tmp_path, with_label("x" * MOST_LETTERS)) == []


@pytest.mark.parametrize(
    ("label", "call_first", "code"),
    [("x" * (MOST_LETTERS + 1), True, "note.in_short_long"), ("Dark leaves", False, "note.in_short")],
)
def test_one_that_is_too_long_or_tells_of_no_warning_is_a_mistake(label: str, call_first: bool, code: str) -> None:
    rule_set = rule_set_of(with_label(label, call_first=call_first))
    number = next(index for index, note in enumerate(rule_set.notes) if note.in_short)
    assert places(short_labels(rule_set)) == [(code, f"notes.{number}.in_short")]


def test_a_row_says_it_in_short_and_falls_back_on_what_the_person_was_told() -> None:
    rule_set = rule_set_of(with_label("Dark leaves"))
    note = next(note for note in rule_set.notes if note.in_short)
    row = replace(ROW, id="x", revision=1, received_at=NOW, step=Step.CALL_BACK)
    item = Item(row, State.NEW, Step.CALL_BACK, safety=(note.text, "Of old rules."), safety_notes=(note.id, "gone"))
    assert listed_row(item, rule_set, NOW, language("en")).danger == ("Dark leaves", "Of old rules.")
    before = replace(item, safety_notes=())
    assert listed_row(before, rule_set, NOW, language("en")).danger == (note.text, "Of old rules.")
