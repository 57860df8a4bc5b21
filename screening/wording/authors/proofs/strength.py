"""The strength of cases and guarantees in words, and the case that would catch what they miss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from screening.analysis.strength.measure import Judged, Strength, Telling
from screening.analysis.strength.mutation import Mutant
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.compiler.numbers.thresholds import round_for_display
from screening.ruleset.model.answers import ValueResult
from screening.ruleset.model.dates import TODAY, day_in
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.problem import Path
from screening.ruleset.reading.raw_plain import raw_plain
from screening.wording.authors.judged_day import today_in_words
from screening.wording.authors.undecided import why_undecided
from screening.wording.language.languages import N_, Language
from screening.wording.summary.quoted_answers import answer_in_plain_words

_OPERATORS: Mapping[str, str] = {
    "threshold": N_("a threshold moved by the smallest step"),
    "comparison": N_("a comparison by its neighbour"),
    "connective": N_("and for or"),
    "part_dropped": N_("a part left out"),
    "not_dropped": N_("a not left out"),
    "settling": N_("definitely for possibly"),
    "option_dropped": N_("an option left out"),
    "option_added": N_("an option too many"),
    "branches": N_("branches swapped"),
    "arithmetic": N_("another arithmetic operator"),
    "time_unit": N_("a time counted in another unit"),
    "rounding_dropped": N_("a number no longer rounded"),
    "ground_dropped": N_("a ground left out"),
    "order": N_("two rules swapped"),
    "ask_if_dropped": N_("always asked"),
    "ask_if_negated": N_("asked where it was not"),
    "strictness": N_("strict made lenient"),
    "default": N_("another answer where it is not asked"),
    "leaves_open": N_("one more answer left open"),
}


def strength_lines(strength: Strength, rules: LoadedRules, language: Language) -> Iterator[str]:
    """How many mutants were caught by what, which are equivalent, and each that was missed."""
    say = language.gettext
    judged = strength.judged
    yield say(
        "Strength: %(all)s mutants; %(cases)s caught by a case, %(guarantees)s by a guarantee alone, %(equivalent)s "
        "equivalent, %(missed)s missed.",
        all=len(judged),
        cases=sum(bool(judgement.case) for judgement in judged),
        guarantees=sum(bool(judgement.guarantee) for judgement in judged),
        equivalent=sum(judgement.equivalent for judgement in judged),
        missed=len(strength.missed),
    )
    if rules.rule_set.has_dates:
        yield "  " + say("Dates are gone through to the day, whatever day today is; months and years as dates are not.")
    for judgement in judged:
        if judgement.equivalent:
            equivalent = _mutant_text(strength.mutants[judgement.number], rules, language)
            yield "  " + say("equivalent, by proof: no answer set tells it apart. %(mutant)s", mutant=equivalent)
    for missed in strength.missed:
        yield "  " + say("missed: %(mutant)s", mutant=_mutant_text(strength.mutants[missed.number], rules, language))
        yield from _missed_lines(missed, rules, language)


def _mutant_text(mutant: Mutant, rules: LoadedRules, language: Language) -> str:
    return language.gettext(
        "line %(line)s, %(operator)s: %(before)s -> %(after)s",
        line=rules.line(mutant.path),
        operator=language.gettext(_OPERATORS[mutant.operator]),
        before=mutant.before,
        after=mutant.after or language.gettext("nothing"),
    )


def _missed_lines(judged: Judged, rules: LoadedRules, language: Language) -> Iterator[str]:
    if judged.missed is None:
        yield "    " + language.gettext(
            "Nothing could be decided: %(reason)s.", reason=why_undecided([judged.undecided], language)
        )
        return
    if TODAY in judged.missed:
        yield f"    {today_in_words(day_in(judged.missed), language)}"
    for name, answer in judged.missed.items():
        if name == TODAY:
            continue
        question = rules.rule_set.question[name]
        yield f"    {name}: {answer_in_plain_words(question, answer, language)}"


def telling_cases(strength: Strength, rules: LoadedRules, language: Language) -> list[dict[str, object]]:
    """Cases that together catch all that is missed, each with a name of its own."""
    cases = [_case(telling, rules, language) for telling in strength.telling(rules.engine)]
    seen: Counter[object] = Counter()
    for case in cases:
        seen[case["name"]] += 1
        if seen[case["name"]] > 1:
            case["name"] = f"{case['name']} ({seen[case['name']]})"
    return cases


def _case(telling: Telling, rules: LoadedRules, language: Language) -> dict[str, object]:
    """A case with the outcome of the rules as they are, for a person to confirm; as data for a case file."""
    outcome = rules.engine.evaluate(telling.answers)
    questions = rules.rule_set.question
    case: dict[str, object] = {
        "name": _name(telling.mutant, rules, language),
        "answers": {
            name: raw_plain(questions[name], answer) for name, answer in telling.answers.items() if name != TODAY
        },
        "category": outcome.category,
    }
    if TODAY in telling.answers:
        case[TODAY] = day_in(telling.answers).isoformat()
    if outcome.kind:
        case["kind"] = outcome.kind.value
    if len(outcome.possible) > 1:
        case["possible"] = [category.id for category in rules.rule_set.categories if category.id in outcome.possible]
    if outcome.underlying:
        case["underlying"] = outcome.underlying.category
    return (
        case
        | _name_members("grounds", outcome, telling, rules)
        | _name_members("notes", outcome, telling, rules)
        | _values(outcome, telling, rules)
    )


def _name_members(member: str, outcome: Outcome, telling: Telling, rules: LoadedRules) -> dict[str, object]:
    """The grounds or notes that there are, and those that only mutants have."""
    names = getattr(outcome, member)
    unwanted = {name for other in telling.others for name in getattr(other, member)}.difference(names)
    unwanted_names = [part.id for part in getattr(rules.rule_set, member) if part.id in unwanted]
    return ({member: list(names)} if names else {}) | ({f"not_{member}": unwanted_names} if unwanted_names else {})


def _values(outcome: Outcome, telling: Telling, rules: LoadedRules) -> dict[str, object]:
    """The values that a mutant gives otherwise, as they are shown."""
    values = {
        name: _value(name, value, rules)
        for name, value in outcome.values.items()
        if any(other.values[name] != value for other in telling.others)
    }
    return {"values": values} if values else {}


def _value(name: str, value: ValueResult, rules: LoadedRules) -> object:
    if not isinstance(value, Decimal):
        return "unknown" if value is None else value
    return round_for_display(
        value, rules.rule_set.value[name].decimals, rules.engine.functions.thresholds.get(name, ())
    )


def _name(mutant: Mutant, rules: LoadedRules, language: Language) -> str:
    """A sentence that says which mistake the case catches."""
    say = language.gettext
    where = _where(mutant.path, rules, language)
    if not mutant.after:
        return say("%(where)s is not without: %(before)s", where=where, before=mutant.before)
    return say("%(where)s says %(before)s and not %(after)s", where=where, before=mutant.before, after=mutant.after)


def _where(path: Path, rules: LoadedRules, language: Language) -> str:
    """The question, value, ground or note that a path leads into."""
    say, rule_set = language.gettext, rules.rule_set
    match path:
        case ("pages", int(page), "questions", int(number), *_):
            return say("The question %(name)s", name=rule_set.pages[page].questions[number].id)
        case ("values", int(number), *_):
            return say("The value %(name)s", name=rule_set.values[number].id)
        case ("rules", int(rule), "grounds", int(number), *_):
            return say("The ground %(name)s", name=rule_set.rules[rule].grounds[number].id)
        case ("notes", int(number), *_):
            return say("The note %(name)s", name=rule_set.notes[number].id)
        case ("rules", *_):
            return say("The order of the rules")
        case _:
            return say("What does not fit together")
