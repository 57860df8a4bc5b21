"""Cases: how their answers are read, what they expect, and where a wrong expectation is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.rulefiles.cases.case_file import Case, plain_answers, read_cases, run_cases
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.model.problem import Problem
from screening.ruleset.reading.answer_types import Chosen, Quantity, Ticked, Unsure
from tests.rulefiles.edited import SMALL, SMALL_CASES_TEXT, SMALL_TEXT, edited, load_text, mistakes, places
from tests.support.every import for_every


@pytest.fixture(scope="module")
def small() -> LoadedRules:
    return load_rule_file(SMALL)


def run(rules: LoadedRules, text: str) -> list[Problem]:
    """What is wrong with cases of the right shape."""
    cases, problems = read_cases(read_yaml(text.encode()).data, rules.rule_set)
    return problems or run_cases(cases, rules.engine, rules.explainer)


def case(members: str, unless_said: str = "{signs: [none], leaves: upright, age: 3}") -> str:
    return f"rules: small\nunless_said: {unless_said}\ncases:\n  - name: A case to try something\n    {members}\n"


def read_one(rules: LoadedRules, answers: str) -> Case:
    [found], problems = read_cases(read_yaml(case(f"answers: {answers}").encode()).data, rules.rule_set)
    assert problems == []
    return found


def test_the_cases_of_the_small_rule_file_are_right(small: LoadedRules) -> None:
    assert run(small, SMALL_CASES_TEXT) == []
    assert len(small.cases) == 9


def test_what_is_shared_counts_unless_a_case_says_something_else(small: LoadedRules) -> None:
    answers = read_one(small, "{leaves: hanging, soil: wet}").answers
    assert answers["signs"] == Ticked(("none",))
    assert answers["leaves"] == Chosen("hanging")
    assert answers["soil"] == Chosen("wet")


def test_unsure_stands_for_not_sure_alone_in_a_list_and_as_a_unit(small: LoadedRules) -> None:
    answers = read_one(small, "{soil: unsure, signs: [mould, unsure], weight: {value: 5, unit: unsure}}").answers
    assert answers["soil"] == Unsure()
    assert answers["signs"] == Ticked(("mould",), unsure_of_rest=True)
    weight = answers["weight"]
    assert isinstance(weight, Quantity)
    assert weight.unit is None
    plain = plain_answers(small.rule_set, answers)
    assert (plain["soil"], plain["signs"], plain["weight"]) == (None, frozenset({"mould", None}), None)


def test_a_number_may_be_given_in_any_unit_and_counts_in_the_stored_one(small: LoadedRules) -> None:
    for written in ("0.5", "{value: 0.5, unit: kg}", "{value: 500, unit: g}", '{value: "0,5", unit: kg}'):
        plain = plain_answers(small.rule_set, read_one(small, f"{{weight: {written}}}").answers)
        assert str(plain["weight"]).rstrip("0") == "0.5"


THIRSTY = "answers: {soil: dry, light: shade}\n    category: thirsty\n    "
NIGHT = "answers: {leaves: dark, soil: moist}\n    category: unclear\n    possible: [thirsty, fine]\n    "


@for_every(
    "members",
    [
        THIRSTY + "grounds: [dry_soil]",
        THIRSTY + "not_grounds: [mouldy, animals]",
        THIRSTY + "not_notes: [too_wet]",
        THIRSTY + "values: {thirst: 2, dry: true, light_pot: false}",
        THIRSTY + "values: {thirst: 2.0}",
        THIRSTY + "missing: []",
        NIGHT + "kind: nothing_known",
        NIGHT + "notes: [look_again]",
        NIGHT + "missing: [leaves]",
        "answers: {signs: [mould], leaves: hanging, soil: moist}\n    category: rescue\n    underlying: thirsty",
    ],
)
def test_what_a_case_expects_rightly_is_no_problem(small: LoadedRules, members: str) -> None:
    assert run(small, case(members)) == []


@for_every(
    ("members", "code", "path"),
    [
        ("answers: {soil: dry}\n    category: fine", "case.category", "category"),
        (THIRSTY + "possible: [thirsty, fine]", "case.possible", "possible"),
        ("answers: {leaves: dark, soil: moist}\n    category: unclear", "case.possible", "possible"),
        (NIGHT + "kind: unless", "case.kind", "kind"),
        (THIRSTY + "kind: unless", "case.kind", "kind"),
        (THIRSTY + "underlying: fine", "case.underlying", "underlying"),
        (
            "answers: {signs: [mould], leaves: hanging, soil: moist}\n    category: rescue",
            "case.underlying",
            "underlying",
        ),
        (THIRSTY + "grounds: [dry_soil, light]", "case.no_ground", "grounds.1"),
        (THIRSTY + "not_grounds: [light, dry_soil]", "case.unwanted_ground", "not_grounds.1"),
        (THIRSTY + "notes: [too_wet]", "case.no_note", "notes.0"),
        (NIGHT + "not_notes: [too_wet, look_again]", "case.unwanted_note", "not_notes.1"),
        (NIGHT + "missing: [leaves, soil]", "case.no_missing", "missing.1"),
        (THIRSTY + "values: {dry: true, thirst: 2.1}", "case.value", "values.thirst"),
        (THIRSTY + "values: {dry: unknown}", "case.value", "values.dry"),
        (THIRSTY + "values: {light_pot: 1}", "case.value", "values.light_pot"),
    ],
)
def test_what_a_case_expects_wrongly_is_one_problem_with_its_place(
    small: LoadedRules, members: str, code: str, path: str
) -> None:
    problems = run(small, case(members))
    assert places(problems) == [(code, f"cases.0.{path}")]
    assert problems[0].values["case"] == "A case to try something"


def test_where_the_category_is_wrong_the_possible_ones_are_told_with_it(small: LoadedRules) -> None:
    [problem] = run(small, case("answers: {leaves: dark, soil: moist}\n    category: fine\n    possible: [fine]"))
    assert problem.values["found"] == "unclear"
    assert problem.values["possible"] == ["fine", "thirsty"]


def test_every_wrong_expectation_of_every_case_is_told(small: LoadedRules) -> None:
    text = case(THIRSTY + "grounds: [light]\n    notes: [too_wet]\n    values: {dry: false}")
    text += "  - name: Another case to try something\n    answers: {soil: dry}\n    category: fine\n"
    assert places(run(small, text)) == [
        ("case.no_ground", "cases.0.grounds.0"),
        ("case.no_note", "cases.0.notes.0"),
        ("case.value", "cases.0.values.dry"),
        ("case.category", "cases.1.category"),
    ]


def test_a_case_without_a_required_answer_is_told(small: LoadedRules) -> None:
    text = case("answers: {soil: dry}\n    category: thirsty", unless_said="{signs: [none], leaves: upright}")
    assert places(run(small, text)) == [("case.required", "cases.0.answers")]


@for_every(
    ("members", "path"),
    [
        ("answers: {earth: dry}\n    category: thirsty", "answers.earth"),
        ("answers: {}\n    category: other", "category"),
        ("answers: {}\n    category: fine\n    possible: [fine, other]", "possible.1"),
        ("answers: {}\n    category: fine\n    underlying: other", "underlying"),
        ("answers: {}\n    category: fine\n    grounds: [other]", "grounds.0"),
        ("answers: {}\n    category: fine\n    not_grounds: [light, other]", "not_grounds.1"),
        ("answers: {}\n    category: fine\n    notes: [other]", "notes.0"),
        ("answers: {}\n    category: fine\n    not_notes: [other]", "not_notes.0"),
        ("answers: {}\n    category: fine\n    missing: [other]", "missing.0"),
        ("answers: {}\n    category: fine\n    values: {other: 1}", "values.other"),
    ],
)
def test_a_name_that_is_not_in_the_rule_file_is_told_where_it_stands(
    small: LoadedRules, members: str, path: str
) -> None:
    assert places(run(small, case(members))) == [("name.missing", f"cases.0.{path}")]


def test_an_answer_that_cannot_be_read_is_told_where_it_stands(small: LoadedRules) -> None:
    text = case("answers: {soil: arid, weight: 99}\n    category: fine", unless_said="{leaves: 5}")
    assert places(run(small, text)) == [
        ("answer.not_a_code", "unless_said.leaves"),
        ("answer.option_unknown", "cases.0.answers.soil"),
        ("answer.out_of_range", "cases.0.answers.weight"),
    ]


def test_what_is_said_of_an_answer_of_several_lines_stands_in_one(tmp_path: Path) -> None:
    text = case('answers: {weight: {value: "two\\nlines", unit: kg}}\n    category: fine')
    [said] = mistakes(tmp_path, SMALL_TEXT, text)
    assert said.endswith(
        'The answer to "weight" cannot be read. "two lines" is not a number. Type digits, such as 42 or 4.2.'
    )


def test_what_else_may_be_written_for_an_answer_is_a_word_of_cases_and_not_of_programs(tmp_path: Path) -> None:
    [said] = mistakes(tmp_path, SMALL_TEXT, case("answers: {weight: 4 stone}\n    category: fine"))
    assert said.endswith("Where it is not known, write unsure.")


def test_cases_for_another_rule_file_are_told(small: LoadedRules) -> None:
    text = edited(("rules: small", "rules: large"), text=SMALL_CASES_TEXT)
    assert places(run(small, text)) == [("case.other_rules", "rules")]


def test_an_exclusive_option_that_does_not_yield_stands_alone(tmp_path: Path) -> None:
    rules = load_text(tmp_path, edited((", yields: true", "")))
    text = case("answers: {signs: [lice, none]}\n    category: rescue")
    assert places(run(rules, text)) == [("answer.exclusive", "cases.0.answers.signs")]


def test_a_wrong_expectation_is_reported_with_file_line_and_column(tmp_path: Path) -> None:
    wrong = edited(("grounds: [dry_soil]", "grounds: [dry_soil, light]"), text=SMALL_CASES_TEXT)
    line = wrong[: wrong.index("dry_soil, light")].count("\n") + 1
    assert mistakes(tmp_path, SMALL_TEXT, wrong) == [
        f'edited.cases.yaml:{line}:25: The case "Dry soil is thirst although the leaves stand up" expects the ground '
        "light, but it does not hold. Those that hold: dry_soil."
    ]


def test_a_very_large_value_is_compared_as_any_other(tmp_path: Path) -> None:
    product = " * ".join(["age"] * 20)
    text = edited(("  - id: dry\n", f"  - {{id: product, is: {product}, label: x}}\n  - id: dry\n"))
    rules = load_text(tmp_path, text)
    members = "answers: {soil: dry, light: shade, age: 100}\n    category: thirsty\n    values: {product: 1}"
    [problem] = run(rules, case(members))
    assert problem.code == "case.value"
    assert str(problem.values["found"]) == f"1{'0' * 40}.00"
