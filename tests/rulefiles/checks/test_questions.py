"""The members of questions, options and units fit together: one test a check."""

from __future__ import annotations

from pathlib import Path as FilePath

import pytest

from screening.rulefiles.checks import questions, units
from screening.rulefiles.checks.questions import check_questions, unread
from screening.rulefiles.checks.quoted_options import quoted_options
from screening.rulefiles.loading.loader import LoadedRules
from tests.rulefiles.edited import SMALL_TEXT, edited, mistakes, places, rule_set_of
from tests.support.every import for_every

SIGNS = "pages.0.questions.0"
LEAVES = "pages.1.questions.0"
AGE = "pages.2.questions.0"
SOIL = "pages.2.questions.1"
LIGHT = "pages.2.questions.2"
WEIGHT = "pages.3.questions.0"
KILOGRAMS = f"{WEIGHT}.units.0"


def test_every_check_is_run() -> None:
    own = {member for member in vars(questions).values() if getattr(member, "__module__", "") == questions.__name__}
    public = {function for function in own if not function.__name__.startswith("_")}
    of_units = {units.limits_agree, units.whole_units, units.printed_ranges, units.spellings_differ, units.two_parts}
    others = of_units | {quoted_options}
    assert (public - {check_questions, questions.is_conditional, unread}) | others == set(questions.CHECKS)


@pytest.mark.parametrize(
    ("told", "is_right"),
    [
        ('Choose "I look at night, and cannot tell".', True),
        ("Choose “They stand up”.", True),
        ('The word "turgor" means something else.', True),
        ('Choose "cannot tell".', False),
        ("Choose “they stand up”.", False),
    ],
)
def test_what_a_page_calls_a_choice_is_the_whole_of_its_name(told: str, is_right: bool) -> None:
    label, title = "        label: Leaves\n", "    title: The leaves\n"
    help_text = edited((label, f"{label}        help: '{told}'\n"))
    intro = edited((title, f"{title}    intro: [{{id: how, text: '{told}'}}]\n"))
    for text in (help_text, intro):
        found = [problem.code for problem in check_questions(rule_set_of(text))]
        assert found == ([] if is_right else ["option.quoted"])


def test_the_small_rule_file_and_the_one_for_the_liver_pass(liver: LoadedRules) -> None:
    assert check_questions(rule_set_of(SMALL_TEXT)) == []
    assert check_questions(liver.rule_set) == []


@for_every(
    ("old", "new", "code", "path"),
    [
        # leaves_open
        ("score: 1.5}", "score: 1.5, leaves_open: [sun, shade]}", "open.not_strict", f"{LIGHT}.options.0.leaves_open"),
        (
            "text: Mould on the soil}",
            "text: Mould, leaves_open: [lice, none]}",
            "open.not_strict",
            f"{SIGNS}.options.1.leaves_open",
        ),
        ("[hanging, upright]", "[hanging, other]", "name.missing", f"{LEAVES}.options.1.leaves_open.1"),
        ("[hanging, upright]", "[dark, upright]", "name.missing", f"{LEAVES}.options.1.leaves_open.0"),
        (
            "text: Mould on the soil}",
            "text: Mould, means_unsure: true}",
            "means_unsure.not_all",
            f"{SIGNS}.options.1.means_unsure",
        ),
        # exclusive, yields, group
        (
            "text: Moist, score: 1}",
            "text: x, score: 1, exclusive: true}",
            "exclusive.choice",
            f"{SOIL}.options.1.exclusive",
        ),
        ("text: Mould on the soil}", "text: x, yields: true}", "yields.not_exclusive", f"{SIGNS}.options.1.yields"),
        ("group: animals}", "group: other}", "name.missing", f"{SIGNS}.options.0.group"),
        # required
        ("        if_not_asked: shade\n", "        required: true\n", "required.conditional", f"{LIGHT}.required"),
        (
            "        text: How heavy",
            "        required: true\n        text: How heavy",
            "required.conditional",
            f"{WEIGHT}.required",
        ),
        (
            "        text: How do the",
            "        required: true\n        text: How do the",
            "required.strict",
            f"{LEAVES}.required",
        ),
        (
            "        strict: true\n        text: Do",
            "        required: true\n        text: Do",
            "required.several",
            f"{SIGNS}.required",
        ),
        # where it is not asked
        (
            "        label: Soil\n",
            "        label: Soil\n        if_not_asked: dry\n",
            "if_not_asked.always_asked",
            f"{SOIL}.if_not_asked",
        ),
        ("if_not_asked: shade", "if_not_asked: other", "name.missing", f"{LIGHT}.if_not_asked"),
        (
            "        text: How do the",
            "        ask_if: known(signs)\n        text: How do the",
            "strict.not_asked",
            f"{LEAVES}.strict",
        ),
        (
            "  - id: leaves\n    title",
            "  - id: leaves\n    part: measures\n    title",
            "strict.not_asked",
            f"{LEAVES}.strict",
        ),
        # units
        (
            "            label: kg\n",
            "            label: kg\n            factor: 2\n",
            "unit.stored_factor",
            f"{KILOGRAMS}.factor",
        ),
        ("            minimum: 0.1\n", "            minimum: 50\n", "unit.bounds", f"{KILOGRAMS}.minimum"),
        ("unusual_above: 20", "unusual_above: 50", "unit.unusual", f"{KILOGRAMS}.unusual_above"),
        ("unusual_above: 20", "unusual_below: 0.1", "unit.unusual", f"{KILOGRAMS}.unusual_below"),
        ("        unit_question: Which letters stand on the scale?\n", "", "unit.no_question", f"{WEIGHT}.units"),
        ("printed_range: g, ", "", "unit.no_range", f"{WEIGHT}.units.1"),
        ("above: 50, text", "text", "slip.no_bound", f"{KILOGRAMS}.slips.0"),
        ("above: 50, text", "above: 49.9, text", "slip.above", f"{KILOGRAMS}.slips.0.above"),
        ("above: 50, text", "above: 50, below: 0.2, text", "slip.below", f"{KILOGRAMS}.slips.0.below"),
        ("above: 50, text", "below: 99, text", "slip.below", f"{KILOGRAMS}.slips.0.below"),
    ],
)
def test_members_that_do_not_fit_are_told_where_they_stand(old: str, new: str, code: str, path: str) -> None:
    assert places(check_questions(rule_set_of(edited((old, new))))) == [(code, path)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unusual_above: 20", "unusual_above: 49.9"),
        ("above: 50, text", "below: 0.1, text"),
        (
            'text: "No", score: 0}',
            'text: "No", score: 0, means_unsure: true}',
        ),  # in a lenient choice it names no others
        (
            "        text: How do the",
            "        ask_if: known(signs)\n        if_not_asked: upright\n        text: How do the",
        ),
    ],
)
def test_members_that_just_fit_are_allowed(old: str, new: str) -> None:
    assert check_questions(rule_set_of(edited((old, new)))) == []


OPTIONS = "options: [{code: a, text: a}, {code: b, text: b}]"


COLOUR = f"{{id: colour, type: choice, text: x, label: x, {OPTIONS}}}"
UNREAD = f"  - {{id: colour, title: x, questions: [{COLOUR}]}}\n"


def test_a_question_that_no_expression_reads_is_told() -> None:
    text = edited(("  - id: scale\n", f"{UNREAD}  - id: scale\n"))
    assert places(unread(rule_set_of(text))) == [("question.unread", "pages.3.questions.0.id")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("when: dry\n", 'when: dry and not definitely(colour == "a")\n'),
        ("known(signs)\n", "known(signs) or not known(colour)\n"),
        ('disagree_when: definitely(soil == "wet")', 'disagree_when: definitely(colour == "a")'),
        ("{id: water, text: Water it.}", "{id: water, when: known(colour), text: Water it.}"),
        ("    then: [rescue]", "    then: [rescue]\n    except_when: known(colour)"),
        ("is: definitely(weight < 0.5)", "is: known(colour) and definitely(weight < 0.5)"),
    ],
)
def test_a_question_that_any_expression_reads_is_not(old: str, new: str) -> None:
    text = edited(("  - id: scale\n", f"{UNREAD}  - id: scale\n"))
    assert list(unread(rule_set_of(edited((old, new), text=text)))) == []


def test_a_value_that_nothing_reads_is_told_unless_it_is_shown() -> None:
    added = "  - {id: old, is: age > 50}\n  - {id: young, is: age < 2, label: Young}\n  - {id: light_pot"
    text = edited(("  - {id: light_pot", added))
    assert places(unread(rule_set_of(text))) == [("value.unread", "values.2.id")]


def test_what_an_expression_with_a_mistake_was_meant_to_read_is_not_told_as_unread(tmp_path: FilePath) -> None:
    text = edited(("  - id: scale\n", f"{UNREAD}  - id: scale\n"), ("when: dry\n", 'when: dry and colour = "a"\n'))
    [said] = mistakes(tmp_path, text)
    assert "Write `==` instead of `=`." in said
