"""A proof in words: what holds, and for what does not, a smallest answer set and what the person would have seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.analysis.proof.reachability import Target
from screening.analysis.proof.verdicts import Example, Proof, Reach, Verdict
from screening.analysis.solver.undecided import UndecidedError
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.state import UNREVIEWED
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import TODAY, day_in
from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.parts import grounds
from screening.ruleset.model.text_places import text_places
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.raw_plain import raw_plain
from screening.wording.authors.judged_day import today_in_words
from screening.wording.authors.undecided import why_undecided
from screening.wording.language.languages import N_, Language
from screening.wording.summary.context import SummaryInput
from screening.wording.summary.quoted_answers import answer_in_plain_words
from screening.wording.summary.result import result_document

_TARGETS: Mapping[str, str] = {
    "category": N_("the category %(name)s can never be given"),
    "ground": N_("FAILS  the ground %(name)s can never hold. Correct its condition, or remove it"),
    "fails": N_("FAILS  the ground %(name)s always holds. Correct its condition, or remove it"),
    "decides": N_("the ground %(name)s never makes a difference: others hold wherever it does. Remove it"),
    "note": N_("the note %(name)s can never be added"),
    "question": N_("the question %(name)s is never asked"),
    "option": N_("the option %(name)s can never be chosen"),
    "effect": N_("the question %(name)s changes nothing: no category, no possible category, no note"),
}
_UNDECIDED_TARGETS: Mapping[str, str] = {
    "category": N_("whether the category %(name)s can be given"),
    "ground": N_("whether the ground %(name)s can hold"),
    "decides": N_("whether the ground %(name)s ever makes a difference"),
    "note": N_("whether the note %(name)s can be added"),
    "question": N_("whether the question %(name)s is ever asked"),
    "option": N_("whether the option %(name)s can be chosen"),
    "effect": N_("whether the question %(name)s changes anything"),
}


def proof_lines(proof: Proof, rules: LoadedRules, language: Language) -> Iterator[str]:
    """The whole proof, line by line."""
    say = language.gettext
    guarantees = {guarantee.id: guarantee for guarantee in rules.rule_set.guarantees}
    for verdict in proof.verdicts:
        yield from _verdict(verdict, guarantees[verdict.guarantee], rules, language)
    for reach in proof.reached:
        if reach.is_impossible:
            yield "  " + say(_TARGETS[reach.target.what], name=reach.target.name)
            if reach.of_bounds:
                yield "    " + _only_of_exact(reach.of_bounds, language)
    for reach in proof.reached:
        if reach.undecided:
            yield "  " + _undecided_target(reach.target, reach.undecided, language)
    yield ""
    yield from _summary(proof, language, has_dates=rules.rule_set.has_dates)


def _verdict(verdict: Verdict, guarantee: Guarantee, rules: LoadedRules, language: Language) -> Iterator[str]:
    say = language.gettext
    line = rules.line(("guarantees", rules.rule_set.guarantees.index(guarantee)))
    if verdict.holds and not verdict.needless_exception:
        yield say(
            "holds  %(seconds)6.3f s  %(name)s: %(text)s",
            seconds=verdict.seconds,
            name=guarantee.id,
            text=guarantee.text,
        )
        if verdict.of_bounds:
            yield "  " + _only_of_exact(verdict.of_bounds, language)
        return
    if verdict.undecided:
        yield say(
            "UNDECIDED  %(seconds)6.3f s  %(name)s: %(text)s",
            seconds=verdict.seconds,
            name=guarantee.id,
            text=guarantee.text,
        )
        yield "  " + say("The guarantee stands in line %(line)s.", line=line)
        yield "  " + say("Neither proved nor broken: %(reason)s.", reason=_reason(verdict.undecided, language))
        return
    yield say(
        "FAILS  %(seconds)6.3f s  %(name)s: %(text)s", seconds=verdict.seconds, name=guarantee.id, text=guarantee.text
    )
    yield "  " + say("The guarantee stands in line %(line)s.", line=line)
    if verdict.needless_exception:
        yield "  " + say("It holds without its exception too. Remove `except_when`.")
    if verdict.example:
        yield from _example_lines(verdict.example, rules, language)


def _only_of_exact(undecided: UndecidedError, language: Language) -> str:
    reason = _reason(undecided, language)
    return language.gettext(
        'Of exact numbers; of bounds, such as "<0.5", nothing was decided: %(reason)s.', reason=reason
    )


def _undecided_target(target: Target, undecided: UndecidedError, language: Language) -> str:
    what = language.gettext(_UNDECIDED_TARGETS[target.what], name=target.name)
    reason = _reason(undecided, language)
    return language.gettext("UNDECIDED  %(what)s: %(reason)s", what=what, reason=reason)


def _reason(undecided: UndecidedError, language: Language) -> str:
    """Why something was not decided, and with which numbers it works."""
    why = why_undecided([undecided.reason], language)
    if not undecided.questions:
        return why
    names = ", ".join(undecided.questions)
    return language.gettext("%(why)s (it works with the numbers of %(names)s)", why=why, names=names)


def _example_lines(example: Example, rules: LoadedRules, language: Language) -> Iterator[str]:
    """A smallest answer set, what came of it, and the lines of the grounds that hold."""
    say = language.gettext
    yield "  " + say("The smallest answer set found that breaks it; the engine gives the same:")
    for name in rules.rule_set.question:
        before = example.answers.get(name)
        after = before if example.changed is None else example.changed.get(name)
        if before is not None or after is not None:
            yield "    " + _answer(name, before, after, rules, language)
    if TODAY in example.answers:
        yield "    " + today_in_words(day_in(example.answers), language)
    for name in example.answers.keys() - rules.rule_set.question.keys() - {TODAY}:
        result = (str(given.get(name) or say("not known")) for given in (example.answers, example.changed or {}))
        yield f"    {name}: {' -> '.join(result)}"
    if example.parts_off:
        yield "    " + say("With these parts off: %(names)s", names=", ".join(sorted(example.parts_off)))
    for answers in (example.answers, example.changed):
        if answers is not None:
            yield from _seen(answers, example.parts_off, rules, language)
    lines = {place.id: rules.line(place.path) for place in text_places(rules.rule_set)}
    for name in example.texts:
        yield "    " + say("line %(line)s: the text %(name)s is told", line=lines[name], name=name)


def _answer(name: str, before: Plain, after: Plain, rules: LoadedRules, language: Language) -> str:
    question = rules.rule_set.question[name]

    def word(plain: Plain) -> str:
        return answer_in_plain_words(question, plain, language) if plain is not None else language.gettext("not known")

    return f"{name}: {word(before)}" if before == after else f"{name}: {word(before)} -> {word(after)}"


def _seen(
    answers: Mapping[str, Plain], parts_off: frozenset[str], rules: LoadedRules, language: Language
) -> Iterator[str]:
    say = language.gettext
    outcome = Engine(rules.rule_set, parts_off, rules.engine.plan).evaluate(answers)
    yield "  " + say(
        "Gives %(category)s. The person would read: %(heading)s",
        category=outcome.category,
        heading=_heading(answers, rules, language),
    )
    lines = {ground.id: rules.line(path) for ground, path in grounds(rules.rule_set)}
    for name in outcome.grounds:
        yield "    " + say("line %(line)s: the ground %(name)s holds", line=lines[name], name=name)


def _heading(answers: Mapping[str, Plain], rules: LoadedRules, language: Language) -> str:
    questions = rules.rule_set.question
    given = {
        name: read_answer(questions[name], raw_plain(questions[name], given_answer))
        for name, given_answer in answers.items()
        if name in questions
    }
    return result_document(SummaryInput(rules, given, language, day_in(answers), UNREVIEWED)).heading


def _summary(proof: Proof, language: Language, *, has_dates: bool) -> Iterator[str]:
    say = language.gettext
    kept = sum(verdict.holds for verdict in proof.verdicts)
    exact = [verdict.guarantee for verdict in proof.verdicts if verdict.holds and verdict.of_bounds]
    reached = sum(reach.example is not None for reach in proof.reached)
    of_which = say(
        "for every answer set that the form accepts; but %(exact)s of them for those of exact numbers alone",
        exact=len(exact),
    )
    yield say(
        "%(kept)s of %(all)s guarantees kept, %(of_which)s; "
        "%(reached)s of %(targets)s things that should be able to occur can. %(seconds).1f s.",
        kept=kept,
        all=len(proof.verdicts),
        of_which=of_which if exact else say("for every answer set that the form accepts"),
        reached=reached,
        targets=len(proof.reached),
        seconds=proof.seconds,
    )
    yield say(
        "Proved over the categories that are possible with each answer set, settled or open, with every way of being "
        "asked and with parts on and off; numbers are all real ones in range, unless only whole ones are read, and the "
        'bounds at them, such as "<0.5".'
    )
    if has_dates:
        yield say("Dates are gone through to the day, whatever day today is; months and years as dates are not.")
    if exact:
        yield say("Kept of answer sets of exact numbers alone: %(names)s.", names=", ".join(exact))
    if proof.approximated:
        yield say(
            "Products, quotients or roots of answers: %(names)s. Bounds were tried first, then exact equations.",
            names=", ".join(proof.approximated),
        )
    if proof.undecided:
        yield say("Not all was decided, so there is no receipt. More time may help: --seconds.")
    yield say("This does not show that the thresholds are right, or that people answer truly.")


def witness_case(reach: Reach, rules: LoadedRules) -> dict[str, object] | None:
    """A case that shows a target, as data for a case file; None for an effect, which takes two answer sets."""
    if reach.example is None or reach.example.changed is not None:
        return None
    outcome = rules.engine.evaluate(reach.example.answers)
    questions = rules.rule_set.question
    case: dict[str, object] = {
        "name": f"Shows that the {reach.target.what} {reach.target.name} can occur",
        "answers": {
            name: raw_plain(questions[name], answer)
            for name, answer in reach.example.answers.items()
            if name in questions
        },
        "category": outcome.category,
    }
    if rules.rule_set.has_dates:
        case[TODAY] = day_in(reach.example.answers).isoformat()
    if len(outcome.possible) > 1:
        case["possible"] = [category.id for category in rules.rule_set.categories if category.id in outcome.possible]
    if outcome.underlying:
        case["underlying"] = outcome.underlying.category
    if reach.target.what in ("ground", "decides"):
        case["grounds"] = [reach.target.name]
    if reach.target.what == "note":
        case["notes"] = [reach.target.name]
    return case
