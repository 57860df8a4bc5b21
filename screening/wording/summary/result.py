"""From answers to the Document that the result page and the PDF both show."""

from __future__ import annotations

from screening.wording.document.blocks import Document, Paragraph, Part
from screening.wording.document.review_state import review_in_short, review_sentences, review_stamp
from screening.wording.summary.clinic import clinic_parts, typed_by_sentence
from screening.wording.summary.context import SummaryContext, SummaryInput
from screening.wording.summary.guidance import guidance_parts
from screening.wording.summary.matched import heading, outcome_parts
from screening.wording.summary.scales import scales
from screening.wording.summary.translations import translation_notice, translation_stamp


def result_document(given: SummaryInput) -> Document:
    """All that is said about one answer set. Raises `RequiredAnswerMissingError` where there is no outcome."""
    return document_of_context(SummaryContext(given))


def document_of_context(telling: SummaryContext) -> Document:
    """The Document of an outcome that is already worked out."""
    say = telling.say
    rule_set = telling.rule_set
    parts = [Part("typed_by", "", (Paragraph(typed_by_sentence(telling.given)),))]
    parts += [*outcome_parts(telling), *guidance_parts(telling), *clinic_parts(telling)]
    if not telling.is_emergency:
        parts += scales(telling)
    review = telling.given.review
    rules, language = telling.given.rules, telling.language
    version = f"{rule_set.id} {rule_set.version} · {rules.hash[:12]}"
    notice = translation_notice(rules, review, language)
    stamps = (version, translation_stamp(rules, review, language), review_stamp(review, language))
    return Document(
        language=telling.language.tag,
        title=rule_set.summary_title,
        heading=heading(telling),
        answered_on=telling.given.answered_on,
        answered_on_in_words=telling.language.date(telling.given.answered_on),
        category=telling.outcome.category,
        tone=telling.category.tone,
        parts={each.id: each for each in parts},
        sections=tuple(each.id for each in rule_set.section_titles),
        shared=tuple(each.id for each in rule_set.shared if each.title),
        disclaimer=rule_set.disclaimer,
        review=language.sentences((*review_sentences(review, language), notice)),
        stamp=" · ".join(filter(None, stamps)),
        review_in_short=language.sentences((*review_in_short(review, language), notice)),
        sources=telling.citations.entries(telling.language),
        watermark=say("Test, not for your health") if telling.given.demonstration else "",
    )
