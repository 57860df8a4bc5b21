"""The rule book as HTML that stands alone and as a tagged PDF that is always the same; and the decision drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from screening.documents.book import book_page, book_pdf
from screening.documents.coverage import lost_characters
from screening.documents.decision_drawing import MOST, SIZE, WIDTH, decision_drawings
from screening.documents.text_width import text_width, wrap_text
from screening.wording.document.blocks import Decision, DecisionStep, Table
from tests.documents.test_pdf import everything_in, opened
from tests.support.book import liver_book, part_of, small_book
from tests.support.cases import ENGLISH, RULES
from tests.support.pdf import info_of, pages_of, squeezed, words_of
from tests.support.spoken import speech_of
from tests.support.verapdf import verapdf_verdicts


@pytest.fixture(scope="module")
def small_pdf() -> bytes:
    return book_pdf(small_book(), ENGLISH)


# --- on a screen ---------------------------------------------------------------------------------


def test_the_page_asks_for_nothing_from_outside_and_runs_nothing() -> None:
    page = book_page(liver_book(), ENGLISH)
    assert "<script" not in page
    assert not re.findall(r"\s(?:src|srcset)=|@import|url\(", page)
    assert not re.findall(r"<link\b", page)
    assert "<style>" in page
    assert "&gt;" not in page.split("<style>")[1].split("</style>")[0]


def test_every_entry_of_the_contents_leads_to_a_chapter_and_every_citation_to_a_source() -> None:
    page = book_page(liver_book(), ENGLISH)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(ids)
    assert {f"chapter-{part.id}" for part in (*liver_book().first, *liver_book().chapters)} <= targets


# --- on paper ------------------------------------------------------------------------------------


def test_every_page_says_which_rule_set_it_is_and_which_page_of_how_many(small_pdf: bytes) -> None:
    pages = pages_of(small_pdf, "-raw")
    for number, page in enumerate(pages, start=1):
        text = squeezed(page)
        assert squeezed(small_book().stamp) in text
        assert f"page{number}of{len(pages)}" in text


@pytest.mark.slow
def test_the_pdf_is_pdf_a_3a_and_pdf_ua_1_although_a_table_has_no_rows(small_pdf: bytes, tmp_path: Path) -> None:
    tables = [block for part in small_book().first for block in part.blocks if isinstance(block, Table)]
    assert any(not table.rows for table in tables)
    file = tmp_path / "book.pdf"
    file.write_bytes(small_pdf)
    assert verapdf_verdicts([file]) == {"book.pdf": "OK"}


@pytest.mark.slow
def test_the_first_page_holds_the_state_and_the_judgement_calls() -> None:
    first = squeezed(pages_of(book_pdf(liver_book(), ENGLISH), "-raw")[0])
    assert squeezed(RULES.hash) in first
    assert squeezed("No clinician has reviewed these rules and texts yet.") in first
    assert squeezed("Who moves if I change it") in first


def test_the_pdf_is_tagged_and_its_drawing_has_a_text_alternative(small_pdf: bytes, tmp_path: Path) -> None:
    info = info_of(small_pdf, tmp_path)
    assert (info["Tagged"], info["Title"], info["JavaScript"]) == ("yes", small_book().title, "no")
    assert "A4" in info["Page size"]
    pdf = opened(small_pdf)
    elements = [item for item in everything_in(pdf) if item.get("/Type") == "/StructElem"]
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/Figure"} <= {str(item.S) for item in elements}
    figures = [item for item in elements if str(item.S) == "/Figure" and isinstance(item, pikepdf.Dictionary)]
    assert [str(item.Alt) for item in figures] == ["The decision, from the first rule to the last"]


def test_chapters_are_spoken_in_order(small_pdf: bytes) -> None:
    speech = speech_of(small_pdf)
    places = [
        speech.rindex(squeezed(part.title)) for part in small_book().chapters if part.id not in ("values", "notes")
    ]
    assert places == sorted(places)


@pytest.mark.slow
def test_the_same_book_makes_the_same_bytes_and_another_one_does_not(small_pdf: bytes) -> None:
    assert book_pdf(small_book(), ENGLISH) == small_pdf
    assert book_pdf(replace(small_book(), about="Something else."), ENGLISH) != small_pdf


def test_the_fonts_have_every_character_of_the_book() -> None:
    page = book_page(liver_book(), ENGLISH).split("</style>")[1]
    assert set(lost_characters(page)) == set()


# --- the drawing ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_drawn_text_stands_in_the_pdf(small_pdf: bytes) -> None:
    (decision,) = [block for block in part_of(small_book(), "decision").blocks if isinstance(block, Decision)]
    words = squeezed(words_of(small_pdf))
    for drawing in decision_drawings(decision):
        assert all(squeezed(line.text) in words for line in drawing.lines)


def decision_of(rules: int, grounds: int, name: str = "a_ground_with_a_name") -> Decision:
    """A decision of some size."""
    step = DecisionStep("A category with a long name that takes more lines than one", ("rule",), (name,) * grounds)
    return Decision("Title", (step,) * rules, DecisionStep("Nothing", ("no rule",), ()), "Which?", "yes", "otherwise")


@pytest.mark.parametrize(("rules", "grounds"), [(1, 1), (6, 6), (3, 100), (40, 2), (1, 0)])
def test_a_drawing_stays_on_its_page_and_no_text_is_small_or_leaves_its_box(rules: int, grounds: int) -> None:
    drawings = decision_drawings(decision_of(rules, grounds))
    assert sum(line.text.startswith("•") for drawing in drawings for line in drawing.lines) == rules * grounds
    for drawing in drawings:
        assert drawing.height <= MOST
        assert drawing.width == WIDTH
        for line in drawing.lines:
            assert line.size >= SIZE > 7
            assert line.x + text_width(line.text, line.size, bold=line.bold) <= WIDTH
            assert line.y <= drawing.height
        tops = [box.y for box in drawing.boxes]
        assert all(box.x > 0 and box.x + box.width <= WIDTH for box in drawing.boxes)
        assert all(0 < top < drawing.height for top in tops)


def test_a_ground_with_a_name_wider_than_its_box_is_broken_within_it() -> None:
    (drawing,) = decision_drawings(decision_of(1, 2, "ground_" * 40))
    box = next(box for box in drawing.boxes if not box.strong)
    lines = [line for line in drawing.lines if "ground_" in line.text]
    assert len(lines) > 2
    assert all(line.x + text_width(line.text, line.size) <= box.x + box.width for line in lines)
    assert all(box.y < line.y < box.y + box.height for line in lines)


def test_a_word_wider_than_its_line_is_broken() -> None:
    lines = list(wrap_text(f"short {'w' * 200} end", 100, 8))
    assert "".join(lines).replace(" ", "") == f"short{'w' * 200}end"
    assert all(text_width(line, 8) <= 100 for line in lines)


def test_measured_is_the_width_of_the_font() -> None:
    assert text_width("", 10) == 0
    assert text_width("ii", 10) == 2 * text_width("i", 10) < text_width("mm", 10) < text_width("mm", 10, bold=True)
