"""Texts name only questions that there are, and say nothing that is never said to a person."""

from __future__ import annotations

import re
from random import Random

import pytest

from screening.rulefiles.checks.texts import PhraseFinder, check_texts
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.model.shape import rule_file_schema
from screening.rulefiles.model.texts import texts
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.model.problem import Problem
from tests.rulefiles.edited import SMALL_TEXT, dotted, edited, rule_set_of


def problems(*changes: tuple[str, str]) -> list[Problem]:
    text = edited(*changes)
    data = read_yaml(text.encode()).data
    assert data is not None
    return check_texts(list(texts(data, rule_file_schema())), rule_set_of(text))


def told(*changes: tuple[str, str]) -> list[tuple[str, str, int]]:
    return [(problem.code, dotted(problem.path), problem.column) for problem in problems(*changes)]


def test_the_small_rule_file_and_the_one_for_the_liver_pass(liver: LoadedRules) -> None:
    assert check_texts(liver.texts, liver.rule_set) == []
    assert problems() == []


# --- placeholders --------------------------------------------------------------------------------

BECAUSE = '"You said of the soil: {soil}."'
GROUND = "rules.1.grounds.0.because"


def test_a_placeholder_names_a_question() -> None:
    assert told((BECAUSE, '"{age}, {leaves} and {soil}"')) == []
    assert told((BECAUSE, '"{age}, {leafs} and {sol}"')) == [
        ("text.placeholder", GROUND, 7),
        ("text.placeholder", GROUND, 19),
    ]


@pytest.mark.parametrize("name", ["sections", "open"])
def test_only_texts_of_the_undetermined_category_name_what_is_open(name: str) -> None:
    assert told(("text: That is fine.", f'text: "{{{name}}}"')) == []
    assert told((BECAUSE, f'"{{{name}}}"')) == [("text.placeholder", GROUND, 0)]


@pytest.mark.parametrize(
    ("text", "column"), [("a { b", 2), ("a } b", 2), ("{soil} and {", 11), ("{soil}} and {soil}", 6), ("{{soil}}", 0)]
)
def test_a_brace_without_a_partner_is_told_where_it_stands(text: str, column: int) -> None:
    assert told((BECAUSE, f'"{text}"')) == [("text.brace", GROUND, column)]


# --- phrases that are never said -----------------------------------------------------------------


def find(phrases: list[str], text: str) -> list[tuple[str, int]]:
    return list(PhraseFinder(phrases).find(text))


def test_a_phrase_is_found_whatever_its_case_and_where_it_begins() -> None:
    assert find(["you must"], "Now YOU Must go, you must.") == [("you must", 4), ("you must", 17)]


def test_a_phrase_is_a_whole_word() -> None:
    assert find(["safe", "cure"], "unsafe, safety, a secure place, safe-ish, Safe.") == [("safe", 32), ("safe", 42)]


def test_a_star_at_the_end_stands_for_any_ending_and_for_none() -> None:
    assert find(["cure*"], "cure, cures, cured, a secure, curé") == [("cure*", 0), ("cure*", 6), ("cure*", 13)]


def test_a_star_covers_a_phrase_of_several_words() -> None:
    assert find(["leading clinic*"], "the leading clinics") == [("leading clinic*", 4)]


def test_a_phrase_is_found_over_the_end_of_a_line() -> None:
    assert find(["you must"], "you\nmust, you  must") == [("you must", 0), ("you must", 10)]


def test_signs_in_a_phrase_mean_themselves() -> None:
    assert find(["non-compliant", "a.b"], "noncompliant, non-compliant, axb, a.b") == [
        ("non-compliant", 14),
        ("a.b", 34),
    ]


def test_letters_of_other_scripts_are_letters() -> None:
    assert find(["aman"], "aman, amané, ämân, AMAN") == [("aman", 0), ("aman", 19)]


PIECES = ["liver", "Liver's", "scan", "scans", "scar", "scarred", "a scar", "kill", "ill", "is", "sure", ".", "\n", "-"]
LETTERS = str.maketrans({"i": "\u0131", "s": "\u017f", "k": "\u212a"})
"""Letters that an expression which ignores case takes for those of English."""


def test_just_those_phrases_are_found_that_one_expression_of_all_finds() -> None:
    random = Random(7)
    phrases = ["scar*", "liver scan", "is sure", "kill", "a scar", "scan", "ill"]
    sources = [
        r"\b" + r"\s+".join(phrase.rstrip("*").split()) + (r"\w*" if "*" in phrase else "") for phrase in phrases
    ]
    every = re.compile("|".join(rf"({source}\b)" for source in sources), re.IGNORECASE)
    finder, found = PhraseFinder(phrases), 0
    for _ in range(1500):
        words = random.choices(PIECES, k=random.randrange(9))
        text = " ".join(random.choice((str, str.upper, lambda text: text.translate(LETTERS)))(word) for word in words)
        text = text.replace("I", random.choice("I\u0130"))
        wanted = [(phrases[(match.lastindex or 1) - 1], match.start()) for match in every.finditer(text)]
        assert list(finder.find(text)) == wanted
        found += len(wanted)
    assert found > 1000


def test_where_nothing_is_banned_nothing_is_found() -> None:
    assert find([], "anything") == []


def test_a_banned_phrase_is_told_with_its_place_and_the_id_of_its_text() -> None:
    [problem] = problems(("text: Water it.", "text: Now you must water it."))
    assert (problem.code, dotted(problem.path), problem.column) == ("text.banned", "categories.1.next_steps.0.text", 4)
    assert problem.values == {"phrase": "you must", "text": "categories.thirsty.next_steps.water.text"}


def test_banned_phrases_are_looked_for_in_every_text() -> None:
    data = read_yaml(SMALL_TEXT.encode()).data
    assert data is not None
    found = [text._replace(text=f"you must {text.text}") for text in texts(data, rule_file_schema())]
    assert {problem.path for problem in check_texts(found, rule_set_of(SMALL_TEXT))} == {text.path for text in found}


EXCEPTION = "{text: glossary.repotting.meaning, phrase: safe, why: It is about the roots.}"


def test_an_exception_lets_one_text_say_one_phrase() -> None:
    without = ("  exceptions:\n    - " + EXCEPTION + "\n", "")
    assert told(without) == [("text.banned", "glossary.0.meaning", 47)]
    assert [problem[0] for problem in told(("its roots are safe.", "you must be safe."))] == ["text.banned"]
    assert [problem[0] for problem in told(("text: Water it.", "text: It is safe."))] == ["text.banned"]


def test_an_exception_in_vain_is_told() -> None:
    assert told(("its roots are safe.", "its roots live.")) == [("exception.unneeded", "banned.exceptions.0", 0)]
    assert told(("its roots are safe.", "its roots live."), ("phrase: safe", "phrase: sure")) == [
        ("name.missing", "banned.exceptions.0.phrase", 0)
    ]


def test_an_exception_for_a_text_that_is_not_there_is_told() -> None:
    assert told(("{text: glossary.repotting.meaning", "{text: glossary.pots.meaning")) == [
        ("text.banned", "glossary.0.meaning", 47),
        ("name.missing", "banned.exceptions.0.text", 0),
    ]
