"""The report on a table of people says whom it counted, what is open, and what would move."""

from __future__ import annotations

from screening.wording.authors.tables.blocks import Figures, TablePart
from tests.support.table_report import plants_report


def part_of(name: str) -> TablePart:
    (found,) = (part for part in plants_report().parts if part.id == name)
    return found


def figures_of(part: TablePart) -> list[Figures]:
    return [block for inner in (part, *part.parts) for block in inner.blocks if isinstance(block, Figures)]


def test_every_row_with_an_outcome_is_in_one_set_and_in_one_part_of_a_subgroup_at_most() -> None:
    (places,) = figures_of(part_of("places"))
    assert sum(int(row[2]) for row in places.rows) == 7
    assert round(sum(float(row[3]) for row in places.rows)) == 100
    assert [row[0] for row in places.rows] == list("ABCD")
    (groups,) = figures_of(part_of("groups"))
    assert {row[0] for row in groups.rows} == {"dry", "not dry"}
    assert sum(int(row[2]) for row in groups.rows) <= 7


def test_what_is_open_names_the_column_that_would_close_it() -> None:
    (opened,) = figures_of(part_of("open"))
    named = {row[0]: row[1] for row in opened.rows}
    assert named == {"Signs": "aphids", "Leaves": "no column"}


def test_each_cut_off_has_its_curve_or_is_named_among_those_that_move_nobody() -> None:
    part = part_of("cut-offs")
    titles = [inner.title for inner in part.parts]
    assert titles[-1] == "Cut-offs that move nobody here"
    assert any(title.startswith("Weight: 0.5") for title in titles)
    (weight,) = (inner for inner in part.parts if inner.title.startswith("Weight: 0.5"))
    (table,) = figures_of(weight)
    assert table.marked is not None
    assert table.rows[table.marked][0] == "0.5"
    assert len({row[1:] for row in table.rows}) > 1


def test_the_same_rules_beside_themselves_move_nobody() -> None:
    versions = part_of("versions")
    (beside,) = figures_of(versions)
    assert {row[3] for row in beside.rows} == {"+0"}
