"""What the engine says of small answer sets, example by example."""

from __future__ import annotations

from decimal import Decimal

import pytest

from screening.ruleset.engine.engine import Engine, RequiredAnswerMissingError
from screening.ruleset.model.outcome import Underlying
from screening.ruleset.model.rule_set import Kind
from tests.support.rules.interpreter import Given
from tests.support.rules.small_rules import choice, engine, ground, note, number, page, rule, rule_file, several, value

FLUID = choice("fluid", "now", "past", {"code": "unchecked", "leaves_open": ["now", "never"]}, "never", strict=True)
NONE = {"code": "none", "exclusive": True}
FLAGS = several("flags", "bleeding", "fainting", NONE, strict=True)
TOLD = choice("told", "scar", "fine")
RULES = [
    rule("urgent", ground("flagged", 'any_of(flags, "bleeding", "fainting")', interrupt=True)),
    rule("serious", ground("has_fluid", 'fluid in {"now", "past"}'), ground("told_scar", 'definitely(told == "scar")')),
    rule("calm", ground("told_fine", 'definitely(told == "fine")')),
]
SETTLED: dict[str, Given] = {"flags": frozenset(), "fluid": "never"}


@pytest.fixture(scope="module")
def small() -> Engine:
    """Three categories, of which the first overrides the others."""
    return engine(rule_file([FLAGS, FLUID, TOLD], RULES, overriding=["urgent"], disagree_when="known(told)"))


# --- the category and the possible ones ----------------------------------------------------------


def test_the_first_rule_that_holds_gives_the_category_and_all_grounds_that_hold_are_told(small: Engine) -> None:
    outcome = small.evaluate({"flags": frozenset({"fainting"}), "fluid": "past", "told": "scar"})
    assert outcome.category == "urgent"
    assert outcome.possible == {"urgent"}
    assert outcome.kind is None
    assert outcome.grounds == ("flagged", "has_fluid", "told_scar")
    assert outcome.open_grounds == {}


def test_where_several_categories_are_possible_none_of_them_is_matched(small: Engine) -> None:
    outcome = small.evaluate({"flags": frozenset(), "told": "fine"})
    assert outcome.category == "other"
    assert outcome.possible == {"serious", "calm"}
    assert outcome.grounds == ("told_fine",)
    assert outcome.open_grounds == {"serious": ("has_fluid",)}


def test_an_answer_that_leaves_others_open_is_completed_by_these_alone(small: Engine) -> None:
    assert small.possible({**SETTLED, "told": "fine", "fluid": "unchecked"}) == {"serious", "calm"}
    assert small.possible({**SETTLED, "told": "scar", "fluid": "unchecked"}) == {"serious"}


def test_not_sure_about_the_rest_of_several_keeps_what_is_ticked(small: Engine) -> None:
    assert small.possible({"flags": frozenset({"bleeding", None})}) == {"urgent"}
    assert small.possible({**SETTLED, "flags": frozenset({None})}) == {"urgent", "other"}


def test_an_open_question_that_changes_nothing_leaves_the_one_category(small: Engine) -> None:
    outcome = small.evaluate({"flags": frozenset(), "told": "scar"})
    assert outcome.category == "serious"
    assert outcome.possible == {"serious"}
    assert outcome.grounds == ("told_scar",)
    assert outcome.open_grounds == {"serious": ("has_fluid",)}


# --- why nothing single was matched --------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({"told": "scar", "fluid": "never"}, Kind.UNLESS),
        ({"told": "fine"}, Kind.SEVERAL),
        ({"fluid": "never"}, Kind.NOTHING_KNOWN),
        ({}, Kind.NOTHING_KNOWN),
        (SETTLED, Kind.NOTHING_KNOWN),
        ({**SETTLED, "told": "scar"}, None),
    ],
)
def test_the_kind_says_how_many_categories_are_left_that_something_speaks_for(
    small: Engine, answers: dict[str, str], kind: Kind | None
) -> None:
    assert small.evaluate(answers).kind == kind


def test_one_named_category_beside_the_undetermined_one_is_never_told_as_unless() -> None:
    withheld = rule("other", ground("fluid_now", 'fluid == "now"'))
    data = rule_file([FLUID, TOLD], [withheld, RULES[2]])
    data["categories"] = data["categories"][1:]  # the undetermined one has a rule of its own, and is listed once
    outcome = engine(data).evaluate({"told": "fine"})
    assert outcome.possible == {"calm", "other"}
    assert outcome.kind is Kind.SEVERAL


@pytest.mark.parametrize("flags", [frozenset(), frozenset({None})])
def test_answers_disagree_where_the_file_says_so(flags: frozenset[str | None]) -> None:
    rules = [*RULES[:1], rule("calm", ground("told_fine", 'definitely(told == "fine") and fluid == "never"'))]
    disagreeing = engine(rule_file([FLAGS, FLUID, TOLD], rules, overriding=["urgent"], disagree_when="known(told)"))
    assert disagreeing.evaluate({"flags": flags, "fluid": "now", "told": "fine"}).kind is Kind.DISAGREE
    assert disagreeing.evaluate({"flags": flags, "fluid": "now"}).kind is Kind.NOTHING_KNOWN


# --- required, asked, ignored --------------------------------------------------------------------


def test_there_is_no_outcome_without_the_required_answers() -> None:
    questions = [number("age", required=True), choice("sex", "f", "m", required=True), number("size", required=True)]
    asking = engine(rule_file(questions, [rule("old", ground("g", "age > 60"))]))
    with pytest.raises(RequiredAnswerMissingError, match="age, size") as raised:
        asking.evaluate({"sex": "f"})
    assert raised.value.questions == ("age", "size")
    with pytest.raises(RequiredAnswerMissingError):
        asking.possible({})
    assert asking.asked_questions({}) == {"age", "sex", "size"}
    assert asking.interrupts({}, ()) == ()


CONDITIONAL = rule_file(
    [
        TOLD,
        choice("talk", "need", "no", ask_if='definitely(told == "scar")', if_not_asked="no"),
        several("more", "x", NONE, ask_if='definitely(talk == "need")', if_not_asked="none"),
        number("score", ask_if='definitely(told == "scar")'),
        several("rest", "y", "z", ask_if='definitely(told == "scar")'),
    ],
    [rule("found", ground("need", 'definitely(talk == "need")'), ground("more_x", 'definitely(any_of(more, "x"))'))],
    values=[
        value("talk_no", 'talk == "no"'),
        value("more_known", "known(more)"),
        value("score_known", "known(score)"),
        value("rest_known", "known(rest)"),
    ],
)


def test_an_answer_to_a_question_no_longer_asked_reaches_no_rule_and_is_told() -> None:
    ignored: dict[str, Given] = {"talk": "need", "more": frozenset(), "score": Decimal(3), "rest": frozenset({None})}
    outcome = engine(CONDITIONAL).evaluate({"told": "fine", **ignored})
    assert outcome.category == "other"
    assert outcome.asked == {"told"}
    assert outcome.ignored == ("talk", "more", "score")


def test_a_question_that_is_not_asked_counts_as_the_file_says_or_as_unknown() -> None:
    assert engine(CONDITIONAL).evaluate({"told": "fine"}).values == {
        "talk_no": True,
        "more_known": True,
        "score_known": False,
        "rest_known": False,
    }


def test_a_question_that_hangs_on_one_not_asked_is_not_asked_either() -> None:
    asking = engine(CONDITIONAL)
    assert asking.asked_questions({"told": "fine", "talk": "need"}) == {"told"}
    assert asking.asked_questions({"told": "scar", "talk": "need"}) == {"told", "talk", "more", "score", "rest"}
    assert asking.asked_questions({}) == {"told"}


def test_questions_of_a_part_that_is_switched_off_are_never_asked() -> None:
    data = rule_file(
        [TOLD, page(number("size"), part="numbers"), number("more", ask_if="known(size)")],
        [rule("big", ground("g", "definitely(size > 3)"))],
        parts=[{"id": "numbers", "text": "Numbers"}],
    )
    said = {"size": Decimal(4)}
    assert engine(data).evaluate(said).category == "big"
    off = engine(data, "numbers").evaluate(said)
    assert (off.category, off.ignored) == ("other", ("size",))
    assert off.asked == {"told"}


def test_what_is_asked_is_read_once_from_the_answers_as_given() -> None:
    asked_with_fluid = choice("drained", "yes", "no", ask_if='definitely(fluid == "now")', if_not_asked="yes")
    rules = [rule("wet", ground("g", 'fluid == "now" and definitely(drained == "yes")'))]
    asking = engine(rule_file([FLUID, asked_with_fluid], rules))
    assert asking.possible({}) == {"wet", "other"}  # completed with fluid now, and still as it counts where not asked
    assert asking.possible({"fluid": "now"}) == {"other"}
    assert asking.possible({"fluid": "now", "drained": "yes"}) == {"wet"}


# --- values and notes ----------------------------------------------------------------------------


def test_values_are_read_from_the_answers_as_given() -> None:
    values = [
        value("wet", 'fluid in {"now", "past"}'),
        value("open_one", 'fluid == "unchecked"'),
        value("n", "size * 2"),
    ]
    reading = engine(rule_file([FLUID, number("size")], [rule("r", ground("g", "known(size)"))], values=values))
    assert reading.evaluate({}).values == {"wet": None, "open_one": None, "n": None}
    assert reading.evaluate({"fluid": "unchecked"}).values == {"wet": False, "open_one": True, "n": None}
    assert reading.evaluate({"fluid": "past", "size": Decimal("1.5")}).values == {
        "wet": True,
        "open_one": False,
        "n": Decimal(3),
    }


def test_notes_may_speak_of_the_outcome() -> None:
    notes = [
        note("serious_now", 'category == "serious"'),
        note("maybe_serious", 'may_be("serious")'),
        note("has_fluid", 'holds("has_fluid")'),
        note("not_told", "not known(told)"),
        note("open_fluid", 'definitely(fluid == "unchecked")'),
        note("nothing_below", "not known(underlying)"),
    ]
    noting = engine(rule_file([FLAGS, FLUID, TOLD], RULES, notes=notes))
    assert noting.evaluate({**SETTLED, "fluid": "now"}).notes == (
        "serious_now",
        "maybe_serious",
        "has_fluid",
        "not_told",
        "nothing_below",
    )
    assert noting.evaluate({**SETTLED, "fluid": "unchecked", "told": "fine"}).notes == (
        "maybe_serious",
        "open_fluid",
        "nothing_below",
    )


# --- what the later rules give -------------------------------------------------------------------

UNDER = rule_file(
    [choice("cancer", "liver", "other", "none", strict=True), FLUID, TOLD],
    [
        rule("apart", ground("liver", 'cancer == "liver"', otherwise=True), ground("cancer", 'cancer == "other"')),
        *RULES[1:],
    ],
    notes=[note("below", 'underlying == "serious"')],
)


@pytest.mark.parametrize(
    ("answers", "underlying"),
    [
        ({"cancer": "liver", "fluid": "now"}, Underlying("serious", frozenset({"serious"}))),
        ({"cancer": "liver", "told": "fine"}, Underlying("other", frozenset({"serious", "calm"}))),
        ({"cancer": "other", "fluid": "now"}, None),
        ({"cancer": "none", "fluid": "now"}, None),
        ({"fluid": "now"}, None),
    ],
)
def test_where_every_ground_allows_it_the_later_rules_speak_too(
    answers: dict[str, str], underlying: Underlying | None
) -> None:
    outcome = engine(UNDER).evaluate(answers)
    assert outcome.underlying == underlying
    assert outcome.notes == (("below",) if underlying and underlying.category == "serious" else ())


def test_one_ground_that_does_not_allow_it_is_enough_to_keep_the_later_rules_silent() -> None:
    grounds = [ground("liver", 'any_of(ill, "liver")', otherwise=True), ground("heart", 'any_of(ill, "heart")')]
    data = rule_file([several("ill", "liver", "heart", strict=True), TOLD], [rule("apart", *grounds), RULES[2]])
    judging = engine(data)
    assert judging.evaluate({"ill": frozenset({"liver"}), "told": "fine"}).underlying == Underlying(
        "calm", frozenset({"calm"})
    )
    assert judging.evaluate({"ill": frozenset({"liver", "heart"})}).underlying is None
    assert judging.evaluate({"ill": frozenset({"liver", None})}).underlying is None
