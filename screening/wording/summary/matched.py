"""The parts of a Document that say what was matched and why: emergency, heading, reasons, notes, what is open."""

from __future__ import annotations

from collections.abc import Iterator

from screening.ruleset.engine.raw_plain import bound_text
from screening.ruleset.model.answers import Bound, Plain
from screening.ruleset.model.dates import DayRange, as_partial
from screening.ruleset.model.notes import NoteKind
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import Kind, Tone
from screening.ruleset.model.texts import Speed
from screening.wording.document.blocks import Block, Items, Paragraph, Part, PhoneNumbers, SectionCard, Table
from screening.wording.document.emergency import phone_numbers
from screening.wording.language.languages import Language
from screening.wording.summary.context import SummaryContext


def heading(context: SummaryContext) -> str:
    """The heading of the whole result."""
    return context.fill(context.heading.text)


def outcome_parts(context: SummaryContext) -> Iterator[Part]:
    """The parts in the order in which a person needs them."""
    yield from _emergency(context)
    yield from _match(context)
    yield from _reasons(context)
    yield from _notes(context)
    yield from _not_known(context)
    yield from _to_settle(context)
    yield from _settled_by(context)
    if not context.is_emergency:
        yield from _guide_sections(context)


# --- emergency -----------------------------------------------------------------------------------


def _emergency(context: SummaryContext) -> Iterator[Part]:
    if not context.may_be_emergency:
        return
    speed = emergency_speed(context)
    say = context.say
    blocks: list[Paragraph | Items | PhoneNumbers] = []
    if not context.is_emergency:
        urgent = (category.id for category in context.rule_set.categories if category.tone is Tone.URGENT)
        points = context.language.apart(context.open_words(urgent))
        blocks.append(Paragraph(say("From your answers it is not clear %(open)s.", open=points)))
    lines: list[Items | PhoneNumbers] = [
        Items(speed.steps, ordered=True),
        phone_numbers(context.rule_set, context.citations),
    ]
    blocks += reversed(lines) if speed == context.rule_set.emergency.fastest else lines
    yield Part("emergency", speed.title, tuple(blocks), tone="urgent")


def emergency_speed(context: SummaryContext) -> Speed:
    """The fastest speed that a ground calls for; the cautious one while an emergency is only possible."""
    emergency = context.rule_set.emergency
    if not context.is_emergency:
        return emergency.cautious
    called_for = {ground.speed for ground in context.holding}
    return next((speed for speed in emergency.speeds if speed.id in called_for), emergency.fastest)


# --- the match and its reasons -------------------------------------------------------------------


def _match(context: SummaryContext) -> Iterator[Part]:
    kind = context.outcome.kind
    blocks: list[Block] = []
    if kind:
        blocks += context.tell(context.rule_set.undetermined.kinds[kind].texts)
        blocks += _disagreement(context)
    if context.rule_set.limit and not context.is_emergency:
        blocks.append(Paragraph(context.rule_set.limit))
    yield Part("match", heading(context), tuple(blocks), tone=context.category.tone)


def _disagreement(context: SummaryContext) -> Iterator[Block]:
    """The answers that do not fit together, both sides of each pair; without a pair those that it is about."""
    say = context.say
    pairs = {
        (disagreement.against, disagreement.speaking_for)
        for disagreement in context.explanation.disagreements
        if disagreement.speaking_for
    }
    alone = [
        disagreement.against
        for disagreement in context.explanation.disagreements
        if disagreement.against and not disagreement.speaking_for
    ]
    if pairs:
        yield Paragraph(say("These answers do not fit together:"))
        sides = ((_answers(context, one), _answers(context, other)) for one, other in sorted(pairs))
        yield Items(tuple(say("%(against)s beside %(other)s", against=one, other=other) for one, other in sides))
    elif alone:
        yield Paragraph(say("It is about this: %(answers)s.", answers=_answers(context, alone[0])))


def _answers(context: SummaryContext, names: tuple[str, ...]) -> str:
    """Answers with their labels, quoted in one text."""
    label = {name: context.rule_set.question[name].label for name in names}
    return context.language.apart([context.language.with_label(label[name], context.answer(name)) for name in names])


def _reasons(context: SummaryContext) -> Iterator[Part]:
    reasons = tuple(context.fill(ground.because) for ground in context.holding)
    if reasons:
        sources = context.citations.cite(source for ground in context.holding for source in ground.sources)
        yield Part("reasons", context.say("Why"), (Items(reasons, sources=sources),))


def _notes(context: SummaryContext) -> Iterator[Part]:
    """One part a kind of note."""
    say = context.say
    titles = (
        (NoteKind.ACTION, say("Please do this")),
        (NoteKind.CONFLICT, say("Answers that do not fit together")),
        (NoteKind.CAUTION, say("Be careful")),
        (NoteKind.INFORMATION, say("Good to know")),
    )
    for kind, title in titles:
        shown = [note for note in context.told_notes if note.kind is kind]
        if shown:
            blocks = tuple(Paragraph(context.fill(note.text), context.citations.cite(note.sources)) for note in shown)
            yield Part(f"{kind}s", title, blocks, tone=kind)


# --- what is open --------------------------------------------------------------------------------


def _not_known(context: SummaryContext) -> Iterator[Part]:
    """The questions some answer to which would change what is possible, and answers that no longer count."""
    say = context.say
    if context.is_emergency:
        return
    missing = [context.rule_set.question[name] for name in context.explanation.missing]
    if missing:
        lead = say("The answers to these questions could still change what fits:")
        items = tuple(
            context.language.sentences((context.language.sentence(question.label), question.why))
            for question in missing
        )
        yield Part(
            "not_known", say("What is not known"), (Paragraph(lead), Items(items), *_cut_short(context, "missing"))
        )
    if missing and not context.tells_what_is_open:
        labels = context.language.all_of([question.label for question in missing])
        yield Part("not_known_labels", say("What is not known"), (Paragraph(labels),))
    if context.outcome.ignored:
        lead = say("You answered these questions before. They do not count now, because another answer changed:")
        ignored = tuple(context.rule_set.question[name].label for name in context.outcome.ignored)
        yield Part("ignored", say("Answers that do not count now"), (Paragraph(lead), Items(ignored)))


def _to_settle(context: SummaryContext) -> Iterator[Part]:
    """What would settle it, for the person: questions to ask, and no answers that nobody gave."""
    asking = (question.ask_doctor for question in context.open_questions if question.ask_doctor)
    questions = tuple(map(context.fill, asking))
    if context.outcome.kind and questions:
        lead = context.say("Ask somebody who can tell, such as your own doctor:")
        yield Part("to_settle", context.say("What would settle it"), (Paragraph(lead), Items(questions)))


def _settled_by(context: SummaryContext) -> Iterator[Part]:
    """For each possible category but the undetermined one, the answers that would leave it alone: for clinics."""
    undetermined = context.rule_set.undetermined.category
    settled_by = [settling for settling in context.explanation.settled_by if settling.category != undetermined]
    if context.is_emergency or not settled_by:
        return
    say = context.say
    rows = []
    for settling in settled_by:
        answers = [
            context.language.with_label(question.label, _settling_words(question, answer, context))
            for question, answer in (
                (context.rule_set.question[name], answer) for name, answer in settling.answers.items()
            )
        ]
        name = context.rule_set.category[settling.category].name
        rows.append((name[0].upper() + name[1:], context.language.apart(answers)))
    table = Table(
        say("Answers that would settle it"),
        (say("Your answers would fit"), say("if the answers were")),
        tuple(rows),
    )
    yield Part("settled_by", say("What would settle it"), (table, *_cut_short(context, "settled_by")))


def _settling_words(question: Question, answer: Plain, context: SummaryContext) -> str:
    """An answer that would settle something; a number, or a day, is one of many that would."""
    words = answer_in_plain_words(question, answer, context.language)
    return context.say("such as %(number)s", number=words) if question.type in _ONE_OF_MANY else words


_ONE_OF_MANY = (QuestionType.NUMBER, QuestionType.DATE)


def _cut_short(context: SummaryContext, member: str) -> Iterator[Block]:
    """That there may be more, where the search for this ended before everything was tried."""
    if member in context.explanation.cut_short:
        yield Paragraph(context.say("There may be more: not every answer was tried."))


def answer_in_plain_words(question: Question, answer: Plain, language: Language) -> str:
    """An answer that nobody gave but that would settle something, or shows something, in words."""
    if isinstance(answer, frozenset):
        ticked = [option for option in question.options if option.code in answer]
        chosen = ticked or [option for option in question.options if option.exclusive]
        return language.apart(option.repeat or option.text for option in chosen) or language.gettext("none of these")
    if isinstance(answer, DayRange):
        return language.partial_date(as_partial(answer))
    option = question.option.get(answer) if isinstance(answer, str) else None
    if option:
        return option.repeat or option.text
    if question.type is QuestionType.TEXT:
        return language.gettext("whatever is written")
    if isinstance(answer, Bound):
        return bound_text(answer)
    return str(answer) if question.type is QuestionType.NUMBER else ""


# --- the guide's sections ------------------------------------------------------------------------


def _guide_sections(context: SummaryContext) -> Iterator[Part]:
    """The guide's sections as equal cards, those that may be about the person marked; no order, no ladder.

    Where nothing is known none is marked: that each of them is still possible is for whoever can tell which.
    """
    if context.category.overrides:
        return
    mark = context.say("Your answers are like this part") if not context.outcome.kind else context.say("Possible")
    marked = frozenset[str]() if context.outcome.kind is Kind.NOTHING_KNOWN else context.outcome.possible
    cards = tuple(
        SectionCard(category.name, category.id in marked, mark, category.article)
        for category in reversed(context.rule_set.categories)
        if category.passage
    )
    if cards:
        yield Part("guide_sections", context.say("The parts of the guide"), cards)
