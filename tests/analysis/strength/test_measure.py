"""Mutants of small rules: what makes them, what catches them, and which answer set tells one apart."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from screening.analysis.comparison.difference import Differences, different
from screening.analysis.proof.prover import prove
from screening.analysis.strength.measure import Bench, Judged, Strength, strength
from screening.analysis.strength.mutation import Mutant, mutants, with_value
from screening.rulefiles.cases.case_file import Case, run_cases
from screening.rulefiles.cases.case_writer import append_cases
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.engine.engine import Engine
from screening.ruleset.explanation.explanation import Explainer
from screening.ruleset.language.type_checks import check
from screening.ruleset.model.dates import TODAY, DayRange, PartialDate
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.authors.proofs.strength import telling_cases
from tests.rulefiles.edited import DATA, SMALL
from tests.support.cases import ENGLISH
from tests.support.rules import small_rules as small


@pytest.fixture(scope="module")
def rules() -> LoadedRules:
    """The small rule file."""
    return load_rule_file(SMALL)


def rule_set_with(when: str, *, strict: bool = False) -> RuleSet:
    """One rule about a choice, several choices and a number."""
    asked = [
        small.choice(
            "colour", "red", "green", "blue", {"code": "grey", "leaves_open": ["red", "green"]}, strict=strict
        ),
        small.several("signs", "a", "b", "c"),
        small.number("size", small.unit(decimals=1)),
    ]
    return small.built(small.rule_file(asked, [small.rule("found", small.ground("one", when))]))


def made(rule_set: RuleSet) -> set[tuple[str, str, str]]:
    return {(mutant.operator, mutant.before, mutant.after) for mutant in mutants(rule_set) if "when" in mutant.path}


@pytest.mark.parametrize(
    ("when", "mutated"),
    [
        (
            "definitely(size < 3)",
            {
                ("settling", "definitely(size < 3)", "possibly(size < 3)"),
                ("comparison", "size < 3", "size <= 3"),
                ("comparison", "size < 3", "size > 3"),
                ("threshold", "size < 3", "size < 2.9"),
                ("threshold", "size < 3", "size < 3.1"),
            },
        ),
        (
            'not definitely(any_of(signs, "a", "c"))',
            {
                ("not_dropped", 'not definitely(any_of(signs, "a", "c"))', 'definitely(any_of(signs, "a", "c"))'),
                ("settling", 'definitely(any_of(signs, "a", "c"))', 'possibly(any_of(signs, "a", "c"))'),
                ("option_dropped", 'any_of(signs, "a", "c")', 'any_of(signs, "a")'),
                ("option_dropped", 'any_of(signs, "a", "c")', 'any_of(signs, "c")'),
                ("option_added", 'any_of(signs, "a", "c")', 'any_of(signs, "a", "c", "b")'),
            },
        ),
    ],
)
def test_an_expression_has_the_mutants_that_its_operators_make(when: str, mutated: set[tuple[str, str, str]]) -> None:
    assert made(rule_set_with(when)) == mutated


def test_rules_see_no_option_that_leaves_others_open_so_none_is_added() -> None:
    after = {text for operator, _, text in made(rule_set_with('colour == "blue"', strict=True))}
    assert after == {'colour in {"blue", "green"}'}


def test_mutants_are_one_change_each_and_most_could_be_written(rules: LoadedRules) -> None:
    found = list(mutants(rules.rule_set))
    assert len({(mutant.path, mutant.before, mutant.after) for mutant in found}) == len(found)
    assert all(mutant.rule_set != rules.rule_set for mutant in found)
    assert {mutant.operator for mutant in found} >= {
        "order",
        "ground_dropped",
        "strictness",
        "default",
        "leaves_open",
    } - {"leaves_open"}
    assert [mutant for mutant in found if check(mutant.rule_set) and mutant.operator != "strictness"] == []


def changed(rule_set: RuleSet, operator: str, after: str) -> Mutant:
    [found] = [mutant for mutant in mutants(rule_set) if (mutant.operator, mutant.after) == (operator, after)]
    return found


def test_a_difference_is_a_smallest_answer_set_that_tells_two_rule_sets_apart() -> None:
    rule_set = rule_set_with('definitely(size < 3) and not definitely(any_of(signs, "a"))')
    engine, other = Engine(rule_set), Engine(changed(rule_set, "comparison", "size <= 3").rule_set)
    answers = Differences(engine).find(other)
    assert answers is not None
    assert answers.keys() == {"size"}
    assert answers["size"] == 3
    assert "category" in different(engine.evaluate(answers), other.evaluate(answers))


def test_a_threshold_that_moved_is_told_apart_between_the_two() -> None:
    rule_set = rule_set_with("definitely(size >= 3)")
    other = Engine(changed(rule_set, "threshold", "size >= 2.9").rule_set)
    answers = Differences(Engine(rule_set)).find(other)
    assert answers is not None
    assert str(answers["size"]) == "2.9"


@pytest.mark.parametrize(
    ("when", "operator", "after"),
    [
        ("definitely(size < 3) and definitely(size < 5)", "part_dropped", "definitely(size < 3)"),
        ("definitely(size < 3) or definitely(size > 99.9)", "comparison", "size >= 99.9"),
    ],
)
def test_only_what_no_answer_set_tells_apart_is_equivalent(when: str, operator: str, after: str) -> None:
    rule_set = rule_set_with(when)
    found = Differences(Engine(rule_set)).find(Engine(changed(rule_set, operator, after).rule_set))
    assert (found is None) == (operator == "part_dropped")


@pytest.mark.parametrize(("blue", "equivalent"), [('colour == "blue"', False), ('colour in {"green", "blue"}', True)])
def test_one_more_answer_left_open_differs_where_it_makes_another_category_possible(
    blue: str, equivalent: bool
) -> None:
    rule_set = rule_set_with(blue, strict=True)
    wider = changed(rule_set, "leaves_open", "red, green, blue")
    assert (Differences(Engine(rule_set)).find(Engine(wider.rule_set)) is None) == equivalent


def assert_right(rules: LoadedRules, few: Sequence[Case], result: Strength) -> None:
    """What caught a mutant catches it, and what nothing caught is told apart by one of the answer sets that tell."""
    told = list(result.telling(rules.engine))
    for judged in result.judged:
        other = Engine(result.mutants[judged.number].rule_set)
        if judged.missed is not None:
            assert any(list(different(rules.engine.evaluate(one.answers), other.evaluate(one.answers))) for one in told)
        if judged.case:
            [case] = [case for case in few if case.name == judged.case]
            assert run_cases([case], other, rules.explainer)
        if judged.guarantee:
            [verdict] = [one for one in prove(other).verdicts if one.guarantee == judged.guarantee]
            assert not verdict.holds


def test_a_bench_says_what_catches_a_mutant(rules: LoadedRules) -> None:
    few = rules.cases[:4]
    bench = Bench(rules.engine, rules.explainer, few)
    result = Strength(bench.mutants, tuple(bench.judge(number) for number in range(0, len(bench.mutants), 3)))
    assert any(judged.case for judged in result.judged)
    assert any(judged.missed for judged in result.judged)
    assert any(judged.equivalent for judged in result.judged)
    assert_right(rules, few, result)


@pytest.mark.slow
def test_what_no_case_notices_is_noticed_by_the_answer_sets_that_tell(rules: LoadedRules) -> None:
    few = rules.cases[:4]
    result = strength(rules.engine, rules.explainer, few)
    assert [judged.number for judged in result.judged] == list(range(len(result.mutants)))
    assert any(judged.case for judged in result.judged)
    assert any(judged.guarantee for judged in result.judged)
    assert_right(rules, few, result)


def test_only_what_is_neither_caught_nor_equivalent_is_missed() -> None:
    judged = (Judged(0, case="a"), Judged(1, guarantee="b"), Judged(2, equivalent=True), Judged(3, undecided="c"))
    assert Strength((), judged).missed == (judged[3],)


def test_a_part_of_a_rule_set_is_put_in_place_and_nothing_else(rules: LoadedRules) -> None:
    new = with_value(rules.rule_set, ("pages", 0, "questions", 0, "strict"), value=False)
    assert not new.questions[0].strict
    assert with_value(new, ("pages", 0, "questions", 0, "strict"), value=True) == rules.rule_set


@pytest.mark.slow
def test_every_mutant_of_the_liver_rules_is_caught_or_equivalent(liver: LoadedRules) -> None:
    bench = Bench(liver.engine, liver.explainer, liver.cases)
    assert len(bench.mutants) > 800
    result = strength(liver.engine, liver.explainer, liver.cases)
    assert [result.mutants[judged.number] for judged in result.missed] == []
    assert sum(judged.equivalent for judged in result.judged) == 38


# --- dates ---------------------------------------------------------------------------------------

DATED = DATA / "rules" / "dated.yaml"


def dated_rules(*days: str, **members: object) -> RuleSet:
    """Rules about dates, each condition a ground."""
    asked = [small.date("a", 2, **members), small.date("b", 2, required=True)]
    grounds = [small.ground(f"g{place}", when) for place, when in enumerate(days)]
    return small.built(small.rule_file(asked, [small.rule("found", *grounds)]))


def test_a_time_has_the_other_units_and_the_next_whole_number_as_mutants() -> None:
    assert made(dated_rules("months_since(b) < 3")) == {
        ("comparison", "months_since(b) < 3", "months_since(b) <= 3"),
        ("comparison", "months_since(b) < 3", "months_since(b) > 3"),
        ("threshold", "months_since(b) < 3", "months_since(b) < 2"),
        ("threshold", "months_since(b) < 3", "months_since(b) < 4"),
        ("time_unit", "months_since(b)", "days_since(b)"),
        ("time_unit", "months_since(b)", "years_since(b)"),
    }


def test_mutants_of_dates_are_told_apart_by_answers_that_the_engine_confirms_or_by_none_that_were_tried() -> None:
    rules = load_rule_file(DATED)
    bench = Bench(rules.engine, rules.explainer, rules.cases)
    chance, tried = Random(4), []
    for _ in range(300):
        today = date(2026, 1, 1) + timedelta(days=chance.randrange(730))
        back = {"born": 7_000, "treated": 400, "moved": 60}
        days = {
            name: today - timedelta(days=chance.randrange(-60 if name == "moved" else 0, far))
            for name, far in back.items()
        }
        answers = {name: DayRange.of_day(day) for name, day in days.items() if name == "born" or chance.random() < 0.8}
        tried.append({TODAY: DayRange.of_day(today), **answers})
    seen = set()
    for number, mutant in enumerate(bench.mutants):
        judged = bench.judge(number)
        other = Engine(mutant.rule_set)
        assert not judged.undecided
        if judged.missed:
            assert list(different(rules.engine.evaluate(judged.missed), other.evaluate(judged.missed)))
            assert TODAY in judged.missed
        if judged.equivalent:
            assert not any(
                list(different(rules.engine.evaluate(answers), other.evaluate(answers))) for answers in tried
            )
        seen |= {(mutant.operator, judged.equivalent)}
    assert ("time_unit", False) in seen


def test_a_mutant_that_reads_a_strict_date_in_two_units_is_looked_for_beside_the_cases() -> None:
    rule_set = dated_rules("days_since(a) < 200", "days_since(a) >= 400", strict=True)
    engine = Engine(rule_set)
    answers = {"a": PartialDate(2026, 6, 1), "b": PartialDate(2026, 6, 1)}
    case = Case("One", answers, {"name": "One", "answers": {}, "category": "found"}, date(2026, 6, 30))
    bench = Bench(engine, Explainer(engine), [case])
    mixed = [
        number
        for number, mutant in enumerate(bench.mutants)
        if (mutant.before, mutant.after) == ("days_since(a)", "months_since(a)")
    ]
    missed = [bench.judge(number).missed for number in mixed]
    assert len(missed) == 2
    for number, found in zip(mixed, missed, strict=True):
        assert found
        assert list(different(engine.evaluate(found), Engine(bench.mutants[number].rule_set).evaluate(found)))


def test_the_cases_written_for_missed_mutants_of_dates_catch_them_all(tmp_path: Path) -> None:
    path = tmp_path / "dated.yaml"
    for name in ("dated.yaml", "dated.cases.yaml"):
        shutil.copy(DATED.with_name(name), tmp_path / name)
    rules = load_rule_file(path)
    append_cases(path, "dated", telling_cases(strength(rules.engine, rules.explainer, rules.cases), rules, ENGLISH))
    again = load_rule_file(path)
    assert len(again.cases) > len(rules.cases)
    assert not strength(again.engine, again.explainer, again.cases).missed
