"""The cases of the liver rules show everything that the rules can give, on both sides of every boundary."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from screening.rulefiles.cases.case_file import Case, plain_answers
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.rule_set import Kind
from tests.support.every import for_every


def expected(liver: LoadedRules, member: str) -> set[str]:
    """Every name that some case lists under a member."""
    found: set[str] = set()
    for case in liver.cases:
        named = case.expected.get(member, ())
        found.update([named] if isinstance(named, str) else named)
    return found


def outcome(liver: LoadedRules, case: Case) -> Outcome:
    return liver.engine.evaluate(plain_answers(liver.rule_set, case.answers))


def answered(case: Case) -> dict[str, Any]:
    """What a case itself answers, as its file says it."""
    answers: dict[str, Any] = case.expected["answers"]
    return answers


def test_every_category_ground_note_and_kind_is_expected_by_some_case(liver: LoadedRules) -> None:
    rule_set = liver.rule_set
    assert expected(liver, "category") == set(rule_set.category)
    assert expected(liver, "grounds") == set(rule_set.ground)
    assert expected(liver, "notes") == set(rule_set.note)
    assert expected(liver, "kind") == {kind.value for kind in Kind}


def test_every_note_is_expected_to_be_absent_in_some_case(liver: LoadedRules) -> None:
    assert expected(liver, "not_notes") == set(liver.rule_set.note)


def test_every_category_is_one_of_several_possible_ones_and_all_that_can_be_told_beside_another_are(
    liver: LoadedRules,
) -> None:
    assert expected(liver, "possible") == set(liver.rule_set.category)
    assert expected(liver, "underlying") == {"decompensated", "fibrosis", "no_sign", "unclear"}


def test_an_unclear_case_says_of_which_kind_it_is(liver: LoadedRules) -> None:
    unclear = [case for case in liver.cases if case.expected["category"] == "unclear"]
    assert [case.name for case in unclear if "kind" not in case.expected and case.expected.get("number") != 32] == []


def test_every_option_of_every_choice_is_the_answer_in_some_case(liver: LoadedRules) -> None:
    given = {
        (name, code)
        for case in liver.cases
        for name, answer in plain_answers(liver.rule_set, case.answers).items()
        for code in (answer if isinstance(answer, frozenset) else [answer])
        if isinstance(code, str)
    }
    # what means "not sure" is read as that, and "none of these" is no tick
    means_unsure = {(name, "told_unsure") for name in ("ascites", "he", "bleed", "jaundice")}
    means_unsure.add(("told", "scarring_not_said"))
    left_out = {("scan_age", "lt1m"), ("scan_age", "1to6m")} | means_unsure
    every = {
        (question.id, option.code)
        for question in liver.rule_set.questions
        for option in question.options
        if not option.exclusive
    }
    assert every - given == left_out


def test_every_question_is_not_sure_or_not_answered_in_some_case(liver: LoadedRules) -> None:
    def is_open(case: Case, name: str) -> bool:
        answer = plain_answers(liver.rule_set, case.answers).get(name)
        return answer is None or (isinstance(answer, frozenset) and None in answer)

    always = {
        question.id
        for question in liver.rule_set.questions
        if not any(is_open(case, question.id) for case in liver.cases)
    }
    assert always == {"age"}


def test_every_value_is_true_and_false_or_known_and_unknown_in_some_case(liver: LoadedRules) -> None:
    seen: dict[str, set[object]] = {name: set() for name in liver.rule_set.value}
    for case in liver.cases:
        for name, value in outcome(liver, case).values.items():
            seen[name].add("a number" if isinstance(value, Decimal) else value)
    for name, values in seen.items():
        assert values >= {True, False} or values == {"a number", None}, name


BOUNDARIES: dict[str, list[Any]] = {
    "lsm": ["7.0", "7.1", "7.9", "8.0", "14.9", "15.0"],
    "age": [17, 18, 34, 35, 64, 65, 66, 75, 76],
    "bilirubin": ["34.2", "34.3", "51.3", "51.4", "84.9", 85, ("2.0", "mg/dL"), ("3.0", "mg/dL"), ("5.0", "mg/dL")],
    "inr": ["1.49", "1.5"],
    "albumin": [("3.2", "g/dL"), 32],
    "meld": [14, 15],
    "platelets": [149, 150, (149000, "/uL")],
}
"""The boundaries that the clinical document lists; a unit stands beside a number that is not in the stored one."""


def is_given(answer: Any, boundary: Any) -> bool:
    if isinstance(boundary, tuple):
        number, unit = boundary
        return isinstance(answer, dict) and answer["unit"] == unit and Decimal(answer["value"]) == Decimal(number)
    return isinstance(answer, int | Decimal) and Decimal(answer) == Decimal(boundary)


@for_every(("name", "boundary"), [(name, boundary) for name, all_of in BOUNDARIES.items() for boundary in all_of])
def test_every_boundary_is_in_some_case(liver: LoadedRules, name: str, boundary: Any) -> None:
    assert [case.name for case in liver.cases if is_given(answered(case).get(name), boundary)]


PAIRS: list[tuple[str, Any, Any]] = [
    ("lsm", "7.0", "7.1"),
    ("lsm", "7.9", "8.0"),
    ("lsm", "14.9", "15.0"),
    ("lsm", "9.9", "10.0"),
    ("lsm", "19.9", "20.0"),
    ("age", 17, 18),
    ("age", 34, 35),
    ("age", 64, 65),
    ("age", 65, 66),
    ("age", 75, 76),
    ("bilirubin", "34.2", "34.3"),
    ("bilirubin", "51.3", "51.4"),
    ("bilirubin", "84.9", 85),
    ("bilirubin", ("2.0", "mg/dL"), ("2.01", "mg/dL")),
    ("bilirubin", ("3.0", "mg/dL"), ("3.01", "mg/dL")),
    ("bilirubin", ("4.97", "mg/dL"), ("5.0", "mg/dL")),
    ("inr", "1.49", "1.5"),
    ("inr", "1.69", "1.7"),
    ("albumin", ("3.496", "g/dL"), ("3.5", "g/dL")),
    ("albumin", "27.9", 28),
    ("meld", 14, 15),
    ("meld", 19, 20),
    ("platelets", 149, 150),
    ("platelets", 49, 50),
    ("platelets", (149600, "/uL"), (150000, "/uL")),
    ("alt", 200, 201),
]
"""Two sides of a threshold."""


def told(found: Outcome) -> tuple[object, ...]:
    """What a person or a clinic sees change."""
    return found.category, found.possible, found.notes, found.grounds


@for_every(("name", "low", "high"), PAIRS)
def test_two_cases_that_differ_in_nothing_else_show_that_a_boundary_changes_what_is_told(
    liver: LoadedRules, name: str, low: Any, high: Any
) -> None:
    changed = [
        (one.name, other.name)
        for one in liver.cases
        for other in liver.cases
        if is_given(answered(one).get(name), low)
        and is_given(answered(other).get(name), high)
        and same(answered(one), answered(other), name)
        and told(outcome(liver, one)) != told(outcome(liver, other))
    ]
    assert changed


def same(one: dict[str, Any], other: dict[str, Any], but: str) -> bool:
    return {**one, but: None} == {**other, but: None}


def test_both_sides_of_the_inr_are_shown_with_and_without_a_blood_thinner(liver: LoadedRules) -> None:
    assert both_sides(liver, "inr", ("1.49", "1.5"), "other_health", [["blood_thinner"], None])


def test_both_sides_of_the_scan_are_shown_for_a_viral_an_unknown_and_another_cause(liver: LoadedRules) -> None:
    assert both_sides(liver, "lsm", ("7.0", "7.1"), "cause", [["hbv"], "unsure"])


def test_both_sides_of_meld_are_shown_with_and_without_cirrhosis(liver: LoadedRules) -> None:
    assert both_sides(liver, "meld", (14, 15), "told", ["cirrhosis_unknown", "liver_no_scar"])


def both_sides(liver: LoadedRules, name: str, sides: Iterable[Any], beside: str, values: list[Any]) -> bool:
    """Whether each side stands beside each of some other answers."""
    given = [(answered(case).get(name), answered(case).get(beside)) for case in liver.cases]
    return all(
        any(is_given(number, side) and other == value for number, other in given) for side in sides for value in values
    )


def test_the_worked_cases_of_the_clinical_document_come_first_in_their_order(liver: LoadedRules) -> None:
    numbers = [case.expected["number"] for case in liver.cases if "number" in case.expected]
    assert numbers == list(range(1, 42))
    assert [case.expected.get("number") for case in liver.cases[:41]] == numbers


def test_the_name_of_a_case_is_a_sentence_of_its_own(liver: LoadedRules) -> None:
    names = [case.name for case in liver.cases]
    assert len(names) == len(set(names))
    for name in names:
        assert len(name.split()) >= 3
        assert not name.endswith(".")
