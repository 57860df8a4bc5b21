"""The review state of a rule file in words: for pages, for PDFs and for `screening check`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.rulefiles.review.signatures import LAW_AND_PRICES
from screening.rulefiles.review.state import REQUIRED, Review, ReviewState, Role, Signature
from screening.ruleset.model.texts import Article
from screening.wording.language.languages import N_, Language

_SIGNED: Mapping[Role, str] = {
    Role.CLINICAL: N_("Reviewed by %(name)s (%(registration)s) on %(day)s, valid until %(until)s."),
    Role.SAFETY: N_("Reviewed for safety or ethics by %(name)s (%(registration)s) on %(day)s, valid until %(until)s."),
    Role.TRANSLATION: N_("The translation (%(language)s) was checked by %(name)s (%(registration)s) on %(day)s."),
}


def review_sentences(review: ReviewState, language: Language) -> tuple[str, ...]:
    """Everything that people are told of the review."""
    return tuple(_sentences(review, language))


def _sentences(review: ReviewState, language: Language) -> Iterator[str]:
    if not review.signed:
        yield review_notice(review, language)
    for role in Role:
        for signature in review.by(role):
            yield _signature(signature, language)
    yield from _law_and_readers(review, language)


def _law_and_readers(review: ReviewState, language: Language) -> Iterator[str]:
    say = language.gettext
    if review.law_and_prices_expired and review.law_and_prices_until:
        until = language.date(review.law_and_prices_until)
        yield say("The review of what is said about law and prices has expired on %(day)s.", day=until)
    yield say("Readers have tested the texts.") if review.reader_tested else say("Not yet tested with readers.")


def review_in_short(review: ReviewState, language: Language) -> Iterator[str]:
    """The same where there is little room: who, until when, and who is paid by a clinic."""
    say = language.gettext
    if review.valid_until is None:
        yield review_notice(review, language)
    else:
        signers = [signature for role in REQUIRED for signature in review.by(role)]
        yield say(
            "Reviewed by %(names)s, valid until %(day)s.",
            names=language.all_of([f"{signer.name} ({signer.registration})" for signer in signers]),
            day=language.date(review.valid_until),
        )
        for signer in signers:
            if signer.paid_by_a_clinic:
                yield say("%(name)s works for or is paid by a clinic that sells this.", name=signer.name)
    yield from _law_and_readers(review, language)


def review_notice(review: ReviewState, language: Language) -> str:
    """One sentence that says why the rules do not count as reviewed; that they do where this is so."""
    say = language.gettext
    if review.signed:
        return say("A clinician and a second person have signed these rules and texts.")
    if review.disagreeing:
        return say(
            "%(names)s disagrees with a part of these rules, so they do not count as reviewed.",
            names=language.all_of([signature.name for signature in review.disagreeing]),
        )
    if review.expired_on:
        return say("The review of these rules has expired on %(day)s.", day=language.date(review.expired_on))
    if review.by(Role.CLINICAL):
        return say("No second person has signed for safety or ethics yet, so these rules do not count as reviewed.")
    return say("No clinician has reviewed these rules and texts yet.")


def review_stamp(review: ReviewState, language: Language) -> str:
    """The review state in a few words, for the foot of every page."""
    say = language.gettext
    if review.valid_until:
        return say("reviewed by a clinician, valid until %(day)s", day=language.date(review.valid_until))
    if review.disagreeing:
        return say("a reviewer disagrees")
    if review.expired_on:
        return say("review expired on %(day)s", day=language.date(review.expired_on))
    if review.by(Role.CLINICAL):
        return say("reviewed by a clinician, not by a second person")
    return say("not reviewed by a clinician")


def article_notice(article: Article, review: ReviewState, language: Language) -> str:
    """How long the review counts of an article on law or prices; nothing of other articles, or where there is none."""
    if article.expires != LAW_AND_PRICES or not review.signed or review.law_and_prices_until is None:
        return ""
    say = language.gettext
    until = language.date(review.law_and_prices_until)
    if review.law_and_prices_expired:
        return say("The review of what is said here about law and prices has expired on %(day)s.", day=until)
    return say("What is said here about law and prices was reviewed; this counts until %(day)s.", day=until)


def _signature(signature: Signature, language: Language) -> str:
    """Who has signed, until when it counts, and what they declare."""
    say = language.gettext
    signed = say(
        _SIGNED[signature.role],
        name=signature.name,
        registration=signature.registration,
        language=signature.language,
        day=language.date(signature.signed_on),
        until=language.date(signature.expires_on),
    )
    declared = (
        say("Declares: works for or is paid by a clinic that sells this.")
        if signature.paid_by_a_clinic
        else say("Declares: does not work for and is not paid by a clinic that sells this.")
    )
    more = say("In their own words: %(text)s", text=f"“{signature.interests}”") if signature.interests else ""
    return language.sentences((signed, declared, more))


# --- for authors ---------------------------------------------------------------------------------


def check_lines(review: Review, state: ReviewState, language: Language) -> Iterator[str]:
    """What `screening check` says of the review, line by line: also keys, and points that reviewers would change."""
    say = language.gettext
    for index, sentence in enumerate(review_sentences(state, language)):
        yield say("Review: %(sentence)s", sentence=sentence) if index == 0 else f"  {sentence}"
    if state.law_and_prices_until and not state.law_and_prices_expired:
        until = language.date(state.law_and_prices_until)
        yield "  " + say("For articles on law and prices the review counts until %(day)s.", day=until)
    for signature in (*state.signatures, *state.expired):
        yield "  " + say(
            "%(name)s (%(role)s) signed with the key %(key)s",
            name=signature.name,
            role=signature.role,
            key=signature.key,
        )
        if signature.disagrees:
            yield "    " + say("disagrees with: %(points)s", points=", ".join(signature.disagrees))
        if signature.changes:
            yield "    " + say("would change: %(points)s", points=", ".join(signature.changes))
    if review.void:
        yield "  " + language.ngettext(
            "%(number)s signature is of another version, and void.",
            "%(number)s signatures are of other versions, and void.",
            review.void,
        )
    if not state.signed and any(state.by(role) for role in REQUIRED):
        yield "  " + say("It counts as signed once a clinician and a second person have signed, and nobody disagrees.")
