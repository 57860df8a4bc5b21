"""A page that repeats is written once; what is built of it, kept, translated and told where it stands, is plain."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.rulefiles.loading.loader import load_rule_file
from screening.rulefiles.loading.stored_rules import rules_from
from screening.rulefiles.model.builder import build_rule_set
from screening.rulefiles.model.repeats import expanded, in_first_copy, written_name, written_path
from screening.rulefiles.translation.loader import load_translations
from screening.rulefiles.yaml.parsed import Data
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.model.problem import Path as Place
from screening.ruleset.model.texts import Untranslated
from tests.rulefiles.edited import SMALL_TEXT, load_text, mistakes
from tests.support.rules.repeated import with_sprays
from tests.support.translating import translate

SPRAYS: Data = read_yaml(with_sprays().encode()).data or {}


def test_copies_have_numbers_in_names_and_texts_and_ask_for_one_another(tmp_path: Path) -> None:
    rules = load_text(tmp_path, with_sprays())
    pages = [page.id for page in rules.rule_set.pages]
    assert pages == ["signs", "leaves", "pot", "sprayed", "spray_1", "spray_2", "spray_3", "scale"]
    page = rules.rule_set.page["spray_2"]
    assert page.title == "Spray 2"
    assert [question.id for question in page.questions] == ["kind_2", "times_2", "spray_more_2"]
    assert page.questions[1].label == "Times of spray 2"
    conditions = [question.ask_if.text if question.ask_if else "" for question in page.questions]
    there = 'definitely(spray_more_1 == "yes")'
    assert conditions == [there, f'(not definitely(kind_2 == "soap")) and {there}', there]


def test_what_is_kept_of_a_rule_file_is_what_was_written_and_builds_the_same(tmp_path: Path) -> None:
    rules = load_text(tmp_path, with_sprays())
    assert '"repeats"' in rules.canonical
    assert {text.id for text in rules.texts} >= {"pages.spray.repeats.more", "questions.kind.text"}
    stored = rules_from(rules.canonical)
    assert (stored.hash, stored.rule_set) == (rules.hash, rules.rule_set)


def test_a_translation_is_of_what_was_written_and_told_in_every_copy(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(with_sprays(), encoding="utf-8")
    translate(file, "ms", lambda text: f"{text} (ms)")
    translation = load_translations(load_rule_file(file))["ms"]
    assert not translation.gaps
    page = translation.rules.rule_set.page["spray_3"]
    assert page.title == "Spray 3 (ms)"
    assert page.questions[2].text == "Was it sprayed with something else, beside these 3? (ms)"


def test_a_text_that_is_not_translated_stays_so_in_every_copy() -> None:
    data = read_yaml(with_sprays().encode()).data
    assert isinstance(data, dict)
    page = next(page for page in data["pages"] if page["id"] == "spray")  # type: ignore[union-attr, call-overload, index]
    page["title"] = Untranslated(page["title"], "en")  # type: ignore[index, call-overload, arg-type]
    built, _ = build_rule_set(data)
    titles = [page.title for page in built.pages if page.id.startswith("spray_")]
    assert titles == ["Spray 1", "Spray 2", "Spray 3"]
    assert {title.language for title in titles if isinstance(title, Untranslated)} == {"en"}


def places(node: object, path: Place = ()) -> list[Place]:
    """Every place in some data."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, member in members for place in places(member, (*path, key)))]


def test_what_stands_in_a_copy_is_told_where_it_is_written() -> None:
    for place in places(SPRAYS):
        if len(place) != 1:
            assert written_path(in_first_copy(place, "", SPRAYS)[0], SPRAYS) == place
    written = set(places(SPRAYS))
    unwritten = [place for place in places(expanded(SPRAYS)) if written_path(place, SPRAYS) not in written]
    assert {place[-1] for place in unwritten} <= {"ask_if"}, "a condition of two parts"
    assert written_path(("pages", 7, "title"), SPRAYS) == ("pages", 5, "title")
    assert written_path(("pages", 6, "questions", 2, "text"), SPRAYS) == ("pages", 4, "repeats", "more")
    assert [written_name(name, SPRAYS) for name in ("kind_3", "spray_more_1", "soil")] == ["kind", "spray", "soil"]


def test_a_file_without_lists_is_what_it_was() -> None:
    data = read_yaml(SMALL_TEXT.encode()).data
    assert data is not None
    assert expanded(data) is data


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('any(spray, kind == "poison")', 'any(spray, kind == "x")', '"kind" has no option "x".'),
        ('any(spray, kind == "poison")', "any(spray)", '"any" is written as any(list, condition)'),
        ("minimum: 0, maximum: 50", "minimum: 60, maximum: 50", "The minimum (60) must be less than the maximum (50)."),
        ("- id: times\n", "- id: kind\n", 'The name "kind" stands here for the second time.'),
    ],
)
def test_a_mistake_in_what_repeats_is_told_once(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = with_sprays()
    assert text.count(old) == 1
    (found,) = mistakes(tmp_path, text.replace(old, new))
    assert said in found
    line = text[: text.index(old)].count("\n") + 1
    assert abs(int(found.split(":")[1]) - line) <= 1
