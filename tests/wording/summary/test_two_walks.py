"""What a lone "not sure", and a belly that nobody checked, are told: which answer it is about, and no more."""

from __future__ import annotations

from decimal import Decimal

import pytest

from screening.rulefiles.cases.case_file import plain_answers, read_answers
from screening.rulefiles.review.state import UNREVIEWED
from screening.rulefiles.yaml.parsed import Data
from screening.ruleset.engine.note_answers import answers_of_note
from screening.ruleset.reading.answer_types import Answer
from screening.wording.document.blocks import Document, Paragraph
from screening.wording.document.result_blocks import Step
from screening.wording.language.languages import language
from screening.wording.language.sentences import first_sentence
from screening.wording.summary.context import SummaryContext, SummaryInput
from screening.wording.summary.result import result_document
from tests.support.cases import CASES, DAY, RULES, TRANSLATED, given, translations
from tests.wording.summary.random_documents import text_of

WELL: dict[str, Data] = {
    "age": 41,
    "red_flags": ["none"],
    "cause": ["masld"],
    **dict.fromkeys(("ascites", "he", "bleed", "jaundice"), "never"),
    "cancer": "none",
    "situation": ["none"],
    "other_health": ["none"],
}
SCAN: dict[str, Data] = {
    "told": "scarring_not_said",
    "stage": "unsure",
    "has_papers": "yes",
    "lsm": Decimal("9.8"),
    "scan_age": "1to6m",
}


def answers(**more: Data) -> dict[str, Answer]:
    """What somebody answers who has no complication, but for what is said here."""
    read, problems = read_answers({**WELL, **more}, RULES.rule_set, ())
    assert not problems
    return read


def told(said: dict[str, Answer], tag: str = "en") -> Document:
    """The result in a language."""
    rules = RULES if tag == "en" else translations()[tag].rules
    return result_document(SummaryInput(rules, said, language(tag), DAY, UNREVIEWED))


def test_why_names_the_one_answer_that_leaves_a_graver_part_open_and_what_others_would_mean() -> None:
    document = told(answers(**SCAN, bleed="unsure"))
    for part in ("why", "reasons", "more_reasons"):
        said = text_of(document.part(part))
        assert "Bleeding from swollen veins: I'm not sure" in said
        assert "if it is “No”, only scarring (fibrosis) fits" in said
        assert ("only cirrhosis with complications fits" in said) == (part != "why")
    assert "variceal bleeding: not sure" in text_of(document.part("doctor_match"))


def test_where_no_answer_is_open_why_speaks_of_none() -> None:
    document = told(answers(**{**SCAN, "told": "fibrosis"}))
    assert "leaves" not in text_of(document.part("why"))


def test_a_transplant_team_is_named_only_where_something_given_speaks_for_complications() -> None:
    unsure = told(answers(**SCAN, bleed="unsure"))
    assert not any("transplant team" in text_of(part) for part in unsure.parts.values() if part.id != "left_out")
    swollen = told(answers(told="cirrhosis_unknown", ascites="swelling_unchecked"))
    assert "transplant team" in text_of(swollen.part("steps"))


def test_that_one_scan_can_be_too_high_is_a_step_beside_the_graver_parts() -> None:
    assert "One scan can be too high" in text_of(told(answers(**SCAN, bleed="unsure")).part("next_steps"))


@pytest.mark.parametrize("tag", ["en", *TRANSLATED])
def test_what_cannot_wait_names_the_answer_on_page_and_paper_and_in_what_is_read_out(tag: str) -> None:
    document = told(answers(told="cirrhosis_unknown", ascites="swelling_unchecked"), tag)
    rules = RULES if tag == "en" else translations()[tag].rules
    swelling = rules.rule_set.question["ascites"].option["swelling_unchecked"].repeat
    card = document.part("cannot_wait")
    assert card
    assert [swelling in step.detail for step in card.blocks if isinstance(step, Step)] == [True]
    actions, why, read_out = (document.part(name) for name in ("actions", "why", "read_out"))
    assert actions
    assert any(swelling in block.text for block in actions.blocks if isinstance(block, Paragraph))
    assert swelling in text_of(why)
    assert swelling in text_of(read_out).splitlines()[0]


def test_an_action_that_a_few_days_are_given_for_always_names_an_answer_by_which_it_holds() -> None:
    """Judged by taking answers away: without all that are named, the note is gone."""
    note = RULES.rule_set.note["see_doctor_soon"]
    tried = 0
    for case in CASES:
        context = SummaryContext(given(case))
        if note.id not in context.outcome.notes:
            continue
        names = answers_of_note(context.engine, note, context.plain, context.outcome)
        assert names, case.name
        kept = {name: answer for name, answer in case.answers.items() if name not in names}
        assert note.id not in context.engine.evaluate(plain_answers(RULES.rule_set, kept)).notes, case.name
        tried += 1
    assert tried > 5


def test_numbers_and_answers_by_which_a_note_holds_are_told_apart_from_those_beside_them() -> None:
    said = answers(told="liver_no_scar", has_papers="yes", platelets=40, albumin=45, alt=250, jaundice="now_unchecked")
    context = SummaryContext(SummaryInput(RULES, said, language("en"), DAY, UNREVIEWED))
    note = RULES.rule_set.note["see_doctor_soon"]
    names = answers_of_note(context.engine, note, context.plain, context.outcome)
    assert set(names) == {"platelets", "alt", "jaundice"}


def test_by_when_to_see_a_doctor_stands_beside_the_scales_only_where_a_number_calls_for_it() -> None:
    for platelets, is_told in ((120, False), (40, True)):
        part = told(answers(told="liver_no_scar", has_papers="yes", platelets=platelets)).part("numbers")
        assert part
        assert ("see a doctor" in text_of(part)) == is_told, platelets


@pytest.mark.parametrize("tag", ["en", *TRANSLATED])
def test_the_steps_say_again_what_nobody_is_sure_of_or_checked(tag: str) -> None:
    """Who skips the box above the result, or has none, still reads what to do about the sign and by when."""
    rules = RULES if tag == "en" else translations()[tag].rules
    steps = {block.id: block.text for block in rules.rule_set.category["unclear"].next_steps}
    settled: dict[str, Data] = {**SCAN, "lsm": Decimal("9.8")}
    for said, expected in (
        ({"bleed": "unsure"}, "bleeding"),
        ({"bleed": "told_unsure"}, "bleeding"),
        ({"bleed": "unchecked"}, "unchecked"),
        ({"bleed": "unsure", "jaundice": "now_unchecked"}, "unchecked"),
        ({"red_flags": "unsure", "bleed": "unsure"}, "warning"),
    ):
        shown = text_of(told(answers(**{**settled, **said}), tag).part("steps"))
        found = {name for name in ("bleeding", "unchecked", "warning") if first_words(steps[name]) in shown}
        assert found == {expected}, said
    calm = text_of(told(answers(**settled), tag).part("steps"))
    assert not [name for name in ("bleeding", "unchecked", "warning") if first_words(steps[name]) in calm]
    certain = told(answers(told="cirrhosis_late", ascites="now", bleed="unsure"), tag)
    assert first_words(steps["bleeding"]) in text_of(certain.part("steps"))


def first_words(text: str) -> str:
    """A text's first sentence, as a step has it."""
    return first_sentence(text)[0].rstrip(".。")
