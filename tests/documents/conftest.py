"""PDFs made once for all tests that look at them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screening.documents.summary import summary_pdf
from tests.cases import ONE_OF_EACH, given


@pytest.fixture(scope="session")
def pdfs() -> dict[str, bytes]:
    """A PDF of each kind of outcome, marked as a test."""
    return {kind: summary_pdf(replace(given(case), demonstration=True)) for kind, case in ONE_OF_EACH.items()}
