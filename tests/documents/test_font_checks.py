"""A text that fonts cannot show stops the check and the start, and says which character, where, and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from screening.app import load_served
from screening.documents.coverage import FONTS, printable
from screening.documents.font_checks import catalogue_problems, require_fonts, without_paper
from screening.rulefiles.loading.loader import RuleFileError, load_rule_file
from screening.rulefiles.translation.loader import load_translations
from screening.wording.authors.mistakes.problems import located_problem
from screening.wording.language.languages import CATALOGUES
from tests.rulefiles.edited import edited
from tests.support.cases import ENGLISH, LIVER, RULES, translations
from tests.support.translating import translate

TITLE = "title: What does my plant need?"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small rule file, to edit and to translate."""
    file = tmp_path / "small.yaml"
    file.write_text(edited())
    return file


def mistakes(file: Path) -> str:
    """What is wrong with the fonts for a rule file and its translations, as it is told."""
    rules = load_rule_file(file)
    with pytest.raises(RuleFileError) as caught:
        require_fonts(rules, load_translations(rules))
    return "\n".join(located_problem(problem, ENGLISH) for problem in caught.value.problems)


def test_a_character_is_known_where_a_family_maps_it_in_every_weight() -> None:
    families: dict[str, list[set[int]]] = {}
    for path in FONTS.glob("*.ttf"):
        with TTFont(path) as font:
            families.setdefault(path.stem.split("-")[0], []).append(set(font.getBestCmap()))
    wanted = set[int]().union(*(set.intersection(*weights) for weights in families.values()))
    assert printable() == set(map(chr, wanted))
    assert len(wanted) > 5000


@pytest.mark.slow
def test_the_rule_files_translations_and_catalogues_that_ship_can_be_printed() -> None:
    require_fonts(RULES, translations())
    assert without_paper(RULES, translations()) == ()
    for file in sorted(LIVER.parent.glob("*.pins.yaml")):
        rules = load_rule_file(file.with_name(file.name.replace(".pins", "")))
        require_fonts(rules, load_translations(rules))
    for catalogue in sorted(CATALOGUES.glob("*.po")):
        assert catalogue_problems(catalogue) == ()


@pytest.mark.parametrize(
    ("character", "code"), [("😀", "U+1F600"), ("ह", "U+0939"), ("囍", "U+56CD"), ("\ue000", "U+E000")]
)
def test_a_character_of_a_rule_file_that_no_font_has_is_told_with_its_text_and_code(
    small: Path, character: str, code: str
) -> None:
    small.write_text(edited((TITLE, f'title: "Plants {character} here"')), encoding="utf-8")
    said = mistakes(small)
    assert said.startswith(f"{small}:4:16: ")
    assert 'of "title"' in said
    assert f"{character} {code}" in said
    assert "Write the text with others" in said


def test_the_start_stops_at_it(small: Path) -> None:
    small.write_text(edited((TITLE, 'title: "Plants 😀"')), encoding="utf-8")
    with pytest.raises(RuleFileError):
        load_served(small)


def test_a_translation_is_checked_text_by_text(small: Path) -> None:
    translate(small, "ms", lambda text: f"{text} ᜀ" if text.startswith("W") else f"{text} ms")
    said = mistakes(small)
    assert f"{small.with_name('small.ms.yaml')}:" in said
    assert "U+1700 (TAGALOG LETTER A)" in said


def test_a_rule_file_in_a_script_that_no_pdf_can_be_in_is_refused(small: Path) -> None:
    small.write_text(edited(("language: en", "language: ta")))
    assert "No PDF can be made in ta" in mistakes(small)


def test_a_message_of_a_catalogue_is_told_by_its_line(tmp_path: Path) -> None:
    shutil.copy(CATALOGUES / "ms.po", tmp_path)
    file = tmp_path / "ms.po"
    with file.open("a", encoding="utf-8") as opened:
        opened.write('\nmsgid "A new message"\nmsgstr "Ujian 😀"\n')
    (problem,) = catalogue_problems(file)
    said = located_problem(problem, ENGLISH)
    assert '"A new message"' in said
    assert "😀 U+1F600" in said
    assert problem.position.line > 1000
