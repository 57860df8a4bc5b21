"""What may stand where an author types: names of the file, and no others."""

from __future__ import annotations

from screening.rulefiles.authoring.offers import names_in, offers_at, word_at
from screening.ruleset.language.signatures import SIGNATURES
from screening.wording.authors.language_help import MEANINGS
from tests.rulefiles.edited import DATA, SMALL_TEXT
from tests.support.every import for_every

FRAMED = (DATA / "rules" / "framed.yaml").read_text(encoding="utf-8")
QUESTIONS = {"signs", "leaves", "age", "soil", "light", "weight"}
VALUES = {"thirst", "dry", "light_pot"}
EVERYTHING = QUESTIONS | VALUES | {f"{name}(" for name in SIGNATURES}
CATEGORIES = {"rescue", "thirsty", "fine", "unclear"}


def typed_at(before: str, above: list[str] | None = None, text: str = SMALL_TEXT) -> set[str]:
    """What is offered behind `before`, a line that is being typed at the end of the file."""
    names = names_in(f"{text}{before}", text.count("\n"))
    assert names is not None
    return {offer.typed for offer in offers_at(before, above or [], names)}


@for_every(
    ("before", "typed"),
    [
        ("        when: ", EVERYTHING),
        ("        when: dry and so", EVERYTHING),
        ("  - {id: x, is: definitely(", EVERYTHING),
        ("        ask_if: not (", EVERYTHING),
        ("        when: 'dry and ", EVERYTHING),
        ("        when: soil == ", {'"dry"', '"moist"', '"wet"'}),
        ('        when: soil == "', {"dry", "moist", "wet"}),
        ('        when: dry and soil != "we', {"dry", "moist", "wet"}),
        ('        when: soil in {"dry", "', {"dry", "moist", "wet"}),
        ("        when: soil not in {", {'"dry"', '"moist"', '"wet"'}),
        ('        when: any_of(signs, "lice", ', {'"lice"', '"mould"', '"none"'}),
        ('    when: may_be("', CATEGORIES),
        ("    when: category == ", {f'"{name}"' for name in CATEGORIES}),
        ('    when: holds("a', {"animals", "mouldy", "dry_soil", "hanging_leaves", "light", "upright_leaves"}),
        ("        when: weight > ", EVERYTHING),
        ('        when: weight > "', set()),
        ("  - category: ", CATEGORIES),
        ("    then: [rescue, ", CATEGORIES),
        ("        speed: ", {"now"}),
        ("        sources: [", {"leaflet"}),
        ("    question: ", QUESTIONS),
        ('        because: "The pot weighs {', QUESTIONS | VALUES),
        ("        because: It weighs {we", QUESTIONS | VALUES),
        ("        text: Does it ", set()),
        ("        options: ", set()),
        ("      - {", set()),
    ],
)
def test_the_names_that_may_stand_at_a_place_are_offered_as_they_are_typed(before: str, typed: set[str]) -> None:
    assert typed_at(before) == typed


def test_a_folded_expression_has_the_same_help_and_a_folded_text_none() -> None:
    assert typed_at("      dry and ", ["    is: >-", "      thirst > 2 or"]) == EVERYTHING
    assert typed_at("      dry and ", ["    text: >-"]) == set()


def test_a_file_that_is_half_written_still_has_its_names_and_the_frames() -> None:
    half = FRAMED.replace("rules:\n", 'rules:\n  - when: often == "\n')
    line = half[: half.index("  - when:")].count("\n")
    names = names_in(half, line)
    assert names is not None
    assert names.options["often"] == {"never": "Never", "weekly": "Some days a week", "daily": "Every day"}
    assert {"unclear", "dry"} <= names.categories.keys()
    assert set(names.speeds) == {"now", "today"}
    assert names_in("a: [", 5) is None


def test_the_word_at_a_place_is_the_whole_name() -> None:
    line = "when: light_pot and dry"
    assert [word_at(line, column) for column in (6, 10, 15, 20, 23)] == [
        "light_pot",
        "light_pot",
        "light_pot",
        "dry",
        "dry",
    ]
    assert word_at(line, 5) == ""


def test_every_function_that_is_offered_has_a_meaning() -> None:
    assert SIGNATURES.keys() <= MEANINGS.keys()
