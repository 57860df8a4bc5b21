"""Rule books for tests: made of a rule file with what its cases show, and no solver."""

from __future__ import annotations

from functools import cache

from screening.analysis.thresholds.crossing import all_thresholds, shown_by_cases
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.review.proof_receipt import matching_receipt
from screening.rulefiles.review.state import UNREVIEWED
from screening.wording.book.findings import BookInput
from screening.wording.book.whole import Book, rule_book
from screening.wording.document.blocks import Block, Decision, Items, Lines, Paragraph, Part, Subheading, Table
from tests.rulefiles.edited import SMALL
from tests.support.cases import ENGLISH, RULES

SMALL_RULES = load_rule_file(SMALL)


def book_input(rules: LoadedRules) -> BookInput:
    """The input of a book in which who moves was not looked for."""
    answers = [case.plain(rules.rule_set) for case in rules.cases]
    crossings = tuple(shown_by_cases(rules.engine, threshold, answers) for threshold in all_thresholds(rules.rule_set))
    receipt = matching_receipt(rules.path, rules.hash)
    return BookInput(rules, ENGLISH, UNREVIEWED, receipt, crossings, tried=None, not_tried="Not looked for.")


@cache
def liver_book() -> Book:
    """The book of the liver rules."""
    return rule_book(book_input(RULES))


@cache
def small_book() -> Book:
    """The book of the small rules."""
    return rule_book(book_input(SMALL_RULES))


def part_of(book: Book, name: str) -> Part:
    """The chapter of this name."""
    (found,) = [part for part in (*book.first, *book.chapters) if part.id == name]
    return found


def said_in(part: Part) -> str:
    """All text of a chapter."""
    return "\n".join(text for block in part.blocks for text in _said(block))


def _said(block: Block) -> tuple[str, ...]:
    match block:
        case Paragraph(text=text) | Subheading(text=text):
            return (text,)
        case Items(items=items) | Lines(items=items):
            return items
        case Table(rows=rows):
            return tuple(cell for row in rows for cell in row)
        case Decision(steps=steps, last=last):
            return tuple(text for step in (*steps, last) for text in (step.title, *step.marks, *step.grounds))
        case _:
            raise TypeError(block.kind)
