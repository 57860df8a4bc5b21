"""What should stand on the first page stands there alone; where it cannot, nothing follows it on an empty page."""

from __future__ import annotations

import pytest

from screening.wording.summary.selection import Reader
from tests.documents.full_sets import TAGS, pdf_of
from tests.support.pdf import pages_of

LONGEST = ("everything", "everything, far beyond")


@pytest.mark.slow
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("name", LONGEST)
def test_no_page_is_nearly_empty_but_the_last(name: str, reader: Reader, tag: str) -> None:
    *told, _ = (len("".join(page.split())) for page in pages_of(pdf_of(name, tag, reader)))
    assert min(told) > max(told) / 4  # the last one is of sources, in small letters
