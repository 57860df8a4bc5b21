"""What each chapter of a rule book says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from screening.cli.authors import book_findings
from screening.rulefiles.review.proof_receipt import Receipt
from screening.ruleset.engine.judgements import judgements, variations
from screening.ruleset.model.notes import Note
from screening.ruleset.model.rule_set import Ground, Value
from screening.wording.book.findings import MovedPair, TriedVariation
from screening.wording.book.whole import Book, rule_book
from screening.wording.document.blocks import Decision, Table
from tests.rulefiles.edited import SMALL_CASES_TEXT, edited, load_text
from tests.support.book import SMALL_RULES, book_input, liver_book, part_of, said_in, small_book
from tests.support.cases import ENGLISH, RULES

LIVER = RULES.rule_set
BOOKS = pytest.mark.parametrize("make_book", [liver_book, small_book], ids=["liver", "small"])


def table_of(book: Book, name: str) -> tuple[tuple[str, ...], ...]:
    """All rows of the tables of a chapter."""
    return tuple(row for block in part_of(book, name).blocks if isinstance(block, Table) for row in block.rows)


# --- the first page ------------------------------------------------------------------------------


def test_every_judgement_call_stands_on_the_first_page_with_its_line() -> None:
    rows = table_of(liver_book(), "judgements")
    found = list(judgements(LIVER))
    assert len(rows) == len(found)
    for row, judgement in zip(rows, found, strict=True):
        assert f"(line\u00a0{RULES.line(judgement.path)})" in row[0]
        assert row[1] == judgement.about.judgement
    marked = RULES.path.read_text().splitlines()
    for judgement in found:
        line = RULES.line(judgement.path)
        assert any("review: needed" in line_after for line_after in marked[line - 1 : line + 16])


def test_what_was_not_looked_for_is_said_and_notes_change_no_category() -> None:
    said = {row[0].split()[0]: row[2] for row in table_of(liver_book(), "judgements")}
    assert said["Ground"] == said["Value"] == said["Option"] == "Not looked for."
    assert said["Note"] == said["Speed"] == "Changes no category."
    assert "moves" not in [part.id for part in liver_book().chapters]


def test_who_moves_is_said_with_a_smallest_answer_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = "light_pot, is: definitely(weight < 0.5)"
    text = edited(
        (old, f"{old}, review: needed, judgement: Is it light?"),
        ("        speed: now\n        sources", "        review: needed\n        judgement: Lice?\n        sources"),
        ("leaves_open: [hanging, upright]", "leaves_open: [hanging, upright], review: needed, judgement: By night?"),
    )
    rules = load_text(tmp_path, text, SMALL_CASES_TEXT)
    made = rule_book(replace(book_input(rules), tried=book_findings.judgement_variations(rules, ENGLISH)))
    ground, value, option = (row[2] for row in table_of(made, "judgements"))
    assert ground.startswith("Left out: from “rescue” to ")
    assert value.splitlines() == [
        "Never true: from “thirst” to “not matched”.",
        "“Weight is less than 0.5 kg” with 0.4: from “thirst” to “not matched”.",
        "“Weight is less than 0.5 kg” with 0.6: from “not matched” to “thirst”.",
    ]
    assert "Counted as “They hang down”: " in option
    down = next(row for row in table_of(made, "moves") if "with 0.4" in row[0])
    assert down[1:3] == ("“thirst”", "“not matched”")
    assert re.search(r"Weight: 0\.4\d* kg", down[3])
    assert "each alone and all else as shown: Age: any number; Weight: 0.4 to 0.499 kg" in down[3]
    assert capsys.readouterr().err.splitlines() == ["1 of 3: animals", "2 of 3: light_pot", "3 of 3: leaves.dark"]


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ((("thirsty", "rescue"), ("fine", "rescue")), "from “thirst” or “nothing to do” to “rescue”."),
        ((("rescue", "thirsty"), ("rescue", "fine")), "from “rescue” to “thirst” or “nothing to do”."),
    ],
)
def test_moves_with_the_same_beginning_or_end_are_told_together(
    tmp_path: Path, pairs: tuple[tuple[str, str], ...], said: str
) -> None:
    marked = "        review: needed\n        judgement: Lice?\n        sources"
    rules = load_text(tmp_path, edited(("        speed: now\n        sources", marked)))
    (judgement,) = judgements(rules.rule_set)
    (variation,) = variations(rules.rule_set, judgement)
    moved = tuple(MovedPair(frozenset({one}), frozenset({other}), "shown") for one, other in pairs)
    tried = {judgement.path: (TriedVariation(variation, moved),)}
    made = rule_book(replace(book_input(rules), tried=tried))
    assert table_of(made, "judgements")[0][2] == f"Left out: {said}"
    assert len(table_of(made, "moves")) == len(pairs)


@pytest.mark.parametrize(
    ("undecided", "said"), [("", "Left out: nothing moves."), ("timeout", "Left out: not all was decided.")]
)
def test_that_nothing_moves_is_not_said_where_it_was_not_decided(tmp_path: Path, undecided: str, said: str) -> None:
    marked = "        review: needed\n        judgement: Lice?\n        sources"
    rules = load_text(tmp_path, edited(("        speed: now\n        sources", marked)))
    (judgement,) = judgements(rules.rule_set)
    (variation,) = variations(rules.rule_set, judgement)
    tried = {judgement.path: (TriedVariation(variation, (), undecided),)}
    made = rule_book(replace(book_input(rules), tried=tried))
    assert table_of(made, "judgements")[0][2] == said
    assert table_of(made, "moves")[0][3] == ("Not all was decided: timeout." if undecided else "Nothing moves.")


def test_the_state_says_whether_this_very_rule_set_is_proved() -> None:
    given = book_input(SMALL_RULES)
    assert dict(rule_book(given).state)["Proof"].startswith("Not proved: ")
    receipt = Receipt(SMALL_RULES.hash, ("lice_need_rescue",), "screening", "z3 0", "2026-11-22")
    made = rule_book(replace(given, receipt=receipt))
    assert dict(made.state)["Proof"].startswith("Proved on 2026-11-22 with z3 0 to keep the 1 listed guarantees")
    assert [row[2] for row in table_of(made, "guarantees")] == ["proved, of exact numbers alone", "NOT PROVED"]
    of_bounds = replace(receipt, of_bounds=receipt.guarantees)
    made = rule_book(replace(given, receipt=of_bounds))
    assert [row[2] for row in table_of(made, "guarantees")] == ["proved", "NOT PROVED"]
    assert "for every answer set that the form accepts" in dict(made.state)["Proof"]
    assert [row[2] for row in table_of(rule_book(given), "guarantees")] == ["NOT PROVED"] * 2


def test_no_book_says_that_anything_is_proved_safe() -> None:
    for part in liver_book().chapters:
        assert "safe" not in said_in(part).lower().split() or part.id in ("categories", "questions")


# --- the chapters --------------------------------------------------------------------------------


@BOOKS
def test_every_chapter_says_something_and_has_a_name_of_its_own(make_book: Callable[[], Book]) -> None:
    book = make_book()
    parts = (*book.first, *book.chapters)
    assert len({part.id for part in parts}) == len({part.title for part in parts}) == len(parts)
    assert all(said_in(part).strip() for part in parts)


def test_every_ground_value_and_note_stands_with_its_sources() -> None:
    numbers = {name: number for number, name in enumerate(LIVER.source, start=1)}
    chapters: tuple[tuple[str, tuple[Ground | Value | Note, ...]], ...] = (
        ("rules", LIVER.grounds),
        ("values", LIVER.values),
        ("notes", LIVER.notes),
    )
    for chapter, members in chapters:
        tables = [block for block in part_of(liver_book(), chapter).blocks if isinstance(block, Table)]
        cited = [sources for table in tables for sources in table.row_sources]
        assert cited == [tuple(sorted(numbers[name] for name in member.sources)) for member in members]
        rows = [row for table in tables for row in table.rows]
        assert all(member.id in row[0] for member, row in zip(members, rows, strict=True))


def test_a_rule_is_a_sentence_with_its_cut_off_in_every_unit() -> None:
    rows = {row[0].split()[0]: row for row in (*table_of(small_book(), "rules"), *table_of(small_book(), "values"))}
    assert rows["animals"][1] == "Signs: “Small green animals” is ticked"
    assert "shown at once" in rows["animals"][0]
    assert rows["light_pot"][1] == "Weight is less than 0.5 kg, for certain"
    assert rows["light_pot"][2] == "Weight: 0.5 kg = 500 g"
    assert rows["dry"][2] == "[Thirst]: 2.5"


def test_the_boundaries_say_what_comes_just_below_at_and_just_above() -> None:
    rows = table_of(small_book(), "boundaries")
    at = [row for row in rows if row[1] in ("0.4 kg", "0.5 kg", "0.6 kg", "499 g", "500 g", "501 g")]
    assert [row[0] for row in at[:3]] == ["just below", "at", "just above"]
    headings = said_in(part_of(liver_book(), "boundaries"))
    for crossing in book_input(RULES).crossings:
        number = ENGLISH.number(crossing.threshold.number)
        assert f"{crossing.threshold.question.label}: {number} " in headings


@BOOKS
def test_the_decision_names_every_ground_in_order_and_its_list_says_the_same(make_book: Callable[[], Book]) -> None:
    rules, book = LIVER if make_book is liver_book else SMALL_RULES.rule_set, make_book()
    part = part_of(book, "decision")
    (drawn,) = [block for block in part.blocks if isinstance(block, Decision)]
    assert [name for step in drawn.steps for name in step.grounds] == [ground.id for ground in rules.grounds]
    assert [step.title for step in drawn.steps] == [rules.category[rule.category].name for rule in rules.rules]
    assert drawn.last.title == rules.category[rules.undetermined.category].name
    listed = said_in(replace(part, blocks=part.blocks[2:]))
    assert all(ground.id in listed for ground in rules.grounds)


def test_every_case_stands_with_its_outcome_and_what_it_alone_answers() -> None:
    rows = table_of(liver_book(), "cases")
    assert [row[0] for row in rows] == [case.name for case in RULES.cases]
    for case, row in zip(RULES.cases, rows, strict=True):
        assert row[2].startswith(LIVER.category[case.expected["category"]].name)
        assert all(LIVER.question[name].label in row[1] for name in case.own)


def test_texts_carry_their_conditions_in_words() -> None:
    shown = {row[1]: row[2] for row in table_of(small_book(), "categories")}
    assert shown["Your answers are like the part about thirst"] == "The ground [dry_soil] holds"
    assert shown["You can stop reading."] == "The category is not “rescue”"
    assert shown["Water it."] == ""
    asked = said_in(part_of(small_book(), "questions"))
    assert "I look at night, and cannot tell [may be: “They hang down” or “They stand up”]" in asked
    assert "0.1 to 50 kg" in asked


def test_a_passage_that_nothing_cites_is_marked_and_so_is_a_source_that_is_not_confirmed() -> None:
    cited = {claim.passage for claim in LIVER.claims} | {category.passage for category in LIVER.categories}
    uncited = [passage.place for passage in LIVER.guide.passages if passage.id not in cited]
    rows = table_of(liver_book(), "passages")
    assert [row[0] for row in rows if row[2] == "NOTHING CITES IT"] == uncited
    assert len(rows) == len(LIVER.guide.passages)
    unconfirmed = [entry for entry in liver_book().sources if entry.remark.startswith("NOT CONFIRMED")]
    assert len(unconfirmed) == sum(not source.confirmed for source in LIVER.sources)
    assert len(liver_book().sources) == len(LIVER.sources)
    grounds = {name: ground.id for ground in LIVER.grounds for name in ground.sources}
    names = list(LIVER.source)
    for entry in liver_book().sources:
        assert grounds.get(names[entry.number - 1], "") in entry.remark


def test_what_staff_say_and_may_not_say_is_there_to_be_signed() -> None:
    said = said_in(part_of(liver_book(), "staff"))
    assert LIVER.staff
    assert all(label.text in said for label in LIVER.staff.never_say)
    assert LIVER.staff.doctor in said
    assert "staff" not in [part.id for part in small_book().chapters]
