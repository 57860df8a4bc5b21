"""The review state in words: who has signed and until when, what they declare, and why it does not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from screening.rulefiles.review.state import UNREVIEWED, ReaderTest, Review, ReviewState, Role, Signature
from screening.wording.document.review_state import (
    article_notice,
    check_lines,
    review_in_short,
    review_notice,
    review_sentences,
    review_stamp,
)
from tests.rulefiles.edited import ENGLISH
from tests.support.cases import RULES
from tests.support.reviewing import GROUND, signature

CLINICAL, SAFETY = signature(), signature(Role.SAFETY)
DAY = date(2026, 11, 22)
NOT_TESTED = "Not yet tested with readers."
TAN = (
    "Reviewed by Dr Tan (Tan 12345) on 1 July 2026, valid until 1 July 2027. "
    "Declares: does not work for and is not paid by a clinic that sells this."
)
LIM = (
    "Reviewed for safety or ethics by Ms Lim (Lim 12345) on 1 July 2026, valid until 1 July 2027. "
    "Declares: does not work for and is not paid by a clinic that sells this."
)
BOTH = ReviewState((CLINICAL, SAFETY))
STATES: dict[str, tuple[ReviewState, tuple[str, ...], str]] = {
    "unsigned": (
        UNREVIEWED,
        ("No clinician has reviewed these rules and texts yet.",),
        "not reviewed by a clinician",
    ),
    "one": (
        ReviewState((CLINICAL,)),
        ("No second person has signed for safety or ethics yet, so these rules do not count as reviewed.", TAN),
        "reviewed by a clinician, not by a second person",
    ),
    "second alone": (
        ReviewState((SAFETY,)),
        ("No clinician has reviewed these rules and texts yet.", LIM),
        "not reviewed by a clinician",
    ),
    "both": (BOTH, (TAN, LIM), "reviewed by a clinician, valid until 1 July 2027"),
    "expired": (
        ReviewState(expired=(CLINICAL, SAFETY)),
        ("The review of these rules has expired on 1 July 2027.",),
        "review expired on 1 July 2027",
    ),
    "one expired": (
        ReviewState((SAFETY,), (CLINICAL,)),
        ("The review of these rules has expired on 1 July 2027.", LIM),
        "review expired on 1 July 2027",
    ),
    "disagreeing": (
        ReviewState((replace(CLINICAL, disagrees=(GROUND,)), SAFETY)),
        ("Dr Tan disagrees with a part of these rules, so they do not count as reviewed.", TAN, LIM),
        "a reviewer disagrees",
    ),
    "law expired": (
        replace(BOTH, law_and_prices_until=date(2026, 10, 1), law_and_prices_expired=True),
        (TAN, LIM, "The review of what is said about law and prices has expired on 1 October 2026."),
        "reviewed by a clinician, valid until 1 July 2027",
    ),
}
every_state = pytest.mark.parametrize("name", STATES)


@every_state
def test_a_state_is_told_in_sentences(name: str) -> None:
    review, sentences, _ = STATES[name]
    assert review_sentences(review, ENGLISH) == (*sentences, NOT_TESTED)


@every_state
def test_the_foot_of_a_page_says_the_state_in_a_few_words(name: str) -> None:
    review, _, stamp = STATES[name]
    assert review_stamp(review, ENGLISH) == stamp


@every_state
def test_the_mark_of_a_page_says_the_first_sentence_where_it_is_not_signed(name: str) -> None:
    review, sentences, _ = STATES[name]
    signed = "A clinician and a second person have signed these rules and texts."
    assert review_notice(review, ENGLISH) == (signed if review.signed else sentences[0])


def test_who_is_paid_by_a_clinic_is_told_to_everyone() -> None:
    paid = replace(CLINICAL, paid_by_a_clinic=True, interests="Owns shares of one.")
    told = review_sentences(ReviewState((paid, SAFETY)), ENGLISH)
    assert told[0].endswith(
        "Declares: works for or is paid by a clinic that sells this. In their own words: “Owns shares of one.”"
    )


def test_in_short_it_is_told_who_has_signed_and_who_is_paid() -> None:
    assert list(review_in_short(BOTH, ENGLISH)) == [
        "Reviewed by Dr Tan (Tan 12345) and Ms Lim (Lim 12345), valid until 1 July 2027.",
        NOT_TESTED,
    ]
    paid = ReviewState((CLINICAL, replace(SAFETY, paid_by_a_clinic=True)))
    assert list(review_in_short(paid, ENGLISH))[1] == "Ms Lim works for or is paid by a clinic that sells this."


@every_state
def test_in_short_it_is_told_why_it_does_not_count(name: str) -> None:
    review, sentences, _ = STATES[name]
    told = list(review_in_short(review, ENGLISH))
    assert review.signed or told == [sentences[0], NOT_TESTED]


def test_a_translator_and_readers_are_told() -> None:
    translator = signature(Role.TRANSLATION, language="ms")
    test = ReaderTest(date(2026, 7, 1), 12, passed=True)
    told = review_sentences(ReviewState((translator,), reader_test=test), ENGLISH)
    assert told[1].startswith("The translation (ms) was checked by Mr Ali (Ali 12345) on 1 July 2026.")
    assert told[2] == "Readers have tested the texts."


# --- articles --------------------------------------------------------------------------------------

LAW = next(article for article in RULES.rule_set.articles if article.expires)
OTHER = next(article for article in RULES.rule_set.articles if not article.expires)
UNTIL = replace(BOTH, law_and_prices_until=date(2026, 10, 1))


def test_an_article_on_law_says_until_when_its_review_counts() -> None:
    assert article_notice(LAW, UNTIL, ENGLISH) == (
        "What is said here about law and prices was reviewed; this counts until 1 October 2026."
    )
    expired = replace(UNTIL, law_and_prices_expired=True)
    assert article_notice(LAW, expired, ENGLISH) == (
        "The review of what is said here about law and prices has expired on 1 October 2026."
    )


def test_of_other_articles_and_without_a_review_nothing_is_said() -> None:
    assert article_notice(OTHER, UNTIL, ENGLISH) == ""
    assert article_notice(LAW, UNREVIEWED, ENGLISH) == ""


# --- for authors -----------------------------------------------------------------------------------


def lines(*signatures: Signature, void: int = 0) -> list[str]:
    review = Review(signatures, void, has_law_and_prices=True)
    return list(check_lines(review, review.state(DAY), ENGLISH))


def test_authors_read_keys_and_what_reviewers_would_change() -> None:
    told = lines(replace(CLINICAL, changes=(GROUND,)), replace(SAFETY, disagrees=(GROUND,)), void=2)
    assert told[0] == "Review: Ms Lim disagrees with a part of these rules, so they do not count as reviewed."
    assert f"  Dr Tan (clinical) signed with the key {CLINICAL.key}" in told
    assert f"    would change: {GROUND}" in told
    assert f"    disagrees with: {GROUND}" in told
    assert "  2 signatures are of other versions, and void." in told


def test_authors_read_what_is_still_needed() -> None:
    assert lines() == ["Review: No clinician has reviewed these rules and texts yet.", f"  {NOT_TESTED}"]
    assert lines(CLINICAL)[-1].startswith("  It counts as signed once a clinician and a second person have signed")
    assert not any("It counts as signed once" in line for line in lines(CLINICAL, SAFETY))


def test_authors_read_until_when_it_counts_for_law_and_prices() -> None:
    later = [replace(signed, law_and_prices_expire_on=date(2027, 1, 5)) for signed in (CLINICAL, SAFETY)]
    assert "  For articles on law and prices the review counts until 5 January 2027." in lines(*later)
    assert any("law and prices has expired on 1 October 2026" in line for line in lines(CLINICAL, SAFETY))
