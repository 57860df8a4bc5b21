"""A Document as plain text for a terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from screening.documents.text import WIDTH, document_text
from screening.wording.document.blocks import (
    ClaimPair,
    Decision,
    DecisionStep,
    Items,
    Lines,
    Paragraph,
    Part,
    PhoneNumber,
    PhoneNumbers,
    SectionCard,
    Subheading,
    Table,
)
from screening.wording.document.paper_blocks import NumberTable
from tests.support.cases import CASES, document_of
from tests.wording.summary.random_documents import texts_in

DECISION = Decision(
    title="The decision",
    steps=(DecisionStep("cirrhosis", ("rule 1", "urgent"), ("told", "scan")),),
    last=DecisionStep("not matched", ("no rule holds",), ()),
    question="Which holds?",
    yes="yes",
    otherwise="otherwise",
)
EVERY_KIND = Part(
    "all",
    "All of them",
    (
        Paragraph("A paragraph.", (1,)),
        Subheading("A heading"),
        Items(("one", "two")),
        Items(("first", "second"), ordered=True),
        Table("Caption", ("About", "Answer", "More"), (("Age", "50 years", ""), ("Told", "nothing", "yet"))),
        Lines(("Cause",)),
        ClaimPair("It helps.", "Not shown", "Nobody knows."),
        SectionCard("fibrosis", matched=True, mark="Possible"),
        SectionCard("cirrhosis", matched=False, mark="Possible"),
        PhoneNumbers((PhoneNumber("Malaysia", "999", "by day"), PhoneNumber("Singapore", "995")), "Elsewhere: 112."),
        DECISION,
    ),
)
AS_TEXT = """
All of them
  A paragraph.
  A heading
  - one
  - two
  1. first
  2. second
  Age: 50 years
  Told: nothing; yet
  Cause ____
  - It helps.
    Not shown. Nobody knows.
  - fibrosis (Possible)
  - cirrhosis
  - Malaysia 999: by day
  - Singapore 995
  Elsewhere: 112.
  - cirrhosis (rule 1; urgent): told, scan
  - not matched (no rule holds)"""


def test_every_kind_of_block_has_its_lines() -> None:
    document = replace(document_of(CASES[0]), parts={"all": EVERY_KIND})
    assert document_text(document, ["all", "nothing"]) == AS_TEXT


@pytest.mark.slow
def test_no_line_is_too_wide_and_no_word_is_lost() -> None:
    for case in CASES:
        document = document_of(case)
        text = document_text(document, document.parts)
        assert max(len(word) for word in text.splitlines() if word.startswith(" ")) <= WIDTH
        words = set(re.findall(r"\w{4,}", text))
        for part in document.parts.values():
            tables = [block for block in part.blocks if isinstance(block, Table | NumberTable)]
            captions = {block.caption for block in tables}
            columns = {name for block in tables for name in block.columns}
            wanted = [text for text in texts_in(part.blocks) if text not in captions | columns]
            wanted = [text for text in wanted if not re.fullmatch(r"[a-z_]+|[0-9a-f]{64}", text)]
            unmarked = [text for text in wanted if text not in ("Possible", "Your answers are like this part")]
            assert set(re.findall(r"\w{4,}", " ".join(unmarked))) <= words, case.name
