"""The first page, and what stands behind it: each judgement call, and who moves if it is made otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screening.ruleset.engine.judgements import Judged, Judgement, Variation, Way, judgements
from screening.ruleset.model.notes import Note
from screening.ruleset.model.number_scales import NumberScale
from screening.ruleset.model.papers import DoctorScale
from screening.ruleset.model.questions import Option
from screening.ruleset.model.rule_set import Ground, Value
from screening.wording.book.findings import Chapters, MovedPair, TriedVariation
from screening.wording.document.blocks import Block, Lines, Paragraph, Part, Subheading, Table
from screening.wording.document.expressions import Expressions


def judgement_calls(book: Chapters) -> Part:
    """Every judgement call, where it stands and who moves."""
    say = book.say
    calls = list(judgements(book.input.rules.rule_set))
    columns = (
        say("Judgement call"),
        say("What a clinician must confirm"),
        say("Who moves if I change it"),
        say("Sources"),
    )
    rows = tuple((_about(call, book), call.about.judgement, _who_moves(call, book), "") for call in calls)
    sources = tuple(book.citations.cite(_sources(call.about)) for call in calls)
    count = book.input.language.ngettext(
        "%(number)s judgement is marked “review: needed”. Each one is for a clinician to confirm or to change.",
        "%(number)s judgements are marked “review: needed”. Each one is for a clinician to confirm or to change.",
        len(calls),
    )
    return Part("judgements", say("Judgement calls to confirm"), (Paragraph(count), Table("", columns, rows, sources)))


def signature(book: Chapters) -> Part:
    """Where a clinician signs."""
    say = book.say
    lead = say(
        "I have read this book of the rule set with the SHA-256 %(hash)s. A change of the rule file voids a signature.",
        hash=book.input.rules.hash,
    )
    lines = (say("Judgements that I would change"), say("Name and registration number"), say("Date and signature"))
    return Part("signature", say("Signature"), (Paragraph(lead), Lines(lines)))


def moves_in_full(book: Chapters) -> Part | None:
    """Every pair that can happen, with a smallest answer set; none where that was not looked for."""
    tried = book.input.tried
    if tried is None:
        return None
    say = book.say
    blocks: list[Block] = [
        Paragraph(
            say(
                "For each change of a judgement: every pair of categories that some answer set moves between, with a "
                "smallest answer set, which both engines confirm. Answers that are not named say nothing that a rule "
                "looks for. Where no answer set moves from one category to another, a pair of possible sets shows what "
                "moves while answers are open. That nothing moves is proved."
            )
        )
    ]
    columns = (say("Change"), say("From"), say("To"), say("A smallest answer set"))
    for judgement in judgements(book.input.rules.rule_set):
        rows = tuple(row for variation in tried.get(judgement.path, ()) for row in _rows(variation, book))
        if rows:
            blocks += [Subheading(_about(judgement, book)), Table(judgement.id, columns, rows)]
    return Part("moves", say("Who moves, in full"), tuple(blocks))


def _rows(tried: TriedVariation, book: Chapters) -> Iterator[tuple[str, ...]]:
    change = _change(tried.variation, book)
    for pair in _telling(tried.pairs):
        yield change, book.categories(pair.before), book.categories(pair.after), pair.shown_by
    if tried.undecided:
        yield change, "–", "–", book.say("Not all was decided: %(reason)s.", reason=tried.undecided)
    elif not tried.pairs:
        yield change, "–", "–", book.say("Nothing moves.")


def _telling(pairs: Sequence[MovedPair]) -> Sequence[MovedPair]:
    """Pairs of single categories; sets of possible ones only where there is no such pair."""
    return [pair for pair in pairs if pair.is_settled] or pairs


def _about(judgement: Judgement, book: Chapters) -> str:
    say, about = book.say, judgement.about
    match about:
        case Ground():
            what = say("Ground %(name)s", name=about.id)
        case Value():
            what = say("Value %(name)s", name=about.id)
        case Note():
            what = say("Note %(name)s", name=about.id)
        case Option():
            label = judgement.question.label if judgement.question else ""
            what = say("Option “%(text)s” of %(question)s", text=about.repeat or about.text, question=label)
        case DoctorScale():
            what = say("Scale of %(name)s for a doctor", name=about.id)
        case NumberScale():
            what = say("Scale of %(name)s", name=about.id)
        case _:
            what = say("Speed “%(title)s”", title=about.title)
    return book.name_with_line(what, judgement.path)


def _sources(about: Judged) -> tuple[str, ...]:
    return about.sources if isinstance(about, Ground | Value | Note | NumberScale | DoctorScale) else ()


def _who_moves(judgement: Judgement, book: Chapters) -> str:
    """In short, a line a change; changes of numbers that move nobody together."""
    if isinstance(judgement.about, Ground | Value | Option):
        if book.input.tried is None:
            return book.input.not_tried
        return "\n".join(_in_short(book.input.tried.get(judgement.path, ()), book))
    return book.say("Changes no category.")


def _in_short(tried: Sequence[TriedVariation], book: Chapters) -> Iterator[str]:
    for result in tried:
        change = _change(result.variation, book)
        effects = list(_grouped_pairs(result.pairs, book)) if result.pairs else []
        if result.undecided:
            effects.append(book.say("not all was decided"))
        yield f"{change}: {'; '.join(effects) or book.say('nothing moves')}."


def _grouped_pairs(pairs: Sequence[MovedPair], book: Chapters) -> Iterator[str]:
    """Pairs with the same beginning, or the same end, together; of those with open answers only that there are some."""
    froms: dict[str, list[str]] = {}
    tos: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.is_settled:
            before, after = book.categories(pair.before), book.categories(pair.after)
            froms.setdefault(before, []).append(after)
            tos.setdefault(after, []).append(before)
    any_of = book.input.language.any_of
    groups = (
        [(any_of(before), after) for after, before in tos.items()]
        if len(tos) < len(froms)
        else [(before, any_of(after)) for before, after in froms.items()]
    )
    for one, other in groups:
        yield book.say("from %(before)s to %(after)s", before=one, after=other)
    if not groups:
        yield book.say("no one category to another; with open answers, other categories stay possible")


def _change(variation: Variation, book: Chapters) -> str:
    """What was changed."""
    say = book.say
    match variation.way:
        case Way.LEFT_OUT:
            return say("Left out")
        case Way.NEVER:
            return say("Never true")
        case Way.UNKNOWN:
            return say("Never known")
        case Way.WITHOUT_CONDITION:
            return say("Never set aside")
        case Way.UNREAD:
            return say("Read by no rule")
        case Way.MEANS:
            return say("Counted as “%(option)s”", option=_option(variation, book))
        case Way.THRESHOLD:
            return _threshold(variation, book)


def _option(variation: Variation, book: Chapters) -> str:
    option = book.input.rules.rule_set.question[variation.question].option[variation.option]
    return option.repeat or option.text


def _threshold(variation: Variation, book: Chapters) -> str:
    assert variation.comparison is not None  # noqa: S101 - a changed number has its comparison
    assert variation.number is not None  # noqa: S101 - and what it becomes
    comparison = Expressions(book.input.rules.rule_set, book.input.language).in_words(variation.comparison)
    number = book.input.language.number(variation.number)
    return book.say("“%(comparison)s” with %(number)s", comparison=comparison, number=number)
