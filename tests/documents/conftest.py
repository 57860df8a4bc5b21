"""PDFs made once for all tests that look at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from tests.documents.full_sets import pdf_of
from tests.support.cases import ONE_OF_EACH


class PdfsByKind(Mapping[str, bytes]):
    """A PDF of each kind of outcome, marked as a test; made when somebody looks at it, and once."""

    def __getitem__(self, kind: str) -> bytes:
        return pdf_of(kind)

    def __iter__(self) -> Iterator[str]:
        return iter(ONE_OF_EACH)

    def __len__(self) -> int:
        return len(ONE_OF_EACH)


@pytest.fixture(scope="session")
def pdfs() -> Mapping[str, bytes]:
    """A PDF of each kind of outcome, marked as a test."""
    return PdfsByKind()
