"""Lists of options that questions share: decided, translated, compared and pinned as if each question had its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from screening.rulefiles.authoring.differences import differences
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.loading.stored_rules import rules_from
from screening.rulefiles.pinning.selection import pinned
from screening.rulefiles.translation.checks import to_translate
from screening.rulefiles.translation.loader import load_translations
from screening.rulefiles.translation.writer import write_translation
from screening.ruleset.model.answers import Plain
from tests.rulefiles.edited import edited, mistakes

OWN = """        options:
          - {code: dry, text: Dry, score: 2}
          - {code: moist, text: Moist, score: 1}
          - {code: wet, text: Wet, score: 0}
"""
SCALES = """scales:
  how_wet:
    - {code: dry, text: Dry, score: 2}
    - {code: moist, text: Moist, score: 1}
    - {code: wet, text: Wet, score: 0}

values:
"""
TWO = "[{code: a, text: A}, {code: b, text: B}]"
SHARED = edited((OWN, "        options: how_wet\n"), ("values:\n", SCALES))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> LoadedRules:
    return loaded(tmp_path_factory.mktemp("shared"), SHARED)


def loaded(folder: Path, text: str) -> LoadedRules:
    file = folder / "small.yaml"
    file.write_text(text, encoding="utf-8")
    return load_rule_file(file)


def test_a_question_that_names_a_list_has_its_options(shared: LoadedRules, tmp_path: Path) -> None:
    own = loaded(tmp_path, edited())
    assert replace(shared.rule_set, scales={}) == own.rule_set
    assert shared.hash != own.hash
    answers: dict[str, Plain] = {"age": Decimal(3), "soil": "dry", "signs": frozenset(), "leaves": "upright"}
    assert shared.engine.evaluate(answers).category == own.engine.evaluate(answers).category == "thirsty"


def test_what_was_kept_of_the_rules_decides_as_they_do(shared: LoadedRules) -> None:
    assert rules_from(shared.canonical).rule_set == shared.rule_set


def test_a_text_of_a_list_is_translated_once(shared: LoadedRules) -> None:
    names = [name for name in to_translate(shared) if "wet" in name]
    assert names == ["scales.how_wet.dry.text", "scales.how_wet.moist.text", "scales.how_wet.wet.text"] + [
        name for name in names if not name.startswith("scales.")
    ]
    assert not any(name.startswith("questions.soil.options") for name in to_translate(shared))


def test_another_score_in_a_list_is_another_question_and_another_pin(shared: LoadedRules, tmp_path: Path) -> None:
    other = loaded(tmp_path, SHARED.replace("text: Dry, score: 2", "text: Dry, score: 3"))
    assert "soil" in str(differences(shared, other))
    before, after = pinned(shared), pinned(other)
    assert [name for name in before if before[name].hash != after[name].hash] == ["scales.how_wet.dry"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SHARED.replace("options: how_wet", "options: how_dry"), "no list of options"),
        (
            SHARED.replace("  how_wet:", f"  how_cold: {TWO}\n  how_wet:"),
            "No question",
        ),
        (SHARED.replace("{code: moist, text: Moist", "{code: dry, text: Moist"), "dry"),
        (SHARED.replace("options: how_wet", "options: 5"), "A list is wanted"),
        (SHARED.replace("how_wet", "How wet"), "small letters"),
        (SHARED.replace("{code: wet, text: Wet, score: 0}", "{code: wet, txet: Wet}"), "txet"),
        (edited((OWN, "        options: how_wet\n")), "no list of options"),
    ],
)
def test_a_mistake_in_a_list_is_told_where_it_stands(tmp_path: Path, text: str, said: str) -> None:
    told = mistakes(tmp_path, text)
    assert said in " ".join(told)
    assert len(told) == len(set(told))


def test_and_stands_in_every_question_in_that_language(shared: LoadedRules) -> None:
    path = write_translation(shared, "ms").path
    head, name, rest = path.read_text(encoding="utf-8").partition("  scales.how_wet.dry.text:\n")
    path.write_text(head + name + rest.replace('text: ""', "text: Kering", 1), encoding="utf-8")
    translated = load_translations(shared)["ms"].rules
    assert translated.rule_set.question["soil"].option["dry"].text == "Kering"
    assert translated.rule_set.question["soil"].option["wet"].text == "Wet"
