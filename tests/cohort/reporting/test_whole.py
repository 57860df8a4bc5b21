"""What a report counts in one pass is what the engine counts row by row, with rule files that really say otherwise."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from screening.cohort.answer_sets import Reader
from screening.cohort.cells import decimal
from screening.cohort.mapping import CohortMapping, Column, Group, Tick, load_mapping
from screening.cohort.reporting.by_row import RowTeller
from screening.cohort.reporting.cut_offs import CutOff
from screening.cohort.reporting.tally import NONE, Count, Curve, Tally
from screening.cohort.reporting.whole import count_table
from screening.cohort.table import TableError, rows
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.engine import Answers, Engine, RequiredAnswerMissingError
from tests.cohort.judging.test_rows import CLOSE, COHORT, MAPPING, ODD, PLANTS
from tests.rulefiles.edited import edited, load_text
from tests.support.rules.small_rules import built, choice, ground, number, rule, rule_file, several, unit, value

COLUMNS = (*MAPPING.column_names, "heft")
WEIGHED = replace(
    MAPPING,
    assumed={},
    weight="heft",
    groups={"Soil": Group("ground", {"dry": frozenset({"d"}), "not dry": frozenset({"m", "w"})})},
)


def odd_plants(path: Path, count: int, oddity: float) -> Path:
    """Plants in whose cells anything may stand, each with a weight."""
    chance = Random(11)
    plain = list(rows(COHORT / "plants.csv", MAPPING.column_names))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for _ in range(count):
            usual = {**chance.choice(plain), "grams": str(chance.randrange(200, 800, 20))}
            odd = [chance.choice(ODD) if chance.random() < oddity else usual[name] for name in MAPPING.column_names]
            writer.writerow([*odd, chance.choice(["0.5", "1.25", "3"])])
    return path


def counted_by_row(path: Path, mapping: CohortMapping, engine: Engine, curves: list[Curve]) -> Tally:
    """The same, row by row."""
    tally = Tally([Curve(curve.cut_off, curve.places) for curve in curves])
    tally.begin_groups({title: tuple(group.cells) for title, group in mapping.groups.items()})
    teller = RowTeller(engine, Reader(mapping, engine.rule_set))
    for row in rows(path, mapping.reported_names):
        tally.rows += 1
        teller.tell(row, tally)
    return tally


def assert_same(found: Tally, wanted: Tally) -> None:
    for name in ("rows", "counted", "lacking", "judged", "open", "without_weight"):
        assert getattr(found, name) == getattr(wanted, name), name
    for name in ("possible", "grounds", "open_grounds", "narrowing", "known", "unusable"):
        assert dict(getattr(found, name)) == dict(getattr(wanted, name)), name
    assert {title: {label: dict(by) for label, by in parts.items()} for title, parts in found.groups.items()} == {
        title: {label: dict(by) for label, by in parts.items()} for title, parts in wanted.groups.items()
    }
    drawn = {curve.cut_off: curve for curve in found.curves}
    for other in wanted.curves:
        one = drawn[other.cut_off]
        assert [dict(counts) for counts in one.counts] == [dict(counts) for counts in other.counts], one.cut_off


@pytest.mark.parametrize("oddity", [0.0, 0.15])
def test_all_that_is_counted_at_once_is_counted_so_row_by_row(tmp_path: Path, oddity: float) -> None:
    path = odd_plants(tmp_path / "odd.csv", 800, oddity)
    found = count_table(path, WEIGHED, PLANTS.engine)
    assert [curve.cut_off.name for curve in found.curves] == ["weight"]
    assert (found.by_row > 100) is bool(oddity)
    assert found.by_row < found.judged.rows
    assert_same(found, counted_by_row(path, WEIGHED, PLANTS.engine, found.curves))


@pytest.mark.slow
def test_the_people_of_the_survey_are_counted_so_too(liver: LoadedRules, tmp_path: Path) -> None:
    for name, compared in (("nhanes", slice(0)), ("nhanes_settled", slice(1, 3))):  # each place takes an engine
        mapping = replace(load_mapping(COHORT / f"{name}.assume.yaml", liver.rule_set), weight="", groups={})
        few = tmp_path / "few.csv"
        few.write_text("\n".join((COHORT / "nhanes_like.csv").read_text().splitlines()[:16]) + "\n")
        found = count_table(few, mapping, liver.engine)
        assert len(found.curves) > 8
        assert_same(found, counted_by_row(few, mapping, liver.engine, found.curves[compared]))


# --- curves, beside rule files with the other number in them --------------------------------------


def counted_with(path: Path, mapping: CohortMapping, engine: Engine) -> dict[frozenset[str], int]:
    """How many are where by one engine."""
    reader = Reader(mapping, engine.rule_set)
    found: Counter[frozenset[str]] = Counter()
    for row in rows(path, mapping.column_names):
        if reader.counts(row):
            try:
                found[engine.possible(reader.read(row).answers)] += 1
            except RequiredAnswerMissingError:
                continue
    return dict(found)


def assert_curve(curve: Curve, path: Path, mapping: CohortMapping, engine_with: Callable[[Decimal], Engine]) -> None:
    for place, counts in zip(curve.places, curve.counts, strict=True):
        told = {names: count.rows for names, count in counts.items()}
        assert told == counted_with(path, mapping, engine_with(place)), (curve.cut_off, place)


def test_a_curve_is_what_rule_files_with_that_number_give(tmp_path: Path) -> None:
    path = odd_plants(tmp_path / "odd.csv", 300, 0.05)
    (curve,) = (curve for curve in count_table(path, WEIGHED, PLANTS.engine).curves if curve.cut_off.name == "weight")

    def engine_with(place: Decimal) -> Engine:
        return load_text(tmp_path, edited(("definitely(weight < 0.5)", f"definitely(weight < {place})"))).engine

    assert len(curve.moving) > 1
    assert_curve(curve, path, WEIGHED, engine_with)


def mapping_of(*names: str, unit_code: str = "1") -> CohortMapping:
    return CohortMapping("", frozenset({""}), {}, (), {name: Column(name, unit=unit_code) for name in names}, {}, {})


@pytest.mark.parametrize("compared", ["ratio", "min(ratio, 9)"])
def test_worked_out_numbers_at_the_very_places_of_a_cut_off(tmp_path: Path, compared: str) -> None:
    path = tmp_path / "close.csv"
    chance = Random(2)
    numbers = [(chance.randrange(20, 45) / 100 * b, b) for b in (1, 3, 7) for _ in range(60)]
    path.write_text("a,b\n" + "".join(f"{a:.2f},{b}\n" for a, b in numbers) + "1,0\n")

    def engine_with(place: Decimal) -> Engine:
        text = repr(CLOSE).replace("ratio > 0.3", f"{compared} > {place}").replace("ratio == 0.3", f"ratio == {place}")
        return Engine(built(eval(text)))

    found = count_table(path, mapping_of("a", "b"), engine_with(Decimal("0.3")))
    assert found.by_row > 20
    (curve,) = found.curves
    assert curve.cut_off == CutOff("ratio", Decimal("0.3"))
    assert_curve(curve, path, mapping_of("a", "b"), engine_with)


def test_cut_offs_of_a_score_are_read_anew_at_each_place(tmp_path: Path) -> None:
    options = [{"code": code, "score": score} for score, code in enumerate(("none", "some", "much"))]
    asked = [choice(name, *options, strict=True) for name in ("p", "q", "r")]

    def rules_with(cut_off: object) -> Engine:
        grounds = [rule("more", ground("high", f"total >= {cut_off}"))]
        return Engine(built(rule_file(asked, grounds, values=[value("total", "score(p) + score(q) + score(r)")])))

    path = tmp_path / "scores.csv"
    chance = Random(4)
    drawn = ([chance.choice(["none", "some", "much", ""]) for _ in range(3)] for _ in range(90))
    path.write_text("p,q,r\n" + "".join(f"{','.join(cells)}\n" for cells in drawn))
    columns = {name: Column(name, options={code: code for code in ("none", "some", "much")}) for name in "pqr"}
    parts = {"p": Group("p", {"none": frozenset({"none"}), "more": frozenset({"some", "much"})})}
    mapping = CohortMapping("", frozenset({""}), {}, (), columns, {}, {}, groups=parts)
    found = count_table(path, mapping, rules_with(4))
    assert found.by_row == 0
    assert_same(found, counted_by_row(path, mapping, rules_with(4), []))
    (curve,) = found.curves
    assert {Decimal(3), Decimal(4), Decimal(5)} <= set(curve.places)
    assert_curve(curve, path, mapping, rules_with)


STRICT = rule_file(
    [
        number("a", unit(maximum=9), strict=True),
        number("b", unit(maximum=9), required=True),
        number("c", unit(maximum=9), strict=True),
        several("signs", "red", "dry", {"code": "none", "exclusive": True}, strict=True),
    ],
    [
        rule("more", ground("product", "a * b > 6"), ground("over", 'c > 5 and any_of(signs, "red")')),
        rule("same", ground("small", "c <= 3"), ground("little", "a < 3")),
    ],
    values=[value("whole", "round(b / 3, 1)"), value("far", "whole > 0.7")],
)
"""A number with which the rules compute, one that they only compare, and an option that rules the others out."""


def test_rules_with_strict_numbers_are_counted_so_too(tmp_path: Path) -> None:
    path = tmp_path / "strict.csv"
    chance = Random(6)
    numbers = [[f"{chance.randrange(91) / 10}" if chance.random() < 0.9 else "" for _ in "ac"] for _ in range(150)]
    cells = [[a, str(chance.choice(["", *range(10)])), c, chance.choice(["", "red", "none"])] for a, c in numbers]
    path.write_text("a,b,c,signs\n" + "".join(f"{','.join(row)}\n" for row in cells))
    ticks = {"signs": {code: Tick("signs", frozenset({code})) for code in ("red", "dry", "none")}}
    mapping = replace(mapping_of("a", "b", "c"), ticks=ticks)
    engine = Engine(built(STRICT))
    found = count_table(path, mapping, engine)
    assert [curve.cut_off for curve in found.curves] == [CutOff(name, Decimal(at)) for name, at in ("a3", "c3", "c5")]
    assert 0 < found.by_row < found.judged.rows / 4
    assert found.lacking
    assert_same(found, counted_by_row(path, mapping, engine, found.curves))


def test_rules_with_a_strict_number_that_no_column_tells_are_counted_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "without.csv"
    path.write_text("b\n1\n7\n\n")
    found = count_table(path, mapping_of("b"), Engine(built(STRICT)))
    assert (found.by_row, found.counted, found.lacking, found.open.rows) == (2, 3, 1, 2)


# --- weights and groups -------------------------------------------------------------------------------


def test_weights_and_subgroups_add_up(tmp_path: Path) -> None:
    path = odd_plants(tmp_path / "odd.csv", 400, 0.1)
    found = count_table(path, WEIGHED, PLANTS.engine)
    wanted: defaultdict[frozenset[str], Count] = defaultdict(Count)
    reader = Reader(WEIGHED, PLANTS.rule_set)
    for row in rows(path, WEIGHED.reported_names):
        answers: Answers = reader.read(row).answers
        if reader.counts(row) and answers.get("age") is not None:
            wanted[PLANTS.engine.possible(answers)] += Count(1, decimal(row["heft"]) or Decimal(0))
    assert dict(found.possible) == dict(wanted)
    for curve in found.curves:
        assert all(sum(counts.values(), Count()) == found.judged for counts in curve.counts)


@pytest.mark.parametrize("count", [0, 1])
def test_a_table_of_which_no_row_counts_has_nothing_to_count(tmp_path: Path, count: int) -> None:
    path = tmp_path / "none.csv"
    path.write_text("\n".join([",".join(COLUMNS), *[",".join("" for _ in COLUMNS)] * count]) + "\n")
    found = count_table(path, WEIGHED, PLANTS.engine)
    assert (found.rows, found.judged, found.open) == (count, NONE, NONE)
    assert_same(found, counted_by_row(path, WEIGHED, PLANTS.engine, found.curves))


def test_a_table_that_lacks_a_column_of_the_report_is_refused() -> None:
    with pytest.raises(TableError) as error:
        count_table(COHORT / "plants.csv", WEIGHED, PLANTS.engine)
    assert error.value.code == "no_column"
