"""The first page for a doctor, read in twenty seconds: what was said, conflicts, the match, numbers, what is asked.

It speaks in the third person, by the words of the rule file's `doctor_paper`. What the person was told stands on the
next page, in the words in which they were told it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screening.ruleset.model.notes import Note, NoteKind
from screening.wording.document.blocks import Items, Lines, Paragraph, Part, Subheading
from screening.wording.document.paper_blocks import Statement, Statements
from screening.wording.summary.context import SummaryContext
from screening.wording.summary.doctor_numbers import numbers_part
from screening.wording.summary.doctor_words import DoctorWords, capital
from screening.wording.summary.left_open import left_open_names
from screening.wording.summary.matched import emergency_speed

_MOST_ASKED = 3


def doctor_parts(context: SummaryContext) -> Iterator[Part]:
    """The parts of the first page in their order, and what the person was told."""
    words = DoctorWords(context)
    yield Part("doctor_said", "", (Statements(tuple(words.statements())),))
    yield from _help(words)
    yield from _conflicts(words)
    yield _match(words)
    yield from numbers_part(words)
    yield from _asked(words)
    yield from _open(words)
    yield from _fill_in(words)
    yield from _told(context)


def _help(words: DoctorWords) -> Iterator[Part]:
    """That help is or may be needed at once, and what the person was told to do."""
    context = words.context
    if not context.may_be_emergency:
        return
    say = context.say
    told = context.language.with_label(say("Told by the page"), f"“{emergency_speed(context).title}”")
    if context.is_emergency:
        reasons = [_ground_text(words, ground.id) for ground in context.holding]
        title = say("Help is needed")
    else:
        urgent = (category.id for category in context.rule_set.categories if category.tone == "urgent")
        open_reasons = context.language.apart(_open_reasons(words, urgent))
        reasons = [context.language.with_label(say("To be asked at once"), open_reasons)] if open_reasons else []
        title = say("Help may be needed")
    text = context.language.sentence(capital(context.language.apart([*reasons, told])))
    yield Part("doctor_help", title, (Paragraph(text),), tone="urgent")


def _open_reasons(words: DoctorWords, categories: Iterable[str]) -> list[str]:
    """What is open about these categories, in clinical words where the paper has them; each once."""
    context = words.context
    names = [name for category in categories for name in context.outcome.open_grounds.get(category, ())]
    texts = [words.paper.ground.get(name) or context.rule_set.ground[name].open for name in names]
    return list(dict.fromkeys(words.fill(text) for text in texts if text))


def _ground_text(words: DoctorWords, name: str) -> str:
    """A ground in clinical words; where it has none, in those in which the person reads it."""
    clinical = words.paper.ground.get(name)
    return words.fill(clinical or words.language.clause(words.context.rule_set.ground[name].because))


def _conflicts(words: DoctorWords) -> Iterator[Part]:
    """What stands against what, each once; nothing where nothing does."""
    context = words.context
    notes = [context.rule_set.note[name] for name in context.outcome.notes]
    texts = [_note_text(words, note) for note in notes if note.kind is NoteKind.CONFLICT]
    texts += _disagreements(words)
    if texts:
        items = Items(tuple(capital(text) for text in dict.fromkeys(texts)))
        yield Part("doctor_conflicts", context.say("Conflicts"), (items,), tone="conflict")


def _disagreements(words: DoctorWords) -> list[str]:
    """The answers that do not fit together, both sides of each pair; without a pair those that it is about."""
    context = words.context
    if context.is_emergency:
        return []
    pairs = {(pair.against, pair.speaking_for) for pair in context.explanation.disagreements if pair.speaking_for}
    if pairs:
        sides = ((words.answers_of(one), words.answers_of(other)) for one, other in sorted(pairs))
        return [context.say("%(one)s against %(other)s", one=one, other=other) for one, other in sides]
    alone = [pair.against for pair in context.explanation.disagreements if pair.against]
    return [context.say("No section accounts for: %(answers)s.", answers=words.answers_of(alone[0]))] if alone else []


def _note_text(words: DoctorWords, note: Note) -> str:
    return words.fill(words.paper.note.get(note.id) or note.text)


def _match(words: DoctorWords) -> Part:
    """Which section was matched and by what; that nothing is in conflict; what the person was told to do."""
    context = words.context
    say, language = context.say, context.language
    statements = [Statement(language.sentence(_matched(words)), strong=True)]
    reasons = [_ground_text(words, ground.id) for ground in context.holding]
    if reasons and not context.is_emergency:
        statements.append(Statement(language.sentence(language.with_label(say("Because of"), language.apart(reasons)))))
    if left_open := words.answers_of(left_open_names(context)):
        statements.append(
            Statement(language.sentence(language.with_label(say("More than one, because of"), left_open)))
        )
    if underlying := context.outcome.underlying:
        name = context.rule_set.category[underlying.category].name
        statements.append(Statement(say("But for this situation the answers fit: %(name)s.", name=name)))
    actions = [note.id for note in context.told_notes if note.kind is NoteKind.ACTION and note.id in words.paper.note]
    told = [words.fill(words.paper.note[name]) for name in actions]
    if told:
        statements.append(
            Statement(language.sentence(language.with_label(say("Told by the page"), language.apart(told))))
        )
    return Part("doctor_match", "", (Statements(tuple(statements)),))


def _matched(words: DoctorWords) -> str:
    context = words.context
    say, language = context.say, context.language
    if context.outcome.kind is None:
        label = say("Matched with the guide's section") if context.category.passage else say("Result")
        return language.with_label(label, context.category.name)
    undetermined = context.rule_set.undetermined.category
    possible = [category for category in context.rule_set.categories if category.id in context.outcome.possible]
    names = [category.name for category in possible if category.id != undetermined]
    if not names:
        return say("Not matched with a section of the guide")
    return language.with_label(say("Not matched with one section; still possible"), language.apart(names))


def _asked(words: DoctorWords) -> Iterator[Part]:
    context = words.context
    questions = [item for block in context.tell_as_items(context.category.ask_doctor) for item in block.items]
    if questions:
        items = Items(tuple(questions[:_MOST_ASKED]), ordered=True)
        yield Part("doctor_asked", context.say("The person asks"), (items,))


def _open(words: DoctorWords) -> Iterator[Part]:
    """What could still change the match, and what else was asked and not answered; each question once."""
    context = words.context
    say, language = context.say, context.language
    items: list[str] = []
    missing = () if context.is_emergency else context.explanation.missing
    if missing:
        items.append(language.with_label(say("Could still change the match"), words.labels_of(missing)))
    named = {*missing, *context.input.answers}
    asked = [question.id for question in context.rule_set.questions if question.id in context.outcome.asked]
    if left := [name for name in asked if name not in named]:
        label = say("Also not answered") if missing else say("Asked, not answered")
        items.append(language.with_label(label, words.labels_of(left)))
    if context.outcome.ignored:
        items.append(
            language.with_label(say("Answered before, not asked any more"), words.labels_of(context.outcome.ignored))
        )
    if items or not context.is_emergency:
        nothing = Paragraph(say("Nothing that could change the match."))
        yield Part("doctor_open", say("Still open"), (Items(tuple(items)) if items else nothing,))


def _fill_in(words: DoctorWords) -> Iterator[Part]:
    context = words.context
    blocks = context.tell_as_items(words.paper.fill_in)
    lines = tuple(item for block in blocks for item in block.items) or context.rule_set.tick_sheet
    if lines:
        yield Part("doctor_fill_in", context.say("To fill in, for the person to take home"), (Lines(lines),))


def _told(context: SummaryContext) -> Iterator[Part]:
    """What the person was told, as they were told it: notes, then next steps."""
    say = context.say
    texts = [context.fill(note.text) for note in context.told_notes]
    steps = [item for block in context.tell_as_items(context.next_steps) for item in block.items]
    blocks: list[Items | Subheading] = []
    if texts:
        blocks.append(Items(tuple(texts)))
    if steps:
        blocks += [Subheading(say("What to do next")), Items(tuple(steps), ordered=True)]
    if blocks:
        yield Part("doctor_told", say("What the person was told"), tuple(blocks))
