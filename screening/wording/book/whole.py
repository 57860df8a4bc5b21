"""The whole book: its chapters in order, and what stands on every page."""

from __future__ import annotations

from dataclasses import dataclass

from screening.wording.book.boundaries import boundaries
from screening.wording.book.cases import cases
from screening.wording.book.decision import decision
from screening.wording.book.findings import BookInput, Chapters
from screening.wording.book.guarantees import guarantees, proof_state
from screening.wording.book.judgements import judgement_calls, moves_in_full, signature
from screening.wording.book.rules import asking, notes, rules, values
from screening.wording.book.sources import passages, source_entries
from screening.wording.book.texts import categories, questions, staff
from screening.wording.document.blocks import Part, SourceEntry


@dataclass(frozen=True)
class Book:
    """A rule file as a clinician reads it."""

    language: str
    """BCP 47."""
    title: str
    about: str
    state: tuple[tuple[str, str], ...]
    """What the rule set is, and what is known of it: a label and a sentence each."""
    first: tuple[Part, ...]
    """What begins on the first page."""
    chapters: tuple[Part, ...]
    sources: tuple[SourceEntry, ...]
    stamp: str
    """Rule set, version, hash and review state, for every page."""
    regulatory_statement: str


def rule_book(book_input: BookInput) -> Book:
    """The book of a rule file."""
    book = Chapters(book_input)
    rule_set = book_input.rules.rule_set
    chapters = (
        decision(book),
        rules(book),
        values(book),
        asking(book),
        notes(book),
        boundaries(book),
        moves_in_full(book),
        guarantees(book),
        cases(book),
        questions(book),
        categories(book),
        staff(book),
        passages(book),
    )
    return Book(
        language=book_input.language.tag,
        title=book.say("Rule book: %(title)s", title=rule_set.title),
        about=rule_set.about,
        state=_state(book),
        first=(judgement_calls(book), signature(book)),
        chapters=tuple(chapter for chapter in chapters if chapter),
        sources=source_entries(book),
        stamp=_stamp(book),
        regulatory_statement=rule_set.regulatory_statement,
    )


def _state(book: Chapters) -> tuple[tuple[str, str], ...]:
    book_input, say = book.input, book.say
    return (
        (say("Rule set"), f"{book_input.rules.rule_set.id} {book_input.rules.rule_set.version}"),
        (say("SHA-256"), book_input.rules.hash),
        (say("Review"), _review(book)),
        (say("Proof"), proof_state(book)),
    )


def _review(book: Chapters) -> str:
    review, say = book.input.review, book.say
    signed = (
        say("A clinician has signed these rules and texts.")
        if review.signed
        else say("No clinician has reviewed these rules and texts yet.")
    )
    tested = say("Readers have tested the texts.") if review.reader_tested else say("Not yet tested with readers.")
    return f"{signed} {tested}"


def _stamp(book: Chapters) -> str:
    rule_set = book.input.rules.rule_set
    reviewed = (
        book.say("signed by a clinician") if book.input.review.signed else book.say("not reviewed by a clinician")
    )
    return f"{rule_set.id} {rule_set.version} · SHA-256 {book.input.rules.hash} · {reviewed}"
