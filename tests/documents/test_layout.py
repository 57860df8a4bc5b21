"""How a summary is laid out: few pages, headings with what they head, rows whole, and scales with their cut-offs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import pytest

from screening.documents.measuring import measured
from screening.documents.scale_drawing import SIZE, WIDTH, scale_drawing
from screening.documents.summary import Copy, document_pdf, summary_pdf
from screening.rulefiles.cases import Case
from screening.wording.document import Document, Paragraph, Scale, Table
from screening.wording.result import result_document
from screening.wording.summary import Reader, summary_of
from tests.cases import ENGLISH, ONE_OF_EACH, RULES, document_of, given
from tests.documents.full_sets import LENGTHS, SHORT, answered
from tests.pdf import pages_of, squeezed

EVERY = {**ONE_OF_EACH, **LENGTHS}
MOST = 4
MOST_SHORT = 2


def made(document: Document, reader: Reader) -> list[str]:
    """The text of each page, without its footing."""
    pages = pages_of(document_pdf(replace(document, watermark=""), ENGLISH, Copy(reader)), "-raw")
    return [each.split("Information, not medical advice ·")[0] for each in pages]


def check_pages(document: Document, reader: Reader, most: int) -> None:
    """Few pages, no heading at the end of one, and no row or point that is torn apart."""
    pages = made(document, reader)
    assert len(pages) <= most
    assert all(squeezed(each) for each in pages)
    titles = {squeezed(part.title) for part in document.parts.values() if part.title} | {"Sources"}
    for page in pages:
        assert squeezed(page.strip().splitlines()[-1]) not in titles
    for part in summary_of(document, reader).parts.values():
        for block in part.blocks:
            for row in block.rows if isinstance(block, Table) else ():
                assert any(all(squeezed(cell) in squeezed(page) for cell in row) for page in pages), row


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "reader"), list(product(EVERY, Reader)))
def test_a_summary_has_few_pages_and_tears_nothing_apart(kind: str, reader: Reader) -> None:
    check_pages(document_of(EVERY[kind]), reader, MOST_SHORT if kind in SHORT else MOST)


def with_every_note(case: Case, length: int) -> Document:
    """A Document that holds every note of the rule file at once, each as long as a rule file may make it."""
    document = document_of(case)
    text = ("A long note that says many things about what was answered, one after the other. " * 9)[:length]
    parts = dict(document.parts)
    for name in ("actions", "conflicts", "cautions", "informations"):
        count = sum(f"{each.kind}s" == name for each in RULES.rule_set.notes)
        part = parts.get(name) or replace(parts["match"], id=name, title=name, tone=name[:-1])
        parts[name] = replace(part, blocks=(Paragraph(text),) * count)
    return replace(document, parts=parts)


@pytest.mark.slow
@pytest.mark.parametrize("reader", Reader)
def test_every_note_at_once_and_notes_of_300_characters_tear_nothing_apart(reader: Reader) -> None:
    check_pages(with_every_note(LENGTHS["everything"], 300), reader, 2 * MOST)


# --- scales --------------------------------------------------------------------------------------


def scales_of(document: Document) -> dict[str, Scale]:
    """The scales by the label of their question."""
    part = document.part("scales")
    return {each.label: each for each in (part.blocks if part else ()) if isinstance(each, Scale)}


def test_the_cut_offs_are_those_that_the_rules_compare_with() -> None:
    found = scales_of(document_of(LENGTHS["everything"]))
    stiffness = found["Liver stiffness"]
    assert [text for _, text in stiffness.cut_offs] == ["7", "8", "10", "15", "20"]
    assert stiffness.answer == "6.5 kPa"
    assert [text for _, text in found["Platelets"].cut_offs] == ["50", "150"]
    assert found["Platelets"].number == "132"
    assert found["Bilirubin, total"].number == "20.5"
    assert "GGT" not in found
    assert "Age" not in found


def test_a_number_far_beyond_stands_at_the_end_with_an_arrow() -> None:
    found = scales_of(document_of(LENGTHS["everything, far beyond"]))
    assert found["Bilirubin, total"].beyond
    assert found["Bilirubin, total"].place == 1
    assert not found["Platelets"].beyond


def test_without_a_number_or_its_unit_there_is_no_scale() -> None:
    case = Case("", {**LENGTHS["everything"].answers, **answered(bilirubin={"value": "12", "unit": None})}, {})
    assert "Bilirubin, total" not in scales_of(document_of(case))
    assert scales_of(document_of(LENGTHS["nothing but what is required"])) == {}


def test_the_numbers_of_a_scale_stand_apart_and_on_paper() -> None:
    for case in LENGTHS.values():
        for scale in scales_of(result_document(given(case))).values():
            drawn = scale_drawing(scale)
            assert drawn.number.text_x >= 0
            assert drawn.number.text_x + measured(drawn.number.text, SIZE + 1, bold=True) <= WIDTH
            for row in {each.row for each in drawn.cut_offs}:
                marks = [each for each in drawn.cut_offs if each.row == row]
                for one, two in pairwise(marks):
                    assert one.text_x + measured(one.text, SIZE) < two.text_x
            places = [place for place, _ in scale.cut_offs]
            assert places == sorted(places)


def test_a_pdf_says_the_numbers_of_its_scales() -> None:
    text = squeezed("".join(pages_of(summary_pdf(given(LENGTHS["everything"]), Copy(Reader.DOCTOR)))))
    assert squeezed("Numbers beside the cut-offs of these rules") in text
    assert "34.2" in text
    assert "51.3" in text
