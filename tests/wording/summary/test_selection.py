"""The parts of a Document that are printed: chosen, cut short and cited anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from screening.rulefiles.cases.case_file import Case
from screening.ruleset.reading.answer_types import Answer
from screening.wording.document.blocks import Items, Paragraph
from screening.wording.summary.on_page import result_page
from screening.wording.summary.result import result_document
from screening.wording.summary.selection import AT_MOST_THREE, Reader, parts_to_print, summary_of
from tests.support.cases import CASES, ONE_OF_EACH, RULES, document_of
from tests.support.cases import given as given_by
from tests.support.every import for_every
from tests.wording.summary.random_documents import answer_sets, cited_by, cited_in


@pytest.mark.parametrize("reader", Reader)
def test_the_parts_of_the_first_page_come_first_in_their_order(reader: Reader) -> None:
    for case in CASES:
        document = document_of(case)
        wanted = [name for name in parts_to_print(document, reader) if name in document.parts]
        assert list(summary_of(document, reader).parts) == wanted, case.name


def test_the_sources_listed_are_numbered_without_gaps_and_each_is_cited() -> None:
    for case in CASES:
        short = summary_of(document_of(case))
        numbers = [entry.number for entry in short.sources]
        assert numbers == list(range(1, len(numbers) + 1)), case.name
        assert set(cited_in(short)) == set(numbers), case.name


def test_every_number_leads_to_the_same_source_as_before() -> None:
    for case in CASES:
        document = document_of(case)
        short = summary_of(document)
        before = {entry.number: entry.text for entry in document.sources}
        after = {entry.number: entry.text for entry in short.sources}
        for name, part in short.parts.items():
            for old, new in zip(document.parts[name].blocks, part.blocks, strict=True):
                cited = {after[number] for number in cited_by(new)}
                assert cited == {before[number] for number in cited_by(old)} or (
                    name in AT_MOST_THREE[Reader.PERSON] and not cited
                )


def test_sources_are_cited_each_once_and_in_order() -> None:
    for case in CASES:
        document = document_of(case)
        for told in (document, summary_of(document)):
            for part in told.parts.values():
                for block in part.blocks:
                    if isinstance(block, Items | Paragraph):
                        assert list(block.sources) == sorted(set(block.sources)), case.name


def test_of_long_lists_the_first_three_stand_on_the_first_page() -> None:
    cut_short = 0
    for case in CASES:
        document = document_of(case)
        short = summary_of(document)
        for name in AT_MOST_THREE[Reader.PERSON]:
            before, after = document.part(name), short.part(name)
            if before and after:
                long = [block.items for block in before.blocks if isinstance(block, Items)]
                cut = [block.items for block in after.blocks if isinstance(block, Items)]
                assert cut == [row[:3] for row in long], case.name
                cut_short += cut != long
    assert cut_short > 0


@pytest.mark.slow
@given(answer_sets())
def test_the_summary_of_any_answers_cites_without_gaps(answers: dict[str, Answer]) -> None:
    short = summary_of(result_document(given_by(Case("", answers, {}))))
    assert [entry.number for entry in short.sources] == list(range(1, len(short.sources) + 1))
    assert set(cited_in(short)) <= {entry.number for entry in short.sources}


ONLY_ON_PAGES = {
    *("cannot_wait", "lead", "pair", "always_open", "short_answer_rest", "why", "more_reasons", "steps"),
    *("still_open", "more_open", "numbers", "usual_numbers", "limits", "other_claims", "guide_named"),
    "guide_in_heading",
}
"""What a paper says in parts of its own."""


@for_every("kind", ONE_OF_EACH)
def test_nothing_on_the_page_is_missing_on_paper_but_what_an_article_tells(kind: str) -> None:
    document = document_of(ONE_OF_EACH[kind])
    told_in_articles = {title.id for title in RULES.rule_set.section_titles} | {"guide_sections", "underlying"}
    only_for_doctors = {name for name in document.parts if name.startswith("doctor_")}
    only_for_doctors |= {"values", "grounds", "notes", "possible", "settled_by"} & set(document.parts)
    left_out = set(document.parts) - set(summary_of(document).parts)
    left_to_pages = {"claims"} if "emergency" in document.parts else set()
    said_otherwise = {"not_known", "not_known_labels", "scales", *ONLY_ON_PAGES}
    assert left_out <= told_in_articles | said_otherwise | only_for_doctors | left_to_pages
    assert not only_for_doctors - set(summary_of(document, Reader.DOCTOR).parts)


def printed(reader: Reader) -> list[tuple[str, ...]]:
    """The parts that are printed for a reader, for each case."""
    return [parts_to_print(document_of(case), reader) for case in CASES]


@pytest.mark.parametrize("reader", Reader)
def test_no_part_is_printed_twice(reader: Reader) -> None:
    for names in printed(reader):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("reader", Reader)
def test_every_part_that_is_printed_can_occur(reader: Reader) -> None:
    made = {name for case in CASES for name in document_of(case).parts}
    assert {name for names in printed(reader) for name in names} <= made


@pytest.mark.parametrize(
    ("reader", "wanted"),
    [
        (Reader.PERSON, {"emergency", "actions", "my_answers", "match", "reasons"}),
        (Reader.DOCTOR, {"doctor_help", "doctor_said", "doctor_conflicts", "doctor_match", "doctor_told"}),
    ],
)
def test_both_readers_are_told_what_was_matched_why_and_what_was_answered(reader: Reader, wanted: set[str]) -> None:
    for names in printed(reader):
        assert {"typed_by", "answers", "review", *wanted} <= set(names)


@for_every("kind", ONE_OF_EACH)
def test_a_sheet_for_the_doctor_stands_before_the_short_answer(kind: str) -> None:
    names = list(summary_of(document_of(ONE_OF_EACH[kind])).parts)
    if "tick_sheet" in names:
        assert names.index("match") < names.index("tick_sheet") < names.index("short_answer")


@for_every("kind", ONE_OF_EACH)
def test_what_is_not_known_is_said_once_on_the_first_page(kind: str) -> None:
    document = document_of(ONE_OF_EACH[kind])
    match = document.part("match")
    lists_it = match is not None and any("Still open" in getattr(block, "text", "") for block in match.blocks)
    assert ("not_known_labels" in document.parts) == ("not_known" in document.parts and not lists_it)


def test_choosing_parts_keeps_their_order_and_leaves_the_rest() -> None:
    document = document_of(CASES[0])
    chosen = document.only(["reasons", "nothing", "typed_by"])
    assert list(chosen.parts) == ["reasons", "typed_by"]
    assert chosen.heading == document.heading
    assert chosen.part("nothing") is None


def test_a_document_that_was_kept_before_it_had_a_first_screen_still_has_a_page() -> None:
    for kind, case in ONE_OF_EACH.items():
        document = document_of(case)
        earlier = replace(
            document, parts={name: part for name, part in document.parts.items() if name not in ONLY_ON_PAGES}
        )
        shown = result_page(earlier).document
        assert {"match", "next_steps"} <= set(shown.parts) or document.tone == "urgent", kind
        assert [entry.number for entry in shown.sources] == list(range(1, len(shown.sources) + 1))


@for_every("kind", ONE_OF_EACH)
def test_a_page_shows_each_part_once_and_answers_that_nobody_gave_never(kind: str) -> None:
    page = result_page(document_of(ONE_OF_EACH[kind]))
    folded = [part.id for group in (page.about, page.research, page.shared) for part in group]
    assert len(set(folded)) == len(folded)
    assert page.conflicts is None or page.conflicts.id not in folded
    assert not {"settled_by", "possible", "values", "grounds"} & set(page.document.parts)
