"""Expressions as sentences: exact ones for the small rules, and nothing left out or leaked for those of the liver."""

from __future__ import annotations

from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.language.parsing import parse
from screening.ruleset.model.expression import AnyOf, Membership, Name
from screening.ruleset.model.parts import Place, places
from screening.wording.document.expressions import expression_sentence
from tests.rulefiles.edited import SMALL
from tests.support.cases import ENGLISH, RULES
from tests.support.every import for_every

SMALL_RULES = load_rule_file(SMALL).rule_set


@for_every(
    ("text", "said"),
    [
        ('any_of(signs, "lice")', "Signs: “Small green animals” is ticked"),
        (
            'any_of(signs, "mould", "lice")',
            "Signs: at least one of “Small green animals” or “Mould on the soil” is ticked",
        ),
        (
            'definitely(soil == "dry") or definitely(thirst > 2.5)',
            "Soil is “Dry”, for certain, or [Thirst] is more than 2.5, for certain",
        ),
        ("definitely(weight < 0.5)", "Weight is less than 0.5 kg, for certain"),
        ("2 <= weight <= 5", "Weight is 2 kg or more, and Weight is 5 kg or less"),
        ('not definitely(soil == "wet")', "Not for certain: Soil is “Wet”"),
        ('leaves != "hanging"', "Leaves is not “They hang down”"),
        (
            'leaves == "upright" and definitely(soil in {"moist", "wet"})',
            "Leaves is “They stand up”, and Soil is “Moist” or “Wet”, for certain",
        ),
        ("known(soil) and not known(age)", "Soil is known, and Age is not known"),
        (
            'category == "thirsty" and possibly(soil == "wet")',
            "The category is “thirst”, and Soil is “Wet”, or that is not known",
        ),
        ('may_be("rescue") or not holds("light")', "The category may be “rescue”, or the ground [light] does not hold"),
        ("not (dry or light_pot) and dry", "None of this: ([dry], or [light_pot]), and [dry]"),
        ("not possibly(dry)", "For certain not: [dry]"),
        ("score(soil) + score(light)", "The score of Soil + the score of Light"),
        ("unknown if dry else weight / (age - 1)", "Not known where [dry]; otherwise Weight ÷ (Age − 1)"),
        ("min(age, weight, 3) > 2", "The least of Age, Weight and 3 is more than 2"),
        ("max(age, weight) > 2", "The greatest of Age and Weight is more than 2"),
        ("round(age / 3, 0) > 2", "(Age ÷ 3), rounded to a whole number is more than 2"),
        ("round(weight, 1) > 2", "Weight, rounded to 1 digit after the point is more than 2"),
        ("round(weight, 2) > 2", "Weight, rounded to 2 digits after the point is more than 2"),
        ("round(weight, -1) > 20", "Weight, rounded to a multiple of 10 is more than 20"),
        ("power(weight + 1, -0.302) > 2", "(Weight + 1) to the power of -0.302 is more than 2"),
        (
            "2 * power(min(weight / 7, 1), -0.2) > round(age, 0)",
            "2 × ((the least of (Weight ÷ 7) and 1) to the power of -0.2) is more than Age, rounded to a whole number",
        ),
        ("power(0.9938, age) > 2", "0.9938 to the power of Age is more than 2"),
        ("sqrt(sum(age, weight, 1)) == 3", "The square root of the sum of Age, Weight and 1 is 3"),
    ],
)
def test_small_expressions_are_said_word_for_word(text: str, said: str) -> None:
    assert expression_sentence(parse(text), SMALL_RULES, ENGLISH) == said


@for_every("place", list(places(RULES.rule_set)), lambda place: ".".join(map(str, place.path)))
def test_every_expression_of_the_liver_rules_names_its_questions_and_leaks_no_code(place: Place) -> None:
    said = expression_sentence(place.expression.tree, RULES.rule_set, ENGLISH)
    for part in place.expression.tree.walk():
        if isinstance(part, Name) and part.name in RULES.rule_set.question:
            assert RULES.rule_set.question[part.name].label in said
        if isinstance(part, AnyOf | Membership) and part.subject.name in RULES.rule_set.question:
            question = RULES.rule_set.question[part.subject.name]
            for code in part.options:
                option = question.option[code]
                assert f"“{option.repeat or option.text}”" in said
                assert option.text == code or f'"{code}"' not in said
                assert "_" not in code or code not in said
