"""How a summary is laid out: few pages, headings with what they head, rows whole, and scales with their cut-offs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, pairwise

import pytest

from screening.documents.scale_drawing import SIZE, WIDTH, scale_drawing
from screening.documents.summary import Copy, document_pdf, summary_pdf
from screening.documents.text_width import text_width
from screening.rulefiles.cases.case_file import Case
from screening.rulefiles.loading.loader import load_rule_file
from screening.rulefiles.translation.loader import load_translations
from screening.wording.document.blocks import Block, ClaimPair, Document, Items, Lines, Paragraph, Scale, Table
from screening.wording.language.languages import language
from screening.wording.summary.context import SummaryInput
from screening.wording.summary.result import result_document
from screening.wording.summary.selection import Reader, first_page, summary_of
from tests.documents.full_sets import EVERY, LENGTHS, SHORT, TAGS, answered, longest_short, pdf_of, told_in
from tests.support.cases import CASES, ENGLISH, ONE_OF_EACH, RULES, document_of, given
from tests.support.pdf import PlacedLine, pages_of, placed_lines, squeezed
from tests.support.translating import LONG_WORDS, long_words

MOST = 7
MOST_SHORT = 5
"""Pages, in the language that needs the most."""
_FOOT = 804.0
"""Points from the upper edge; below stands the footing."""
_TALLEST = 30.0
"""Points; what is taller is the mark across a page."""
_SHORTEST = 12
"""Characters; what is shorter may be a cell that says the same."""


def lines_of(content: bytes) -> list[PlacedLine]:
    """The lines of text but for those that every page has."""
    return [line for line in placed_lines(content) if line.top < _FOOT and line.bottom - line.top < _TALLEST]


def check_pages(content: bytes, document: Document, reader: Reader, most: int) -> None:
    """Few pages, headings with what they head, rows and paragraphs that are not torn apart."""
    lines = lines_of(content)
    assert 1 <= lines[-1].page <= most
    assert {line.page for line in lines} == set(range(1, lines[-1].page + 1))
    render_pdf = summary_of(document, reader)
    parts = render_pdf.parts.values()
    sources = [language(document.language).gettext("Sources")] if render_pdf.sources else []
    for title in (*(part.title for part in parts if part.title), *sources):
        check_heading(_bare(squeezed(title)), lines)
    pages = [squeezed(page) for page in pages_of(content, "-raw")]
    for block in (block for part in parts for block in part.blocks):
        for row in block.rows if isinstance(block, Table) else ():
            assert any(all(squeezed(cell) in page for cell in row) for page in pages), row
        for text in paragraphs_of(block):
            check_paragraph(squeezed(text), lines)


def check_heading(title: str, lines: list[PlacedLine]) -> None:
    """A heading stands whole, as a sentence or without its sign at the end, and something stands right below it."""
    pairs = pairwise([lines[0], *lines])
    ends = [last for line, last in pairs if title in (_bare(last.text), _bare(line.text + last.text))]
    assert ends, title
    for heading in ends:
        assert any(heading.is_over(line) and line.top - heading.bottom < 25 for line in lines), title


def _bare(text: str) -> str:
    return text.rstrip(".。")


def paragraphs_of(block: Block) -> tuple[str, ...]:
    """The texts of a block that run over several lines."""
    match block:
        case Paragraph(text=text):
            return (text,)
        case Items(items=items):
            return items
        case ClaimPair(says=says, label=label, research=research):
            return (says, label + research)
        case _:
            return ()


def check_paragraph(text: str, lines: list[PlacedLine]) -> None:
    """Its last line does not stand alone at the top of a page or column, nor its first at the foot."""
    for line in lines:
        said = _CITED.sub("", line.text)
        if not _SHORTEST < len(said) < len(text):
            continue
        if text.endswith(said) and not any(row.is_over(line) for row in lines):
            raise AssertionError(f"a last line stands alone: {said}")
        if text.startswith(said) and not any(line.is_over(row) for row in lines):
            raise AssertionError(f"a first line stands alone: {said}")


_CITED = re.compile(r"[\d,]+$")


def looked_at() -> Iterator[tuple[str, str]]:
    """The longest in every language, others in English and one more; the short ones are in every language below."""
    others = TAGS[1:]
    for place, kind in enumerate(EVERY):
        yield kind, "en"
        if EVERY[kind] not in SHORT:
            yield from ((kind, tag) for tag in (others if kind in LENGTHS else [others[place % len(others)]]))


@pytest.mark.slow
@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize(("kind", "tag"), [*looked_at()])
def test_a_summary_has_few_pages_and_tears_nothing_apart(kind: str, tag: str, reader: Reader) -> None:
    most = MOST_SHORT if EVERY[kind] in SHORT else MOST
    check_pages(pdf_of(kind, tag, reader), result_document(told_in(tag, EVERY[kind])), reader, most)


@pytest.mark.slow
@pytest.mark.parametrize(("tag", "reader"), [*zip(TAGS, cycle(Reader), strict=False)])
def test_a_short_answer_set_takes_few_pages(tag: str, reader: Reader) -> None:
    for case in longest_short(reader):
        one = told_in(tag, case)
        check_pages(summary_pdf(one, Copy(reader)), result_document(one), reader, MOST_SHORT)


@pytest.fixture(scope="module")
def long_worded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SummaryInput]:
    """Nothing said yet in a language whose words need a third more room."""
    with long_words(tmp_path_factory.mktemp("long")) as rules:
        translated = load_translations(load_rule_file(rules))[LONG_WORDS].rules
        yield replace(given(CASES[0]), rules=translated, language=language(LONG_WORDS), demonstration=True)


@pytest.mark.slow
@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("kind", EVERY)
def test_longer_words_take_a_page_more_at_most_and_tear_nothing_apart(
    long_worded: SummaryInput, kind: str, reader: Reader
) -> None:
    case = replace(long_worded, answers=EVERY[kind].answers)
    most = 1 + (MOST_SHORT if EVERY[kind] in SHORT else MOST)
    check_pages(summary_pdf(case, Copy(reader)), result_document(case), reader, most)


def with_every_note(case: Case, length: int) -> Document:
    """A Document that holds every note of the rule file at once, each as long as a rule file may make it."""
    document = document_of(case)
    text = ("A long note that says many things about what was answered, one after the other. " * 9)[:length]
    parts = dict(document.parts)
    for name in ("actions", "conflicts", "cautions", "informations"):
        count = sum(f"{note.kind}s" == name for note in RULES.rule_set.notes)
        part = parts.get(name) or replace(parts["match"], id=name, title=name, tone=name[:-1])
        parts[name] = replace(part, blocks=(Paragraph(text),) * count)
    return replace(document, parts=parts)


@pytest.mark.slow
@pytest.mark.parametrize("reader", Reader)
def test_every_note_at_once_and_notes_of_300_characters_tear_nothing_apart(reader: Reader) -> None:
    document = with_every_note(LENGTHS["everything"], 300)
    check_pages(document_pdf(document, ENGLISH, Copy(reader)), document, reader, 2 * MOST)


# --- scales --------------------------------------------------------------------------------------


def scales_of(document: Document) -> dict[str, Scale]:
    """The scales by the label of their question."""
    part = document.part("scales")
    return {block.label: block for block in (part.blocks if part else ()) if isinstance(block, Scale)}


def test_the_cut_offs_are_those_that_the_rules_compare_with() -> None:
    by_title = scales_of(document_of(LENGTHS["everything"]))
    stiffness = by_title["Liver stiffness"]
    assert [text for _, text in stiffness.cut_offs] == ["7", "8", "10", "15", "20"]
    assert stiffness.answer == "6.5 kPa"
    assert [text for _, text in by_title["Platelets"].cut_offs] == ["50", "150"]
    assert by_title["Platelets"].number == "132"
    assert by_title["Bilirubin, total"].number == "20.5"
    assert "GGT" not in by_title
    assert "Age" not in by_title


def test_a_number_far_beyond_stands_at_the_end_with_an_arrow() -> None:
    by_title = scales_of(document_of(LENGTHS["everything, far beyond"]))
    assert by_title["Bilirubin, total"].beyond
    assert by_title["Bilirubin, total"].place == 1
    assert not by_title["Platelets"].beyond


def test_without_a_number_or_its_unit_there_is_no_scale() -> None:
    case = Case("", {**LENGTHS["everything"].answers, **answered(bilirubin={"value": "12", "unit": None})}, {})
    assert "Bilirubin, total" not in scales_of(document_of(case))
    assert scales_of(document_of(LENGTHS["nothing but what is required"])) == {}


def test_the_numbers_of_a_scale_stand_apart_and_on_paper() -> None:
    for case in LENGTHS.values():
        for scale in scales_of(result_document(given(case))).values():
            drawn = scale_drawing(scale)
            assert drawn.number.text_x >= 0
            assert drawn.number.text_x + text_width(drawn.number.text, SIZE + 1, bold=True) <= WIDTH
            for row in {mark.row for mark in drawn.cut_offs}:
                marks = [mark for mark in drawn.cut_offs if mark.row == row]
                for one, two in pairwise(marks):
                    assert one.text_x + text_width(one.text, SIZE) < two.text_x
            places = [place for place, _ in scale.cut_offs]
            assert places == sorted(places)


def test_a_pdf_says_the_numbers_of_its_scales() -> None:
    text = squeezed(pages_of(summary_pdf(given(LENGTHS["everything"]), Copy(Reader.DOCTOR)))[0])
    for said in ("Numbers given", "150 Baveno VII", "Child-Pugh points", "132000 per µL"):
        assert squeezed(said) in text, said


@pytest.mark.slow
@pytest.mark.parametrize(("tag", "reader"), [("en", Reader.PERSON), *((tag, Reader.DOCTOR) for tag in TAGS)])
def test_what_stands_on_the_first_page_fits_it(tag: str, reader: Reader) -> None:
    for name, case in ONE_OF_EACH.items():
        document = result_document(told_in(tag, case))
        wanted = first_page(document, reader)
        last = [part for name, part in summary_of(document, reader).parts.items() if name in wanted][-1]
        lines = last.blocks[-1]
        held = lines.items[-1] if isinstance(lines, Items | Lines) else last.title
        assert squeezed(held)[:20] in squeezed(pages_of(pdf_of(name, tag, reader), "-raw")[0]), (name, last.id)
