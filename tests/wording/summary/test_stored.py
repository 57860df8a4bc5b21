"""Documents and inputs through JSON and back."""

from __future__ import annotations

import json
from datetime import date

import pytest

from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.state import ReaderTest, ReviewState, Role, Signature
from screening.wording.language.languages import language
from screening.wording.summary.context import SummaryInput, TypedBy
from screening.wording.summary.result import result_document
from screening.wording.summary.stored import document_from, document_members, input_from, input_members

DAY = date(2026, 3, 4)
SIGNED = Signature(Role.CLINICAL, "en", "A. Person", "123", False, "none", DAY, DAY, DAY, "ab" * 32, ("x",), ())
REVIEW = ReviewState(signatures=(SIGNED,), law_and_prices_until=DAY, reader_test=ReaderTest(DAY, 5, passed=True))


@pytest.mark.slow
@pytest.mark.parametrize("language_tag", ["en"])
def test_every_case_survives_being_kept(liver: LoadedRules, language_tag: str) -> None:
    for case in liver.cases:
        given = SummaryInput(
            liver, case.answers, language(language_tag), DAY, REVIEW, TypedBy.HELPER, amended=True, demonstration=True
        )
        document = result_document(given)
        assert document_from(json.loads(json.dumps(document_members(document)))) == document
        again = input_from(json.loads(json.dumps(input_members(given))), liver, given.language)
        assert again == given
