"""What a receipt says was proved, in a sentence: of every answer set, or of exact numbers alone."""

from __future__ import annotations

from screening.rulefiles.review.proof_receipt import Receipt
from screening.wording.language.languages import Language


def proved_sentence(receipt: Receipt, language: Language) -> str:
    """When, with what and of which answer sets the guarantees were proved."""
    say = language.gettext
    values = {"day": receipt.proved_on, "tool": receipt.solver, "number": len(receipt.guarantees)}
    if receipt.is_of_all:
        return say(
            "Proved on %(day)s with %(tool)s to keep the %(number)s listed guarantees, for every answer set that the "
            "form accepts.",
            **values,
        )
    return say(
        "Proved on %(day)s with %(tool)s to keep the %(number)s listed guarantees, for every answer set of exact "
        'numbers that the form accepts; %(of_bounds)s of them also where numbers are bounds, such as "<0.5".',
        **values,
        of_bounds=len(set(receipt.guarantees) & set(receipt.of_bounds)),
    )
