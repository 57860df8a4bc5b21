"""The parts of a Document for the doctor or clinic: answers as given, values, grounds by id, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from screening.ruleset.model.answers import ValueResult
from screening.ruleset.model.notes import Audience
from screening.ruleset.model.rule_set import Value
from screening.wording.document.blocks import Block, Paragraph, Part, Table
from screening.wording.document.expressions import Expressions
from screening.wording.document.review_state import review_sentences
from screening.wording.document.told_values import value_in_words
from screening.wording.language.languages import Language
from screening.wording.summary.context import OlderAnswers, SummaryContext, SummaryInput, TypedBy
from screening.wording.summary.translations import translation_stamp


def clinic_parts(context: SummaryContext) -> Iterator[Part]:
    """Answers first, then how they were judged."""
    yield from _possible(context)
    yield _answers(context)
    if not context.is_emergency:
        yield from _values(context)
    yield from _grounds(context)
    yield from _clinic_notes(context)
    yield review_paragraph(context)


def typed_by_sentence(summary_input: SummaryInput) -> str:
    """Who typed the answers, and what that makes of them."""
    say = summary_input.language.gettext
    if summary_input.typed_by is TypedBy.HELPER:
        typed = say(
            "Answers typed by somebody who helps the person. Nobody has checked them. "
            "Not a medical record or certificate."
        )
    else:
        typed = say("Answers typed by the person. Nobody has checked them. Not a medical record or certificate.")
    amended = say("Clinic staff wrote down some of them, as they were told on a call.") if summary_input.amended else ""
    return summary_input.language.sentences(
        (typed, older_sentence(summary_input.older, summary_input.language), amended)
    )


def typed_by_in_short(summary_input: SummaryInput) -> str:
    """The same in a few words, for the foot of every page."""
    if summary_input.typed_by is TypedBy.HELPER:
        return summary_input.language.gettext("typed by a helper, checked by nobody")
    return summary_input.language.gettext("typed by the person, checked by nobody")


def older_sentence(older: OlderAnswers, language: Language) -> str:
    """The other dates of the answers, beside that of the last one; empty where there are none."""
    say = language.gettext
    earliest = (
        say("Some of them are older: from %(day)s on.", day=language.date(older.earliest)) if older.earliest else ""
    )
    undated = ""
    if older.is_undated:
        undated = say("Some come from a saved file; nobody knows how old they are.")
    if older.is_undated and older.claimed:
        undated = say(
            "Some come from a saved file that names %(day)s; nobody knows whether that is so.",
            day=language.date(older.claimed),
        )
    return language.sentences((earliest, undated))


def _possible(context: SummaryContext) -> Iterator[Part]:
    """Every section that is still possible, where no single one was matched: the exact set, whatever is open."""
    undetermined = context.rule_set.undetermined.category
    names = [
        category.name
        for category in context.rule_set.categories
        if category.id in context.outcome.possible and category.id != undetermined
    ]
    if context.outcome.kind and names:
        title = context.say("Sections that are still possible")
        yield Part("possible", title, (Paragraph(context.language.sentence(context.language.apart(names))),))


def _answers(context: SummaryContext) -> Part:
    say = context.say
    asked = [question for question in context.rule_set.questions if question.id in context.outcome.asked]
    rows = tuple(
        (question.label, context.answer(question.id)) for question in asked if question.id in context.input.answers
    )
    blocks: list[Block] = [Table(say("Answers as given"), (say("Question"), say("Answer")), rows)]
    not_answered = [question.label for question in asked if question.id not in context.input.answers]
    if not_answered:
        blocks.append(Paragraph(say("Not answered: %(questions)s.", questions=context.language.all_of(not_answered))))
    return Part("answers", say("Answers as given"), tuple(blocks))


def _values(context: SummaryContext) -> Iterator[Part]:
    """Each value that was worked out, or why it was not; one of whose answers some are missing is left out."""
    say = context.say
    rows = tuple(
        (value.label, value_result(value, context), value.formula, value.cut_offs)
        for value in context.rule_set.values
        if value.label and value_result(value, context) != say("not worked out")
    )
    if rows:
        columns = (say("Value"), say("Result"), say("Formula"), say("Cut-offs"))
        lead = Paragraph(say("Worked out from the answers, for the doctor."))
        yield Part("values", say("Values"), (lead, Table(say("Values"), columns, rows)))


def value_result(value: Value, context: SummaryContext) -> str:
    """A value in words: its number or range, yes or no, or why it is not worked out."""
    result: ValueResult = context.outcome.values[value.id]
    if isinstance(result, bool):
        return context.say("yes") if result else context.say("no")
    value_range = context.engine.value_range(value.id, context.plain)
    return (
        value_in_words(value, value_range, context.engine, context.language)
        if value_range
        else _not_worked_out(value, context)
    )


def _not_worked_out(value: Value, context: SummaryContext) -> str:
    """That a value is unknown; and where everything that it reads was answered, why."""
    unknown = next(
        (unknown_value for unknown_value in context.explanation.unknown_values if unknown_value.value == value.id), None
    )
    if unknown is None or not unknown.because:
        return context.say("not worked out")
    expressions = Expressions(context.rule_set, context.language)
    reasons = context.language.apart([expressions.in_words(part) for part in unknown.because])
    return context.say("not worked out, because: %(reasons)s", reasons=reasons)


def _grounds(context: SummaryContext) -> Iterator[Part]:
    """Every ground that holds or is open, by id, with its sources. In an emergency nothing but what called for help."""
    say = context.say
    held = [ground.id for ground in context.holding] if context.is_emergency else context.outcome.grounds
    states = [(name, say("met")) for name in held]
    states += [(name, say("open")) for names in context.outcome.open_grounds.values() for name in names]
    rows, sources = [], []
    for name, state in states:
        ground = context.rule_set.ground[name]
        category = context.rule_set.category[context.rule_set.category_of[name]]
        rows.append((name, category.name, state, ground.when.text))
        sources.append(context.citations.cite(ground.sources))
    if rows:
        columns = (say("Ground"), say("Section"), say("State"), say("Condition"))
        yield Part("grounds", say("Grounds"), (Table(say("Grounds"), columns, tuple(rows), tuple(sources)),))


def _clinic_notes(context: SummaryContext) -> Iterator[Part]:
    notes = [context.rule_set.note[name] for name in context.outcome.notes]
    for_clinic = [note for note in notes if note.audience is not Audience.PATIENT]
    if for_clinic:
        say = context.say
        rows = tuple((note.id, context.fill(note.text)) for note in for_clinic)
        sources = tuple(context.citations.cite(note.sources) for note in for_clinic)
        yield Part("notes", say("Notes"), (Table(say("Notes"), (say("Note"), say("Text")), rows, sources),))


def review_paragraph(context: SummaryContext) -> Part:
    """The rule set, and who has reviewed it."""
    say = context.say
    summary_input = context.input
    rule_set = context.rule_set
    rows = [
        (say("Rules"), f"{rule_set.id} {rule_set.version}"),
        (say("Hash of the rules (SHA-256)"), summary_input.rules.hash),
        (say("Review"), context.language.sentences(review_sentences(summary_input.review, context.language))),
    ]
    if summary_input.rules.translation:
        state = translation_stamp(summary_input.rules, summary_input.review, context.language)
        rows.insert(2, (say("Hash of the translation (SHA-256)"), f"{summary_input.rules.translation} ({state})"))
    stamp = " · ".join(context.language.with_label(label, text) for label, text in rows)
    return Part("review", say("Rules and review"), (Paragraph(stamp),))
