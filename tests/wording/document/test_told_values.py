"""Values in texts and on the lines of their zones: on the page, on both papers, at the desk and before the result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from screening.analysis.proof.prover import Prover
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.review.state import UNREVIEWED
from screening.ruleset.reading.answer_reader import read_answer
from screening.wording.authors.proofs.told_texts import telling
from screening.wording.document.blocks import Block
from screening.wording.document.paper_blocks import NumberTable, NumberTableRow
from screening.wording.document.result_blocks import NumberLine
from screening.wording.language.languages import language
from screening.wording.summary.context import SummaryContext, SummaryInput
from screening.wording.summary.result import context_document
from tests.rulefiles.edited import DATA, edited, load_text, mistakes
from tests.wording.summary.random_documents import texts_in

NINE = (DATA / "rules" / "nine_items.yaml").read_text(encoding="utf-8")
ITEMS = ("leaves_yellow", "leaves_fallen", "soil_dry", "spots", "stems_bent", "growth_slow", "flowers_pale", "insects")
OPTIONS = ("not_once", "few_days", "most_days", "each_day")
ZONES = """    decimals: 0
    unit: points
    singular: point
    zones:
      - {id: hardly, text: hardly any, below: 5}
      - {id: slight, text: slight, below: 10}
      - {id: clear, text: clear, up_to: 14}
      - {id: bad, text: rather a lot of them, below: 20}
      - {id: worst, text: worst}
"""
TOLD = (
    ("    decimals: 0\n", ZONES),
    ("because: The total is 10 or more.", 'because: "Your total is {total}."'),
    ("text: Most plants recover.", 'text: "Most plants with {total} recover."'),
    ("        open: whether the roots rot\n", '        open: "whether the roots rot, at a total of {total}"\n'),
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> LoadedRules:
    """The nine items, with a total that is told."""
    return load_text(tmp_path_factory.mktemp("told"), edited(*TOLD, text=NINE))


def context(rules: LoadedRules, scores: str, tag: str = "en", **more: Any) -> SummaryContext:
    """The outcome of eight scores and no rot; `?` is an answer that is not known."""
    raw = {name: None if score == "?" else OPTIONS[int(score)] for name, score in zip(ITEMS, scores, strict=True)}
    questions = rules.rule_set.question
    answers = {name: read_answer(questions[name], value) for name, value in ({"rot": "not_once"} | raw | more).items()}
    return SummaryContext(SummaryInput(rules, answers, language(tag), date(2026, 1, 1), UNREVIEWED))


def block(context: SummaryContext, part: str) -> Block:
    """The last block of a part of the Document."""
    found = context_document(context).part(part)
    assert found is not None
    return found.blocks[-1]


def row(context: SummaryContext, part: str) -> NumberTableRow:
    """The first row of the numbers of a paper."""
    found = context_document(context).part(part)
    assert found is not None
    return next(block for block in found.blocks if isinstance(block, NumberTable)).rows[0]


@pytest.mark.parametrize(
    ("scores", "tag", "words"),
    [
        ("22211300", "en", "11 points"),
        ("10000000", "en", "1 point"),
        ("00000000", "en", "0 points"),
        ("2221130?", "en", "between 11 and 14 points"),
        ("????????", "en", "between 0 and 24 points"),
        ("2221130?", "ms", "antara 11 dan 14 points"),
    ],
)
def test_a_value_is_told_with_its_unit_or_as_the_range_that_is_left(
    rules: LoadedRules, scores: str, tag: str, words: str
) -> None:
    assert context(rules, scores, tag).fill("{total}") == words


def test_a_reason_and_what_is_open_tell_it_on_page_papers_and_at_the_desk(rules: LoadedRules) -> None:
    told = context(rules, "2221130?")
    said = "\n".join(texts_in(context_document(told).parts))
    assert "Your total is between 11 and 14 points." in said
    assert "Most plants with between 11 and 14 points recover." in said
    unsure = context(rules, "22211300", rot=None)
    assert "whether the roots rot, at a total of between 11 and 14 points" in "\n".join(
        texts_in(context_document(unsure).parts)
    )


def test_a_number_stands_in_its_zone_beside_its_neighbours(rules: LoadedRules) -> None:
    told = context(rules, "22211300")
    line = block(told, "numbers")
    assert isinstance(line, NumberLine)
    assert [(zone.word, zone.look) for zone in line.zones] == [
        ("slight", ""),
        ("clear", "held"),
        ("rather a lot of them", ""),
    ]
    assert line.cut_offs == ("10", "14")
    assert line.place == line.place_to
    assert 1 / 3 < line.place < 2 / 3
    assert line.remark == "It lies here: clear."
    assert line.description == (
        "Total: 11 points, clear. Zones and limits: slight; 10; clear; 14; rather a lot of them"
    )
    for part in ("my_numbers", "doctor_numbers"):
        drawn = row(told, part)
        assert (drawn.number, drawn.zone, drawn.zone_to) == ("11 points", 1, 1)
        assert [zone.text for zone in drawn.zones] == [zone.word for zone in line.zones]


@pytest.mark.parametrize(
    ("scores", "first", "held"),
    [
        ("00000000", "hardly any", ["hardly any"]),
        ("33333333", "clear", ["worst"]),
        ("3333200?", "slight", ["clear", "rather a lot of them"]),
        ("????????", "hardly any", ["hardly any", "slight", "clear", "rather a lot of them", "worst"]),
    ],
)
def test_a_range_lies_in_all_zones_in_which_the_value_may_lie(
    rules: LoadedRules, scores: str, first: str, held: list[str]
) -> None:
    line = block(context(rules, scores), "numbers")
    assert isinstance(line, NumberLine)
    assert line.zones[0].word == first
    assert [zone.word for zone in line.zones if zone.look == "held"] == held
    assert line.place_to is not None
    assert 0 < line.place <= line.place_to < 1
    assert line.remark.startswith("It lies here" if len(held) == 1 else "It may lie here")


def test_in_an_emergency_no_line_stands_on_the_page(rules: LoadedRules) -> None:
    urgent = context_document(context(rules, "22211300", rot="each_day"))
    assert urgent.part("numbers") is None
    assert urgent.part("my_numbers") is None


UNKNOWN = (
    ("    label: Thirst\n", "    label: Thirst\n    if_unknown: not known yet\n"),
    ("text: You can stop reading.", 'text: "Thirst: {thirst}."'),
)


def test_what_may_be_unknown_has_words_of_its_own(tmp_path: Path) -> None:
    rules = load_rule_file(_small(tmp_path, *UNKNOWN))
    told = _small_context(rules, {"age": 3, "soil": "dry"})
    assert told.fill("{thirst}") == "not known yet"
    assert _small_context(rules, {"age": 3, "soil": "dry", "light": "sun"}).fill("{thirst}") == "3.5"
    assert "Thirst: not known yet." in "\n".join(texts_in(context_document(told).parts))


@pytest.mark.parametrize("when", ["known(thirst)", "definitely(thirst > 1) and not known(light)"])
def test_a_text_that_asks_whether_the_value_is_known_needs_none(tmp_path: Path, when: str) -> None:
    changed = f"when: {when}, text: 'Thirst: {{thirst}}.'"
    shared = "when: 'category != \"rescue\"', text: You can stop reading."
    assert mistakes(tmp_path, edited((shared, changed))) == []


def _small(folder: Path, *changes: tuple[str, str]) -> Path:
    path = folder / "small.yaml"
    path.write_text(edited(*changes), encoding="utf-8")
    return path


def _small_context(rules: LoadedRules, raw: Mapping[str, Any]) -> SummaryContext:
    answers = {name: read_answer(rules.rule_set.question[name], value) for name, value in raw.items()}
    return SummaryContext(SummaryInput(rules, answers, language("en"), date(2026, 1, 1), UNREVIEWED))


def test_zones_of_a_value_follow_one_another_and_have_names_of_their_own(tmp_path: Path) -> None:
    (falling,) = mistakes(tmp_path, edited(*TOLD[1:], ("    decimals: 0\n", ZONES.replace("20", "9")), text=NINE))
    assert 'The zones of "total" do not follow one another;' in falling
    (twice,) = mistakes(
        tmp_path, edited(*TOLD[1:], ("    decimals: 0\n", ZONES.replace("id: bad", "id: clear")), text=NINE)
    )
    assert "clear" in twice


NEVER = """guarantees:
  - id: rot_hears_no_zone
    kind: never_shown
    text: Where there is rot, no zone is told.
    texts: [values.total.zones.worst]
    when: definitely(rot == "each_day")
  - id: rot_hears_no_words
    kind: never_shown
    text: Where there is rot, what stands for the total where it is not known is not told.
    texts: [values.total.if_unknown]
    when: definitely(rot == "each_day")
"""


def test_what_is_told_of_a_value_is_text_that_a_guarantee_may_keep_from_being_shown(tmp_path: Path) -> None:
    words = ("    unit: points\n", "    unit: points\n    if_unknown: not known\n")
    zones = ("    decimals: 0\n", edited(words, text=ZONES))
    short = ("text: Most plants recover.", 'text: "Most plants with {total} recover."')
    rules = load_text(tmp_path, edited(zones, short, ("guarantees:\n", NEVER), text=NINE))
    prover = Prover(rules.engine, telling=telling(rules))
    shown, kept = (prover.verdict(guarantee) for guarantee in rules.rule_set.guarantees[:2])
    assert shown.example is not None
    assert shown.example.texts == ("values.total.zones.worst",)
    assert kept.holds
