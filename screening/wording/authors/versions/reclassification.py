"""What moves between two rule sets in words: from where to where, shown by which answers, up to which numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from screening.analysis.comparison.regions import MOST_TELLING, Share
from screening.analysis.comparison.rule_sets import Comparison, Move
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import TODAY, day_in
from screening.ruleset.model.questions import Question
from screening.wording.authors.judged_day import today_in_words
from screening.wording.authors.outline import Line
from screening.wording.authors.undecided import why_undecided
from screening.wording.authors.versions.answer_ranges import answer_range, number_text
from screening.wording.authors.versions.pair import Pair
from screening.wording.language.languages import Language
from screening.wording.summary.quoted_answers import answer_in_plain_words


def move_lines(comparison: Comparison, pair: Pair) -> Iterator[Line]:
    """Every pair with its answers; or that nothing moves, and how that is known."""
    say = pair.language.gettext
    if comparison.identical:
        yield Line(say("Nothing moves: the questions and conditions that decide are the same, word for word."))
        return
    if comparison.disjoint:
        yield Line(say("No answer set is accepted by both forms, so there is nothing to compare."))
        return
    if comparison.nothing_moves:
        yield Line(say("Nothing moves: proved for every answer set of exact numbers that both forms accept."))
    yield from _settled_lines(comparison, pair)
    yield from _open_lines(comparison, pair)
    if comparison.undecided:
        yield Line(
            say(
                "NOT ALL WAS DECIDED: %(reason)s. What is not listed is not proved.",
                reason=why_undecided(comparison.undecided, pair.language),
            )
        )
    if pair.old.has_dates or pair.new.has_dates:
        yield Line(say("Dates are gone through to the day, whatever day today is; months and years as dates are not."))
    yield Line(
        say(
            "Searched with any parts on and off. A question that one form alone asks may have any answer; an answer "
            "that one form does not offer is left out. %(seconds).1f s.",
            seconds=comparison.seconds,
        )
    )


def _settled_lines(comparison: Comparison, pair: Pair) -> Iterator[Line]:
    settled = [move for move in comparison.moves if move.is_settled]
    if not settled:
        return
    message = pair.language.ngettext(
        "From one category to another: %(number)s pair can happen, and no other.",
        "From one category to another: %(number)s pairs can happen, and no other.",
        len(settled),
    )
    if comparison.undecided:
        message = pair.language.gettext("From one category to another, as far as found:")
    yield Line(message)
    for move in settled:
        yield Line(f"{pair.categories(move.before)} -> {pair.categories(move.after)}", 1)
        yield from _shown_by(move, pair)


def _open_lines(comparison: Comparison, pair: Pair) -> Iterator[Line]:
    """Pairs of possible sets, together where the same is lost and gained."""
    say = pair.language.gettext
    groups: dict[tuple[frozenset[str], frozenset[str]], list[Move]] = {}
    for move in comparison.moves:
        if not move.is_settled:
            groups.setdefault((move.before - move.after, move.after - move.before), []).append(move)
    if not groups:
        return
    count = sum(map(len, groups.values()))
    yield Line(
        pair.language.ngettext(
            "While answers are open: %(number)s pair of possible sets can happen.",
            "While answers are open: %(number)s pairs of possible sets can happen.",
            count,
        )
    )
    if comparison.capped:
        yield Line(say("The search stopped there: there are more."), 1)
    for (lost, gained), moves in groups.items():
        yield Line(
            say(
                "No longer possible: %(lost)s. Newly possible: %(gained)s.",
                lost=pair.categories(lost),
                gained=pair.categories(gained),
            ),
            1,
        )
        for move in moves:
            before, after = " | ".join(_ids(move.before, pair)), " | ".join(_ids(move.after, pair))
            yield Line(f"{{{before}}} -> {{{after}}}", 2)
            yield from _shown_by(move, pair, 3)


def _ids(names: Iterable[str], pair: Pair) -> list[str]:
    return [
        category
        for category in [*pair.new.category, *(pair.old.category.keys() - pair.new.category)]
        if category in set(names)
    ]


def move_sentence(move: Move, pair: Pair) -> str:
    """One answer set that moves: each answer that is not ordinary, as it would be given."""
    telling = [_said(name, answer, pair, _answer) for name, answer in move.answers.items() if name not in move.ordinary]
    return "; ".join(telling) or pair.language.gettext("nothing in particular")


def each_alone(move: Move, pair: Pair) -> str:
    """How far each number of that answer set may go while all the other answers stay; empty where none may."""
    wide = [
        boundary
        for boundary in move.boundaries
        if boundary.least != boundary.most and boundary.question not in move.ordinary
    ]
    return "; ".join(
        f"{pair.question(reach.question).label}: {answer_range(pair.question(reach.question), reach, pair.language)}"
        for reach in wide
    )


def shown_by(move: Move, pair: Pair) -> str:
    """The answer set that moves, and how far its numbers may go, in one text."""
    ranges = each_alone(move, pair)
    note = pair.language.gettext("The same, each alone and all else as shown: %(ranges)s.", ranges=ranges)
    return pair.language.sentences((f"{move_sentence(move, pair)}.", note)) if ranges else move_sentence(move, pair)


def _shown_by(move: Move, pair: Pair, level: int = 2) -> Iterator[Line]:
    say = pair.language.gettext
    yield Line(say("Shown by: %(answers)s.", answers=move_sentence(move, pair)), level)
    if ranges := each_alone(move, pair):
        yield Line(say("The same, each alone and all else as shown: %(ranges)s.", ranges=ranges), level)
    if move.parts_off:
        yield Line(say("Only with these parts off: %(names)s.", names=", ".join(sorted(move.parts_off))), level)
    labels = ", ".join(pair.question(name).label for name in move.ordinary)
    if move.ordinary and move.is_settled:
        yield Line(say("Nothing out of the ordinary in: %(labels)s.", labels=labels), level)
    left_open = [
        question.label for question in pair.new.questions if question.strict and question.id not in move.answers
    ]
    if left_open:
        yield Line(say("Open: %(labels)s; the others have ordinary answers.", labels=", ".join(left_open)), level)


def _answer(question: Question, answer: Plain, language: Language) -> str:
    if not isinstance(answer, Decimal):
        return answer_in_plain_words(question, answer, language)
    unit = question.stored_unit
    number = number_text(answer, unit.decimals, language)
    return language.gettext("%(number)s %(unit)s", number=number, unit=unit.counted)


def share_line(share: Share, language: Language) -> Line:
    """The share of regions, and that it is none of people."""
    if not share.moved:
        return Line(
            language.gettext(
                "None of %(drawn)s answer sets drawn moves, though there is a move. Drawn were ordinary answer sets "
                "with up to %(most)s answers out of the ordinary, each evenly over the regions that the rules tell "
                "apart; what needs several certain answers at once is seldom among them. This is a share of regions, "
                "not of people.",
                drawn=share.drawn,
                most=MOST_TELLING,
            )
        )
    return Line(
        language.gettext(
            "Of %(drawn)s answer sets drawn evenly over the regions that the rules tell apart, with up to %(most)s "
            "answers out of the ordinary, %(moved)s (%(percent).2f %%) move, %(settled)s of them from one category to "
            "another. This is a share of regions, not of people.",
            drawn=share.drawn,
            most=MOST_TELLING,
            moved=share.moved,
            percent=100 * share.moved / share.drawn,
            settled=share.settled,
        )
    )


def answers_in_words(answers: Mapping[str, Plain], pair: Pair) -> str:
    """An answer set in one line."""
    return "; ".join(_said(name, answer, pair, answer_in_plain_words) for name, answer in answers.items())


def _said(name: str, answer: Plain, pair: Pair, words: Callable[[Question, Plain, Language], str]) -> str:
    """One answer behind its label; or the day that is today."""
    if name == TODAY:
        return today_in_words(day_in({TODAY: answer}), pair.language)
    return f"{pair.question(name).label}: {words(pair.question(name), answer, pair.language)}"
