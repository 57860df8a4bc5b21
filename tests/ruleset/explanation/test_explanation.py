"""What is missing, and what settles each possible category."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from screening.ruleset.engine.engine import Engine
from screening.ruleset.explanation.explanation import Explainer, telling_numbers
from screening.ruleset.model.outcome import Explanation, Settling
from screening.ruleset.model.questions import Unit
from tests.support.every import for_every
from tests.support.rules.brute_force import BruteForce
from tests.support.rules.interpreter import Given
from tests.support.rules.missing_judge import missing
from tests.support.rules.random_rules import answers, rule_files
from tests.support.rules.settling_judge import settled
from tests.support.rules.small_rules import (
    Members,
    built,
    choice,
    decimals,
    engine,
    ground,
    number,
    rule,
    rule_file,
    several,
    unit,
    value,
)
from tests.support.rules.steering_rules import some_answers, steering_rule_file


def explained(data: Members, said: Mapping[str, Given]) -> Explanation:
    """The explanation of an answer set."""
    return Explainer(engine(data)).explain(said)


# --- on random rule sets -------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("arithmetic", [True, False])
@given(st.data())
@settings(max_examples=60, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # making it smaller takes minutes
def test_missing_are_the_open_questions_that_alone_or_as_inputs_of_a_value_change_the_possible_set(
    arithmetic: bool, drawn: st.DataObject
) -> None:
    rule_set = built(drawn.draw(rule_files(arithmetic=arithmetic, most_questions=3)))
    said = drawn.draw(answers(rule_set))
    explainer = Explainer(Engine(rule_set))
    explanation = explainer.explain(said)
    wanted = missing(BruteForce(rule_set), said)
    assert explainer.missing(said) == explanation.missing
    if "missing" in explanation.cut_short:
        assert set(explanation.missing) <= set(wanted)
    else:
        assert explanation.missing == wanted


@pytest.mark.slow
@given(rule_files(most_questions=4), st.data())
@settings(max_examples=80)
def test_what_settles_a_category_is_there_wherever_answers_settle_it_and_holds_nothing_that_can_be_left_out(
    data: Members, drawn: st.DataObject
) -> None:
    rule_set = built(data)
    brute_force = BruteForce(rule_set)
    said = drawn.draw(answers(rule_set))
    explanation = Explainer(Engine(rule_set)).explain(said)
    settled_by = explanation.settled_by
    assert {settling.category for settling in settled_by} == settled(brute_force, said)
    assert "settled_by" not in explanation.cut_short
    for settling in settled_by:
        assert brute_force.possible({**said, **settling.answers}) == {settling.category}
        for left_out in settling.answers:
            fewer = {name: answer for name, answer in settling.answers.items() if name != left_out}
            assert brute_force.possible({**said, **fewer}) != {settling.category}


@for_every("seed", [*range(80), 91, 379, 763, 1099, 1494])
def test_every_category_that_answers_can_settle_is_settled_however_they_decide_what_is_asked(seed: int) -> None:
    random = Random(seed)
    data = steering_rule_file(random)
    rule_set = built(data)
    brute_force, explainer = BruteForce(rule_set), Explainer(Engine(rule_set))
    for _ in range(6):
        said = some_answers(random, data)
        settled_by = explainer.explain(said).settled_by
        assert {settling.category for settling in settled_by} == settled(brute_force, said)
        for settling in settled_by:
            assert brute_force.possible({**said, **settling.answers}) == {settling.category}


@pytest.mark.slow
@given(rule_files(most_questions=4, always_asked=True), st.data())
@settings(max_examples=30)
def test_every_possible_category_can_be_settled_where_every_question_is_asked(
    data: Members, drawn: st.DataObject
) -> None:
    rule_set = built(data)
    brute_force, explainer = BruteForce(rule_set), Explainer(Engine(rule_set))
    for _ in range(4):
        said = drawn.draw(answers(rule_set))
        possible = brute_force.possible(said)
        wanted = (
            [category.id for category in rule_set.categories if category.id in possible] if len(possible) > 1 else []
        )
        assert [settling.category for settling in explainer.explain(said).settled_by] == wanted


# --- examples ------------------------------------------------------------------------------------


STRICT = choice("colour", "red", "green", {"code": "reddish", "leaves_open": ["red", "green"]}, "blue", strict=True)


def test_nothing_settles_what_is_settled() -> None:
    data = rule_file([STRICT], [rule("warm", ground("is_red", 'colour == "red"'))])
    assert explained(data, {"colour": "red"}) == Explanation((), ())


def test_an_open_strict_question_is_missing_and_each_of_its_sides_settles_something() -> None:
    data = rule_file([STRICT], [rule("warm", ground("is_red", 'colour == "red"'))])
    assert explained(data, {}) == Explanation(
        ("colour",), (Settling("warm", {"colour": "red"}), Settling("other", {"colour": "green"}))
    )


def test_an_answer_that_leaves_others_open_is_settled_by_one_of_these() -> None:
    data = rule_file([STRICT], [rule("cold", ground("is_cold", 'colour in {"green", "blue"}'))])
    assert explained(data, {"colour": "reddish"}) == Explanation(
        ("colour",), (Settling("cold", {"colour": "green"}), Settling("other", {"colour": "red"}))
    )


def test_what_is_ticked_stays_ticked_in_what_settles() -> None:
    signs = several("signs", "fever", "rash", "cough", strict=True)
    data = rule_file([signs], [rule("ill", ground("has_fever", 'any_of(signs, "fever")'))])
    found = explained(data, {"signs": frozenset({"rash", None})})
    assert found.settled_by == (
        Settling("ill", {"signs": frozenset({"rash", "fever"})}),
        Settling("other", {"signs": frozenset({"rash"})}),
    )


def test_a_lenient_question_is_missing_where_its_answer_would_change_something() -> None:
    questions = [number("size"), number("weight"), STRICT]
    data = rule_file(questions, [rule("big", ground("is_big", "definitely(size > 10)"))])
    assert explained(data, {"colour": "red"}).missing == ("size",)
    assert explained(data, {"colour": "red", "size": Decimal(10)}).missing == ()


def test_a_number_is_missing_where_only_one_number_makes_a_difference() -> None:
    data = rule_file([number("size")], [rule("exact", ground("is_seven", "definitely(size == 7)"))])
    assert explained(data, {}).missing == ("size",)


def test_a_number_is_compared_with_each_branch_of_a_conditional() -> None:
    size = number("size", unit(maximum=30))
    limits = value("limit", '7 if definitely(colour == "red") else 12')
    colour = choice("colour", "red", "green")
    bounds = "definitely(size > limit) and definitely(size < 14)"
    data = rule_file([colour, size], [rule("between", ground("is_between", bounds))], values=[limits])
    assert explained(data, {"colour": "green"}).missing == ("size",)


def test_a_question_is_missing_where_it_only_decides_whether_a_value_is_known() -> None:
    questions = [choice("colour", "red", "green"), number("size")]
    used = value("used", 'unknown if colour == "red" else size')
    data = rule_file(questions, [rule("sized", ground("is_known", "known(used)"))], values=[used])
    assert explained(data, {"size": Decimal(3)}).missing == ("colour",)
    assert explained(data, {"colour": "green"}).missing == ("size",)


BMI = rule_file(
    [number("weight", unit(minimum=20, maximum=300)), number("height", unit(minimum=1, maximum="2.5", decimals=2))],
    [
        rule("obese", ground("is_obese", "definitely(bmi >= 40) and definitely(bmi < 40.05)")),
        rule("unweighed", ground("no_weight", "not known(weight)")),
    ],
    values=[value("bmi", "weight / (height * height)")],
)


def test_a_number_is_missing_where_a_narrow_band_of_a_value_worked_out_from_it_makes_a_difference() -> None:
    assert explained(BMI, {"weight": Decimal(160)}).missing == ("height",)  # 2.00 m alone: 40.0
    assert explained(BMI, {"weight": Decimal(80)}).missing == ()  # 1.41 m: 40.2; 1.42 m: 39.7
    assert explained(BMI, {"height": Decimal("1.5")}).missing == ("weight",)


def test_every_open_input_of_a_value_is_missing_where_the_value_would_make_a_difference() -> None:
    assert explained(BMI, {}).missing == ("weight", "height")


def test_open_inputs_are_missing_where_a_value_worked_out_from_another_is_compared_exactly() -> None:
    data = rule_file(
        [number("weight", unit()), number("height", unit(minimum=1)), number("age", unit(minimum=1))],
        [rule("found", ground("high", "definitely(scaled > 2)"))],
        values=[value("index", "weight / (height * sqrt(age))"), value("scaled", "index * sqrt(age)")],
    )
    assert explained(data, {"age": Decimal(3)}).missing == ("weight", "height")


def test_an_input_of_a_value_that_can_never_be_what_makes_a_difference_is_not_missing() -> None:
    sizes = [number("size", unit(maximum=9)), number("width", unit(maximum=9))]
    for limit, wanted in ((18, ("size", "width")), (19, ())):
        data = rule_file(sizes, [rule("big", ground("is_big", f"definitely(total >= {limit})"))])
        assert explained({**data, "values": [value("total", "size + width")]}, {}).missing == wanted


def test_a_question_that_is_not_asked_is_not_missing() -> None:
    size = number("size", ask_if='definitely(colour == "red")')
    data = rule_file([choice("colour", "red", "green"), size], [rule("big", ground("is_big", "definitely(size > 10)"))])
    assert explained(data, {"colour": "green"}).missing == ()
    assert explained(data, {"colour": "red"}).missing == ("size",)


def test_a_question_that_decides_only_what_is_asked_is_missing_where_that_changes_something() -> None:
    other = choice("other_colour", "red", "green", ask_if="definitely(size > 10)", if_not_asked="red", strict=True)
    data = rule_file([number("size"), other], [rule("warm", ground("is_red", 'other_colour == "red"'))])
    assert explained(data, {}).missing == ("size",)


def test_an_answer_that_leaves_others_open_may_make_a_difference_by_what_is_asked_after_it() -> None:
    talk = choice("talk", "yes", "no", ask_if='definitely(colour == "reddish")', if_not_asked="no")
    data = rule_file([STRICT, talk], [rule("quiet", ground("no_talk", 'definitely(talk == "no")'))])
    assert explained(data, {}).missing == ("colour",)


def test_a_category_is_left_out_where_strict_answers_alone_do_not_settle_it() -> None:
    # Once the colour is red the shade is asked, and while it is not answered "warm" is not certain.
    shade = choice("shade", "dark", "light", ask_if='definitely(colour == "red")', if_not_asked="dark")
    when = 'colour == "red" and definitely(shade == "dark")'
    data = rule_file([STRICT, shade], [rule("warm", ground("is_dark_red", when))])
    found = explained(data, {})
    assert engine(data).possible({}) == {"warm", "other"}
    assert found.settled_by == (Settling("other", {"colour": "green"}),)


def test_leaving_open_a_question_that_decides_what_is_asked_may_settle_what_every_answer_to_it_would_not() -> None:
    shade = choice("shade", "dark", "light", ask_if="known(colour)", if_not_asked="dark")
    size = choice("size", "small", "large", strict=True)
    when = 'size == "small" and definitely(shade == "dark")'
    data = rule_file([STRICT, shade, size], [rule("warm", ground("is_small", when))])
    assert explained(data, {}).settled_by == (
        Settling("warm", {"size": "small"}),
        Settling("other", {"size": "large"}),
    )


def test_a_search_that_ends_before_all_was_tried_says_so() -> None:
    shade = choice("shade", "dark", "light", ask_if='definitely(colour == "red")', if_not_asked="dark")
    when = 'colour == "red" and definitely(shade == "dark")'
    rule_set = built(rule_file([STRICT, shade], [rule("warm", ground("is_dark_red", when))]))
    for limit, cut_short in ((1, ("settled_by",)), (100, ())):
        assert Explainer(Engine(rule_set), limit).explain({}).cut_short == cut_short


# --- numbers that stand for the others -----------------------------------------------------------


def test_telling_numbers_are_the_bounds_and_those_around_each_threshold() -> None:
    kpa = Unit("kPa", "kPa", Decimal("1.5"), Decimal(75), decimals=1)
    assert telling_numbers(kpa, decimals("7.0", "15")) == decimals(
        "1.5", "6.9", "7.0", "7.1", "14.9", "15", "15.1", "75"
    )


def test_telling_numbers_stay_in_the_range_of_the_unit() -> None:
    whole = Unit("1", "1", Decimal(0), Decimal(10))
    assert telling_numbers(whole, decimals("0", "10", "11", "1" + "0" * 40)) == decimals("0", "1", "9", "10")


def test_telling_numbers_surround_a_threshold_that_cannot_be_answered() -> None:
    whole = Unit("1", "1", Decimal(0), Decimal(100))
    assert telling_numbers(whole, decimals("34.2")) == decimals("0", "33", "34", "35", "100")
    assert telling_numbers(whole, decimals("35.5")) == decimals("0", "35", "36", "37", "100")
