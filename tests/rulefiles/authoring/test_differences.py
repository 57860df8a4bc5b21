"""What differs between two rule files is told by id, each thing once."""

from __future__ import annotations

from pathlib import Path

from screening.rulefiles.authoring.differences import Change, Differences, ItemChange, differences
from tests.rulefiles.edited import SMALL_CASES_TEXT, edited, load_text
from tests.support.cases import RULES


def compared(folder: Path, *changes: tuple[str, str], cases: tuple[str, str] = ("", "")) -> Differences:
    """The small rule file beside itself with these changes, and with these cases."""
    old = load_text(folder, edited(), cases[0])
    return differences(old, load_text(folder, edited(*changes), cases[1]))


def only(found: Differences) -> ItemChange:
    """The one thing that differs."""
    assert found.texts == ()
    assert len(found.items) == 1
    return found.items[0]


def test_a_file_differs_in_nothing_from_itself() -> None:
    found = differences(RULES, RULES)
    assert (found.items, found.texts, found.rule_order) == ((), (), None)


def test_a_condition_is_told_as_written(tmp_path: Path) -> None:
    found = compared(tmp_path, ("definitely(thirst > 2.5)", "definitely(thirst > 2.75)"))
    before, after = (f'definitely(soil == "dry") or definitely(thirst > {limit})' for limit in ("2.5", "2.75"))
    change = Change("is", before, after)
    assert only(found) == ItemChange("value", "dry", is_in_old=True, is_in_new=True, members=(change,))


def test_a_range_and_a_score(tmp_path: Path) -> None:
    found = compared(
        tmp_path, ("unusual_above: 20\n", "unusual_above: 25\n"), ("text: Moist, score: 1}", "text: Moist, score: 1.1}")
    )
    assert [(change.id, change.members) for change in found.items] == [
        ("soil", (Change("options.moist.score", "1", "1.1"),)),
        ("weight", (Change("units.kg.unusual_above", "20", "25"),)),
    ]


def test_a_text_is_told_by_its_id(tmp_path: Path) -> None:
    found = compared(tmp_path, ("text: How does the soil feel?", "text: How is the soil?"))
    assert found.items == ()
    assert found.texts == (Change("questions.soil.text", "How does the soil feel?", "How is the soil?"),)


def test_a_source_is_told_with_its_texts(tmp_path: Path) -> None:
    found = compared(tmp_path, ('year: "2024"', 'year: "2025"'))
    assert only(found).members == (Change("year", "2024", "2025"),)


def test_a_case_is_told_where_another_outcome_is_expected(tmp_path: Path) -> None:
    cases = edited(("  not_notes: [too_wet, look_again]\n", "  not_notes: [too_wet]\n"), text=SMALL_CASES_TEXT)
    found = only(compared(tmp_path, cases=(SMALL_CASES_TEXT, cases)))
    assert (found.what, found.id) == ("case", "Dry soil is thirst although the leaves stand up")
    assert [change.id for change in found.members] == ["not_notes"]


def test_a_guarantee_is_not_told_here(tmp_path: Path) -> None:
    found = compared(tmp_path, ("order: [wet, moist, dry]", "order: [wet, dry]"))
    assert (found.items, found.texts) == ((), ())
