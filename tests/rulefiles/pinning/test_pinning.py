"""What carries safety is pinned: a change to it is told until it is pinned with a reason, and what is free is free."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from screening.rulefiles.authoring.pinned_changes import changed_pins
from screening.rulefiles.loading.loader import LoadedRules, RuleFileError, load_rule_file
from screening.rulefiles.pinning.comparison import Unpinned, raise_if_unpinned, unpinned
from screening.rulefiles.pinning.pin_file import PinFile, load_pins, pins_path
from screening.rulefiles.pinning.selection import pinned, pinned_translation
from screening.rulefiles.pinning.writer import pin
from screening.rulefiles.translation.loader import load_translations
from screening.wording.authors.mistakes.problems import located_problem
from tests.conftest import ROOT
from tests.rulefiles.edited import ENGLISH, SMALL_TEXT, edited
from tests.support.cases import RULES
from tests.support.reviewing import small_copy
from tests.support.translating import translate

DAY = date(2026, 11, 22)
SIGN = "questions.signs.options.mould.text"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A rule file of which everything is pinned."""
    path = small_copy(tmp_path)
    rules = load_rule_file(path)
    pin(rules, unpinned(rules, (), PinFile()), "First.", DAY)
    return path


def differing(path: Path) -> tuple[Unpinned, ...]:
    rules = load_rule_file(path)
    pins = load_pins(path, rules.rule_set.id)
    assert pins is not None
    return unpinned(rules, load_translations(rules).values(), pins)


def told(path: Path) -> list[str]:
    try:
        raise_if_unpinned(differing(path), load_rule_file(path))
    except RuleFileError as error:
        return [located_problem(problem, ENGLISH).removeprefix(f"{path.parent}/") for problem in error.problems]
    return []


def change(path: Path, *edits: tuple[str, str]) -> None:
    path.write_text(edited(*edits, text=path.read_text(encoding="utf-8")), encoding="utf-8")


def test_what_stands_as_it_is_pinned_is_told_of_nothing(file: Path) -> None:
    assert differing(file) == ()
    file.write_text(f"# A comment.\n{SMALL_TEXT}", encoding="utf-8")
    assert differing(file) == ()


def test_a_changed_text_is_told_with_its_place_its_words_and_what_to_do(file: Path) -> None:
    change(file, ("text: Mould on the soil}", "text: Mushrooms}"))
    line = file.read_text(encoding="utf-8").splitlines().index("          - {code: mould, text: Mushrooms}") + 1
    [said] = told(file)
    assert said.startswith(f'small.yaml:{line}:33: The text "{SIGN}" carries safety')
    assert '"Mushrooms"' in said
    assert f'screening pin {file} --reason "why"' in said


def test_once_it_is_pinned_with_a_reason_it_is_told_no_more(file: Path) -> None:
    change(file, ("text: Mould on the soil}", "text: Mushrooms}"))
    before = pins_path(file).read_text(encoding="utf-8")
    rules = load_rule_file(file)
    pin(rules, differing(file), 'Some said "mould"\nand meant mushrooms.', DAY)
    assert differing(file) == ()
    assert pins_path(file).read_text(encoding="utf-8").startswith(before)
    pins = load_pins(file, "small")
    assert pins is not None
    [later] = pins.later_changes("en")
    assert later.reason == 'Some said "mould" and meant mushrooms.'
    assert later.hashes == {SIGN: pinned(rules)[SIGN].hash}


def test_what_is_new_and_what_is_gone_is_told(file: Path) -> None:
    change(file, ("          - {code: mould, text: Mould on the soil}\n", ""), ('any_of(signs, "mould") and ', ""))
    assert any("What carries safety is gone: questions.signs.options.mould.text" in line for line in told(file))
    pin(load_rule_file(file), differing(file), "Nobody sees mould.", DAY)
    assert differing(file) == ()
    assert SIGN not in load_pins(file, "small").hashes("en")  # type: ignore[union-attr]
    file.write_text(SMALL_TEXT, encoding="utf-8")
    assert any("New, and not pinned yet" in line and SIGN in line for line in told(file))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    title: What do you see?", "    title: What can you see?"),
        ("says: Says that most plants get too much water.", "says: Says that plants drown."),
        ("changes: [{version", 'changes: [{version: "0.9.0", text: Before.}, {version'),
        ('version: "1.0.0"\nlanguage', 'version: "1.0.1"\nlanguage'),
        ("title: Leaflet of a garden shop,", "title: A leaflet,"),
        ('when: definitely(leaves == "dark") or not known(signs)', 'when: definitely(leaves == "dark")'),
    ],
)
def test_what_carries_no_safety_is_free_to_change(old: str, new: str, file: Path) -> None:
    change(file, (old, new))
    assert differing(file) == ()


def test_any_text_of_an_answer_a_result_or_an_emergency_is_told(liver: LoadedRules) -> None:
    """Random texts of these parts, changed one at a time: the independent judge is the beginning of their names."""
    beginnings = ("questions.", "emergency.", "rules.", "notes.", "shared.", "undetermined.", "short_answer.", "staff.")
    free = (".why", ".who_can_tell")
    names = [text for text in liver.texts if text.id.startswith(beginnings) and not text.id.endswith(free)]
    known = pinned(liver)
    assert {text.id for text in names} <= known.keys()
    for text in Random(7).sample(names, 40):
        assert known[text.id].says == text.text
        other = known[text.id]._replace(says=f"{text.text} Not.")
        assert other.hash != known[text.id].hash


def test_every_member_of_a_question_but_those_named_changes_what_is_pinned(liver: LoadedRules) -> None:
    held = " ".join(
        f"{pinned_text.id} {' '.join(pinned_text.members)}"
        for pinned_text in pinned(liver).values()
        if not pinned_text.is_text
    )
    for member in (
        "strict",
        "required",
        "exclusive",
        "yields",
        "leaves_open",
        "factor",
        "minimum",
        "interrupt",
        "speed",
    ):
        assert member in held
    assert not any(
        pinned_text.id.endswith((".why", ".ask_if", ".illustration")) for pinned_text in pinned(liver).values()
    )


# --- translations ----------------------------------------------------------------------------------


@pytest.fixture
def translated(file: Path) -> Path:
    """The same in Malay too, pinned."""
    translate(file, "ms", lambda text: f"{text} x")
    rules = load_rule_file(file)
    pin(rules, differing(file), "In Malay.", DAY)
    return file


def test_a_changed_translation_is_told_in_its_file(translated: Path) -> None:
    assert told(translated) == []
    malay = translated.with_name("small.ms.yaml")
    change(malay, ('text: "Mould on the soil x"', 'text: "Cendawan"'))
    [said] = told(translated)
    assert said.startswith("small.ms.yaml:")
    assert f'The text "{SIGN}" carries safety, and it is not what it was: "Cendawan"' in said


def test_a_translation_of_what_changed_is_stale_and_no_change_until_it_fits_again(translated: Path) -> None:
    change(translated, ("text: Mould on the soil}", "text: Mushrooms}"))
    assert [difference.language for difference in differing(translated)] == ["en"]
    pin(load_rule_file(translated), differing(translated), "Mushrooms are meant.", DAY)
    assert differing(translated) == ()
    malay = translated.with_name("small.ms.yaml")
    of = load_pins(translated, "small").hashes("en")[SIGN]  # type: ignore[union-attr]
    text = malay.read_text(encoding="utf-8").splitlines(keepends=True)
    start = text.index(f'  "{SIGN}":\n')
    text[start + 1 : start + 3] = [f'    of: "{of}"\n', "    text: Cendawan\n"]
    malay.write_text("".join(text), encoding="utf-8")
    assert [(difference.language, [one.id for one in difference.changed]) for difference in differing(translated)] == [
        ("ms", [SIGN])
    ]


def test_every_pinned_text_is_pinned_in_each_translation_of_the_liver_rules() -> None:
    told_to_people = {name for name, one in pinned(RULES).items() if one.is_text}
    for translation in load_translations(RULES).values():
        missing = told_to_people - pinned_translation(RULES, translation).keys()
        gaps = {gap.problem.path[1] for gap in translation.gaps}
        assert {name.split(".")[0] for name in missing - gaps} <= {"guarantees", "staff"}


# --- the file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rules: small", "rules: other", 'These pins are of the rule file "other"'),
        ('day: "2026-11-22"', 'day: "2026-11-31"', 'There is no day "2026-11-31"'),
        ('reason: "First."', 'reason: " "', "cannot stand here"),
    ],
)
def test_a_mistake_in_the_file_of_pins_is_told(old: str, new: str, said: str, file: Path) -> None:
    change(pins_path(file), (old, new))
    with pytest.raises(RuleFileError) as error:
        load_pins(file, "small")
    assert said in located_problem(error.value.problems[0], ENGLISH)


def test_no_entry_is_added_below_anything_else(file: Path) -> None:
    path = pins_path(file)
    text = path.read_text(encoding="utf-8").replace("rules: small\n", "") + "rules: small\n"
    path.write_text(text, encoding="utf-8")
    change(file, ("text: Mould on the soil}", "text: Mushrooms}"))
    with pytest.raises(RuleFileError) as error:
        pin(load_rule_file(file), differing(file), "Why.", DAY)
    assert "Let `changes` be the last part" in located_problem(error.value.problems[0], ENGLISH)
    assert path.read_text(encoding="utf-8") == text


# --- what a reviewer reads first -------------------------------------------------------------------


def test_a_reviewer_reads_what_changed_since_the_last_signature_newest_first(file: Path) -> None:
    for number, (words, reason) in enumerate([("Mushrooms", "One."), ("Fungus", "Two.")]):
        file.write_text(SMALL_TEXT.replace("Mould on the soil", words), encoding="utf-8")
        pin(load_rule_file(file), differing(file), reason, date(2026, 12, 1 + number))
    change(file, ("      headings: [{id: heading, text: We cannot", "      headings: [{id: heading, text: We can not"))
    pin(load_rule_file(file), differing(file), "Three.", date(2026, 12, 3))
    pins, says = load_pins(file, "small"), pinned(load_rule_file(file))
    assert pins is not None

    def read(signed_on: date | None) -> list[tuple[Any, ...]]:
        return [(one.id.split(".")[0], one.says, one.reason) for one in changed_pins(pins, "en", says, signed_on)]

    heading = ("undetermined", "We can not match your answers yet", "Three.")
    assert read(None) == [heading, ("questions", "Fungus", "Two.")]
    assert read(date(2026, 12, 3)) == [heading]
    assert read(date(2026, 12, 4)) == []


@pytest.mark.parametrize("name", [pytest.param("liver", marks=pytest.mark.slow), "audit-c"])
def test_the_rules_that_are_served_stand_as_they_are_pinned(name: str) -> None:
    assert told(ROOT / "rules" / f"{name}.yaml") == []
