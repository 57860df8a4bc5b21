"""A mistake in words: every code has a sentence, and values of any kind and length stand well in it."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from screening import cohort, rulefiles
from screening.documents import font_checks
from screening.rulefiles.loading.loader import FileProblem
from screening.rulefiles.yaml.source_columns import Position
from screening.ruleset.language import expression_text, parsing, type_checks, type_inference, unsettled
from screening.ruleset.model.problem import Problem
from screening.wording.authors.mistakes.problems import PROBLEMS, located_problem, problem_sentence
from tests.rulefiles.edited import ENGLISH
from tests.support.every import for_every

SOURCES = [
    *sorted(Path(rulefiles.__file__).parent.rglob("*.py")),
    *sorted(Path(cohort.__file__).parent.rglob("*.py")),
    Path(type_checks.__file__),
    Path(type_inference.__file__),
    Path(unsettled.__file__),
    Path(font_checks.__file__),
    Path(parsing.__file__),
    Path(expression_text.__file__),
]
MADE_OF_PARTS = {
    *(f"slip.{member}" for member in ("below", "above")),
    *(f"type.wanted_{kind}" for kind in ("condition", "number", "choice", "several")),
    *(f"case.no_{kind}" for kind in ("ground", "note", "missing")),
    *(f"case.unwanted_{kind}" for kind in ("ground", "note")),
    *(f"case.{member}" for member in ("kind", "underlying")),
}
"""Codes that stand in no source as one text."""


def codes_in_sources() -> set[str]:
    areas = {code.split(".")[0] for code in PROBLEMS}
    pattern = re.compile(rf'"((?:{"|".join(sorted(areas))})\.[a-z_0-9]+)"')
    return {code for path in SOURCES for code in pattern.findall(path.read_text(encoding="utf-8"))}


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    # an expression's code may be told apart further, and a misfit is one of two
    assert codes_in_sources() | MADE_OF_PARTS - {"yaml.misfit"} >= set(PROBLEMS) - {
        code for code in PROBLEMS if code.startswith("answer.")
    }
    assert codes_in_sources() - {"yaml.misfit"} <= set(PROBLEMS)


def test_a_mistake_is_printed_as_compilers_print_them() -> None:
    found = FileProblem("rules/x.yaml", Position(3, 14), Problem("yaml.tab"))
    assert located_problem(found, ENGLISH) == "rules/x.yaml:3:14: A tab stands here. Use spaces."


def missing(name: str, known: list[str]) -> str:
    return problem_sentence(Problem("name.missing", values={"what": "source", "name": name, "known": known}), ENGLISH)


def test_a_name_near_to_the_one_written_is_offered() -> None:
    assert missing("leaflte", ["leaflet", "book"]) == (
        'There is no source "leaflte". Did you mean "leaflet"? Known are: leaflet, book.'
    )
    assert missing("xyz", ["leaflet"]) == 'There is no source "xyz". Known are: leaflet.'
    assert missing("xyz", []) == 'There is no source "xyz". Known are: none.'


def test_a_name_of_several_lines_is_offered_in_one() -> None:
    assert missing("a b", ["a\nb"]) == 'There is no source "a b". Did you mean "a b"? Known are: a b.'


def test_of_a_long_list_the_near_one_or_the_beginning_is_told() -> None:
    many = [f"source_{number:03}" for number in range(100)]
    assert missing("source_042x", many) == 'There is no source "source_042x". Did you mean "source_042"?'
    said = missing("xyz", many)
    assert said.startswith('There is no source "xyz". Known are, among others: source_000, source_001, ')
    assert said.endswith(", source_029.")


@for_every(
    ("found", "words"),
    [
        (5, "the number 5"),
        (Decimal("1.10"), "the number 1.10"),
        (Decimal("1E+200"), "the number 1E+200"),
        (True, "true"),
        ([], "a list"),
        ({"a": 1}, "a mapping"),
        ("", 'the text ""'),
        ("two\nlines", 'the text "two lines"'),
        ("x" * 100, f'the text "{"x" * 80}..."'),
    ],
)
def test_what_stands_in_the_place_of_something_else_is_described(found: object, words: str) -> None:
    said = problem_sentence(Problem("shape.single", values={"found": found}), ENGLISH)
    assert said == f"true, false, a number or a text is wanted here, but this is {words}."


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "true"),
        (False, "false"),
        (None, "nothing"),
        ([], "none"),
        (["a", "b"], "a, b"),
        ({"a": 1}, "a: 1"),
        (2, "2"),
    ],
)
def test_values_of_every_kind_stand_in_a_sentence(value: object, words: str) -> None:
    values = {"case": "C", "name": "v", "expected": value, "found": "x"}
    said = problem_sentence(Problem("case.value", values=values), ENGLISH)
    assert said == f'The case "C" expects that v is {words}, but the rules give x.'


@pytest.mark.parametrize("found", ["condition", "number", "choice", "several"])
def test_what_an_expression_yields_has_a_name(found: str) -> None:
    said = problem_sentence(Problem("type.wanted_number", values={"found": found, "name": ""}), ENGLISH)
    assert said.startswith("A number is wanted here, but this is a ")


def test_a_text_that_is_the_name_of_a_kind_stays_what_it_is() -> None:
    values = {"name": "string", "wanted": "number"}
    assert problem_sentence(Problem("shape.pattern", values=values), ENGLISH) == (
        '"string" cannot stand here. What belongs here: number'
    )


@for_every("code", sorted(PROBLEMS))
def test_a_sentence_ends_as_one_and_speaks_plainly(code: str) -> None:
    text = PROBLEMS[code]
    assert text.endswith((".", "?", "%(close)s", "%(known)s", "%(possible)s", "%(wanted)s", '"...".'))
    assert not re.search(
        r"\b(invalid|illegal|token|scalar|node|parse|schema|null|boolean|integer|string)\b", text, re.IGNORECASE
    )
