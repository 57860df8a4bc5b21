"""Rows as answer sets, and how many of them move: not known is never no, and nothing is clipped."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from screening.cohort.answer_sets import Reader, Unusable
from screening.cohort.mapping import load_mapping
from screening.cohort.reclassification import Reclassification, reclassify
from screening.cohort.table import rows
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.engine.engine import Engine
from tests.rulefiles.edited import DATA, SMALL, edited, rule_set_of
from tests.support.cases import RULES

COHORT = DATA / "cohort"
PLANTS = load_rule_file(SMALL)
MAPPING = load_mapping(COHORT / "plants.assume.yaml", PLANTS.rule_set)
TABLE = list(rows(COHORT / "plants.csv", ("pot", *MAPPING.column_names)))
READER = Reader(MAPPING, PLANTS.rule_set)


def row(pot: str) -> dict[str, str]:
    """The row of one pot."""
    return dict(next(row for row in TABLE if row["pot"] == pot))


def test_a_row_is_read_with_units_options_and_assumptions() -> None:
    found = READER.read(row("a"))
    assert found.answers == {
        "leaves": "upright",
        "age": Decimal(2),
        "soil": "dry",
        "weight": Decimal("0.9"),
        "signs": frozenset({None}),
    }
    assert found.unusable == {}


def test_a_table_ticks_what_it_holds_and_is_not_sure_about_the_rest() -> None:
    assert READER.read(row("c")).answers["signs"] == frozenset({None, "lice"})
    assert READER.read(row("b")).answers["signs"] == frozenset({None})


def test_an_empty_cell_is_not_known() -> None:
    assert READER.read(row("g")).answers.keys() == {"leaves", "age", "signs"}


def test_what_is_no_answer_is_not_known_and_counted() -> None:
    assert READER.read(row("c")).unusable == {"weight": Unusable.BELOW}
    assert READER.read(row("d")).unusable == {"weight": Unusable.ABOVE, "soil": Unusable.NOT_OFFERED}
    assert READER.read(row("h")).unusable == {"weight": Unusable.NOT_A_NUMBER}
    assert "weight" not in READER.read(row("d")).answers


def test_only_rows_that_are_asked_for_count() -> None:
    assert [row["pot"] for row in TABLE if READER.counts(row)] == list("abcdeghi")


def moved(*changes: tuple[str, str]) -> Reclassification:
    """What moves between the small rule file and the same with changes."""
    return reclassify(TABLE, MAPPING, PLANTS.engine, Engine(rule_set_of(edited(*changes))))


def test_rows_that_move_are_counted_by_pair() -> None:
    found = moved(('definitely(soil == "dry") or', "definitely(weight > 1) or"))
    assert (found.rows, found.counted, found.judged) == (9, 8, 7)
    # pot a: dry and light; pot b: moist and heavy; signs are not known, so a rescue stays possible
    assert found.moves == [
        (frozenset({"rescue", "fine"}), frozenset({"rescue", "thirsty"}), 1),
        (frozenset({"rescue", "thirsty"}), frozenset({"rescue", "unclear"}), 1),
    ]
    assert found.moved == 2
    assert found.unusable == Counter(
        {
            ("weight", Unusable.BELOW): 1,
            ("weight", Unusable.ABOVE): 1,
            ("weight", Unusable.NOT_A_NUMBER): 1,
            ("soil", Unusable.NOT_OFFERED): 1,
        }
    )


def test_nothing_moves_between_a_rule_set_and_itself() -> None:
    assert moved().moved == 0


def test_an_option_that_one_form_lacks_is_not_known_to_it() -> None:
    without = edited(("          - {code: moist, text: Moist, score: 1}\n", ""), ('{"moist", "wet"}', '{"wet"}'))
    found = Reader(MAPPING, rule_set_of(without)).read(row("b"))
    assert found.unusable == {"soil": Unusable.NOT_OFFERED}


def test_an_assumed_option_that_one_form_lacks_is_not_known_to_it() -> None:
    renamed = edited(
        ("upright, text:", "straight, text:"),
        ("[hanging, upright]", "[hanging, straight]"),
        ('leaves == "upright"', 'leaves == "straight"'),
    )
    engine = Engine(rule_set_of(renamed))
    assert "leaves" not in Reader(MAPPING, engine.rule_set).read(row("b")).answers
    assert reclassify(TABLE, MAPPING, engine, PLANTS.engine).judged == 7


def test_liver_rows_stay_open_where_the_survey_did_not_ask() -> None:
    mapping = load_mapping(COHORT / "nhanes.assume.yaml", RULES.rule_set)
    found = reclassify(rows(COHORT / "nhanes_like.csv", mapping.column_names), mapping, RULES.engine, RULES.engine)
    assert (found.rows, found.counted, found.judged, found.moved) == (7, 5, 5, 0)
    assert found.unusable == {("lsm", Unusable.ABOVE): 1}
    assert all({"urgent", "decompensated", "not_covered"} <= before for before, _ in found.outcomes)
