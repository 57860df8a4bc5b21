"""PDFs made once for all tests that look at them."""

from __future__ import annotations

import pytest

from tests.documents.full_sets import pdf_of
from tests.support.cases import ONE_OF_EACH


@pytest.fixture(scope="session")
def pdfs() -> dict[str, bytes]:
    """A PDF of each kind of outcome, marked as a test."""
    return {kind: pdf_of(kind) for kind in ONE_OF_EACH}
