"""The frame of a rule file: what stands under what its author wrote, in every language, and never changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from screening.analysis.strength.mutation import mutants
from screening.rulefiles.authoring.expanded import written_out
from screening.rulefiles.checks.texts import placeholders
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.loading.stored_rules import rules_from
from screening.rulefiles.model.canonical import canonical_json, sha256
from screening.rulefiles.model.frames import LANGUAGES, VERSIONS, frame
from screening.rulefiles.model.shape import rule_file_schema
from screening.rulefiles.pinning.selection import pinned_translation
from screening.rulefiles.translation.loader import load_translations
from screening.rulefiles.translation.writer import write_translation
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.model.rule_set import Kind
from tests.conftest import ROOT
from tests.rulefiles.edited import DATA, edited, load_text, mistakes
from tests.support.every import for_every
from tests.support.translating import longer, translate

FRAMED = DATA / "rules" / "framed.yaml"
TEXT = FRAMED.read_text(encoding="utf-8")
FRAMES = ROOT / "rules" / "frames"
NEVER_CHANGED = {
    "1.yaml": "bbda59628940b2c8db46093305b235fb80ed57ad22d82152ecfa1b8830b9c563",
    "1.ms.yaml": "b9d55cb2e481015809cb03f0b527afef2487049e1cc76c013773caedab9cdeed",
    "1.id.yaml": "86623ecf2c83d54f468a76a23f510f41f79b73b5ff23a96db32427926f76207b",
    "1.zh-Hans.yaml": "e7eb63d1d3279404c6f56d7dce42bff0561a6e4765a223ed2683904904404780",
}
"""The hash of what each file of a frame holds. Whoever wants another default makes another frame."""


@pytest.fixture(scope="module")
def framed() -> LoadedRules:
    return load_rule_file(FRAMED)


def test_a_frame_that_was_shipped_is_what_it_was() -> None:
    held = {path.name: sha256(canonical_json(read_yaml(path.read_bytes()).data or {})) for path in FRAMES.iterdir()}
    assert held == NEVER_CHANGED
    assert {name.split(".")[0] for name in held} == {str(version) for version in VERSIONS}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_frame_says_each_text_in_each_language_with_the_same_placeholders(language: str) -> None:
    own, said = frame(1).texts_in("en"), frame(1).texts_in(language)
    assert list(own) == list(said)
    assert {name: placeholders(text) for name, text in own.items()} == {
        name: placeholders(text) for name, text in said.items()
    }


def test_the_smallest_honest_file_has_fewer_than_sixty_lines_and_every_part_that_is_needed(framed: LoadedRules) -> None:
    assert TEXT.count("\n") < 60
    assert framed.rule_set.emergency.numbers
    assert framed.rule_set.undetermined.category == "unclear"
    data = framed.data
    assert isinstance(data, dict)
    assert set(data) >= set(rule_file_schema()["required"])
    assert "frame" not in data


def test_the_hash_is_that_of_the_file_written_out_so_that_a_kept_rule_set_needs_no_frame(
    framed: LoadedRules, tmp_path: Path
) -> None:
    whole = load_text(tmp_path, written_out(framed))
    assert (whole.frame, whole.hash) == (None, framed.hash)
    assert rules_from(framed.canonical).rule_set == framed.rule_set == whole.rule_set


@pytest.mark.parametrize("name", ["audit-c", "ckd", "liver", "phq-9"])
def test_a_file_written_out_is_the_same_rule_set(name: str, tmp_path: Path) -> None:
    path = ROOT / "rules" / f"{name}.yaml"
    data = read_yaml(path.read_bytes()).data
    rules = LoadedRules(**{**vars(load_rule_file(FRAMED)), "data": data})
    assert read_yaml(written_out(rules).encode()).data == data


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_frame_has_no_mistake_of_its_own_in_any_language(language: str, tmp_path: Path) -> None:
    rules = load_text(tmp_path, edited(("frame: 1\n", f"frame: 1\nlanguage: {language}\n"), text=TEXT))
    assert rules.rule_set.disclaimer == frame(1).texts_in(language)["disclaimer"]
    assert rules.rule_set.emergency.elsewhere == frame(1).texts_in(language)["emergency.elsewhere"]


def test_every_text_of_the_frame_has_a_place_in_the_authors_file(framed: LoadedRules) -> None:
    lines = TEXT.splitlines()
    by_frame = [text for text in framed.texts if frame(1).texts_in("en").get(text.id) == text.text]
    assert len(by_frame) > 30
    beside = {lines[framed.line(text.path) - 1].split(":")[0] for text in by_frame}
    assert beside == {"frame", "emergency"}


def test_what_an_author_writes_stands_in_place_of_the_frames(tmp_path: Path) -> None:
    rules = load_text(
        tmp_path,
        edited(
            ("emergency:\n", "limit: Ask your eye doctor.\nemergency:\n  unsure: now\n"),
            (
                "sources:\n",
                "banned: {phrases: [drops]}\nsources:\n  - {id: emergency_sg, title: Mine, confirmed: true}\n",
            ),
            text=TEXT,
        ),
    )
    assert rules.rule_set.limit == "Ask your eye doctor."
    assert rules.rule_set.emergency.unsure == "now"
    assert rules.rule_set.source["emergency_sg"].title == "Mine"
    assert {"drops", "eligib*"} <= set(rules.rule_set.banned.phrases)


def test_an_authors_own_category_for_what_is_not_known_stands_alone(tmp_path: Path) -> None:
    open_category = "  - {id: open, name: open, tone: plain, headings: [{id: heading, text: Still open}]}\nrules:\n"
    rules = load_text(
        tmp_path,
        edited(("rules:\n", f"{open_category}"), ("pages:\n", "undetermined: {category: open}\npages:\n"), text=TEXT),
    )
    assert [category.id for category in rules.rule_set.categories] == ["dry", "not_dry", "open"]
    assert rules.rule_set.undetermined.kinds[Kind.SEVERAL].headings


def test_a_file_that_left_the_frame_out_is_told_to_write_it_and_once(tmp_path: Path) -> None:
    told = mistakes(tmp_path, edited(("frame: 1\n", ""), text=TEXT))
    assert len(told) == 1
    assert "Write `frame: 1` at the top" in told[0]
    assert set(rule_file_schema()["required"]) - set(re.findall(r"^(\w+):", TEXT, re.MULTILINE)) <= set(
        re.findall(r"\w+", told[0])
    )


def test_of_a_translation_is_pinned_what_its_author_said_and_nothing_of_the_frame(tmp_path: Path) -> None:
    path = tmp_path / "framed.yaml"
    path.write_text(TEXT, encoding="utf-8")
    rules = load_rule_file(path)
    by_frame = frame(1).texts_in("en")
    write_translation(rules, "ms")
    assert not pinned_translation(rules, load_translations(rules)["ms"])
    translate(path, "ms", longer)
    said = pinned_translation(rules, load_translations(rules)["ms"])
    assert "disclaimer" in said, "who says it in another way than the frame answers for that"
    assert said.keys() - by_frame.keys()


def test_what_the_frame_says_alike_of_all_files_is_no_mistake_to_put_in(framed: LoadedRules) -> None:
    assert ("undetermined", "disagree_when") not in {mutant.path for mutant in mutants(framed.rule_set)}


@for_every(
    ("old", "new", "line", "mend"),
    [
        ("frame: 1\n", "frame: 2\n", "frame: 2", "There is no frame 2. Known are: 1."),
        ("frame: 1\n", 'frame: "1"\n', "frame:", "There is no frame 1"),
        ("frame: 1\n", "frame: true\n", "frame:", "There is no frame true"),
        ("frame: 1\n", "frame: 1\nlanguage: fr\n", "language: fr", 'does not speak "fr", but: en, ms, id, zh-Hans'),
        ("  signs: Sudden", "  sign: Sudden", "  sign: ", 'Did you mean "signs"? That one is missing'),
        ("emergency:\n  signs: Sudden", "emergency: Sudden", "emergency:", "are wanted here"),
        ("emergency:\n", "emergency:\n  unsure: soon\n", "  unsure", "Known are: now, today"),
        ("emergency:\n", "emergency:\n  speeds: [{id: fast, title: Go, steps: [Go.]}]\n", "emergency:", "are: fast"),
        ("sources:\n", "banned: {phrases: [ambulance]}\nsources:\n", "emergency:", '"ambulance" are never said'),
        ("sources:\n", "banned: {phrases: [medical advice]}\nsources:\n", "frame:", '"medical advice" are never'),
        ("      - {id: never,", "      - {id: most_days,", "      - {id: most_days, when: 'often ==", "second time"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_framed_file_is_told_where_the_author_wrote(
    old: str, new: str, line: str, mend: str, tmp_path: Path
) -> None:
    text = edited((old, new), text=TEXT)
    told, *_ = mistakes(tmp_path, text)
    assert mend in told
    assert text.splitlines()[int(told.split(":")[1]) - 1].startswith(line)


def test_a_translation_holds_the_authors_texts_alone(tmp_path: Path) -> None:
    path = tmp_path / "framed.yaml"
    path.write_text(TEXT, encoding="utf-8")
    rules = load_rule_file(path)
    written = write_translation(rules, "ms")
    text = written.path.read_text(encoding="utf-8")
    assert "title:" in text
    assert "disclaimer" not in text
    written.path.write_text(re.sub('text: ""', _made_up, text), encoding="utf-8")
    (translation,) = load_translations(rules).values()
    assert translation.gaps == ()
    assert translation.rules.rule_set.disclaimer == frame(1).texts_in("ms")["disclaimer"]
    assert frame(1).texts_in("ms")["disclaimer"] in translation.canonical  # kept whole, as the rule set is


def _made_up(empty: re.Match[str]) -> str:
    """Some words of another language, with the placeholders of the original that stands above."""
    *_, original = empty.string[: empty.start()].rpartition("# ")
    return f"text: Terjemahan {empty.start()} {' '.join(f'{{{name}}}' for name in placeholders(original))}"
