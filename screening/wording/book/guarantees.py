"""The guarantees, whether this very rule set is proved to keep them, and what the proof does not show."""

from __future__ import annotations

from screening.wording.authors.proofs.receipts import proved_sentence
from screening.wording.authors.proofs.static_guarantees import static_sentence
from screening.wording.book.findings import Chapters
from screening.wording.document.blocks import Block, Items, Paragraph, Part, Table


def proof_state(book: Chapters) -> str:
    """Whether a receipt of this very rule set stands beside its file."""
    receipt = book.input.receipt
    if receipt is None:
        return book.say("Not proved: no receipt of this very rule set stands beside its file.")
    return proved_sentence(receipt, book.input.language)


def _state(book: Chapters, guarantee: str) -> str:
    receipt = book.input.receipt
    if receipt is None or guarantee not in receipt.guarantees:
        return book.say("NOT PROVED")
    return book.say("proved") if guarantee in receipt.of_bounds else book.say("proved, of exact numbers alone")


def guarantees(book: Chapters) -> Part:
    """Every guarantee, with its conditions in words."""
    say = book.say
    rows = tuple(
        (
            book.name_with_line(guarantee.id, ("guarantees", number)),
            "\n".join(
                filter(
                    None,
                    (
                        guarantee.text,
                        static_sentence(guarantee, book.input.rules.rule_set, book.input.language),
                        say("Where: %(condition)s.", condition=book.sentence(guarantee.when)) if guarantee.when else "",
                        say("Except where: %(condition)s.", condition=book.sentence(guarantee.except_when))
                        if guarantee.except_when
                        else "",
                    ),
                )
            ),
            _state(book, guarantee.id),
        )
        for number, guarantee in enumerate(book.input.rules.rule_set.guarantees)
    )
    not_shown = (
        say("that a threshold is right, or that a source says what is cited from it;"),
        say("that people answer truly, or understand a question as it is meant;"),
        say("that a guarantee which is not listed holds;"),
        say("that texts are right, or are understood."),
    )
    blocks: tuple[Block, ...] = (
        Paragraph(proof_state(book)),
        Table(say("Guarantees"), (say("Guarantee"), say("What is guaranteed"), say("State")), rows),
        Paragraph(say("What the proof does not show:")),
        Items(not_shown),
    )
    return Part("guarantees", say("Guarantees"), blocks)
