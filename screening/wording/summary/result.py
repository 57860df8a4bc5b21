"""From answers to the Document that the result page and the PDF both show."""

from __future__ import annotations

from screening.wording.document.blocks import Document, Paragraph, Part
from screening.wording.document.review_state import review_in_short, review_sentences, review_stamp
from screening.wording.summary.clinic import clinic_parts, typed_by_in_short, typed_by_sentence
from screening.wording.summary.context import SummaryContext, SummaryInput
from screening.wording.summary.doctor_paper import doctor_parts
from screening.wording.summary.first_screen import first_screen_parts
from screening.wording.summary.guidance import guidance_parts
from screening.wording.summary.matched import heading, outcome_parts
from screening.wording.summary.numbers import number_parts
from screening.wording.summary.person_paper import person_parts
from screening.wording.summary.scales import scales
from screening.wording.summary.translations import translation_notice, translation_stamp
from screening.wording.summary.urgency import first_action_in_time


def result_document(summary_input: SummaryInput) -> Document:
    """All that is said about one answer set. Raises `RequiredAnswerMissingError` where there is no outcome."""
    return context_document(SummaryContext(summary_input))


def context_document(context: SummaryContext) -> Document:
    """The Document of an outcome that is already worked out."""
    rule_set = context.rule_set
    parts = [Part("typed_by", "", (Paragraph(typed_by_sentence(context.input)),))]
    parts += [*outcome_parts(context), *guidance_parts(context), *clinic_parts(context)]
    parts += [*person_parts(context), *doctor_parts(context)]
    if not context.is_emergency:
        parts += scales(context)
    parts += [*first_screen_parts(context), *number_parts(context)]
    review = context.input.review
    rules, language = context.input.rules, context.language
    version = f"{rule_set.id} {rule_set.version} · {rules.hash[:12]}"
    notice = translation_notice(rules, review, language)
    stamps = (version, translation_stamp(rules, review, language), review_stamp(review, language))
    return Document(
        language=context.language.tag,
        title=rule_set.summary_title,
        heading=heading(context),
        answered_on=context.input.answered_on,
        answered_on_in_words=context.language.date(context.input.answered_on),
        category=context.outcome.category,
        tone=context.category.tone,
        parts={part.id: part for part in parts},
        sections=tuple(section_title.id for section_title in rule_set.section_titles),
        shared=tuple(section.id for section in rule_set.shared if section.title),
        disclaimer=rule_set.disclaimer,
        review=language.sentences((*review_sentences(review, language), notice)),
        stamp=" · ".join(filter(None, stamps)),
        paper_stamp=" · ".join((typed_by_in_short(context.input), review_stamp(review, language))),
        doctor_title=rule_set.doctor_paper.title if rule_set.doctor_paper else "",
        review_in_short=language.sentences((*review_in_short(review, language), notice)),
        sources=context.citations.entries(context.language),
        watermark=_mark_of_a_test(context) if context.input.demonstration else "",
    )


def _mark_of_a_test(context: SummaryContext) -> str:
    """What stands across the papers of a test; it takes back no advice to get help."""
    if context.may_be_emergency or first_action_in_time(context):
        return context.say("Test version; this advice to get help is real")
    return context.say("Test version, not health advice")
