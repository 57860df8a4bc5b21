"""What can occur: every category, ground, note, question and option, each with an answer set that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import z3

from screening.analysis.solver.encoding import Choice, Several
from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.query import Query
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.witness import Answers
from screening.ruleset.formulas.algebra import Formula, all_of, any_of, negation
from screening.ruleset.model.rule_set import Rule


@dataclass(frozen=True, slots=True)
class Target:
    """Something that should be able to occur."""

    what: str
    """category, ground, fails (the ground can fail to hold), decides (it alone makes its category possible), note,
    question, option or effect."""
    name: str


class Queries(Iterable[Query]):
    """Questions to the solver, written when they are asked."""

    def __init__(self, written: Callable[[], Iterable[Query]]) -> None:
        self._written = written

    def __iter__(self) -> Iterator[Query]:
        """Each of them."""
        return iter(self._written())


def targets(model: RuleModel) -> Iterator[tuple[Target, Queries]]:
    """Every target with the questions to the solver, of which one must have an answer. All parts count as on."""
    formulas = model.formulas

    def asking(formula: Callable[[], Formula]) -> Queries:
        return Queries(lambda: [Query(model, (model.parts_on, model.printed(formula())))])

    for name in formulas.category:
        yield Target("category", name), asking(partial(formulas.category.__getitem__, name))
    for rule in model.rule_set.rules:
        for ground in rule.grounds:
            yield Target("ground", ground.id), asking(partial(formulas.holding.__getitem__, ground.id))
            yield Target("fails", ground.id), asking(partial(_fails, model, ground.id))
            yield Target("decides", ground.id), asking(partial(_decides, model, rule, ground.id))
    for note in formulas.notes:
        yield Target("note", note), asking(partial(formulas.notes.__getitem__, note))
    for name in model.encoding.given:
        yield Target("question", name), asking(partial(formulas.asked, name))
        for option, chosen in _options(model, name):
            yield Target("option", f"{name}.{option}"), Queries(partial(_chosen, model, name, chosen))
        yield Target("effect", name), Queries(partial(_effects, model, name))


def _options(model: RuleModel, name: str) -> Iterable[tuple[str, z3.BoolRef]]:
    given = model.encoding.given[name]
    return given.options.items() if isinstance(given, Choice | Several) else ()


def _chosen(model: RuleModel, name: str, chosen: z3.BoolRef) -> Iterator[Query]:
    """Where a question is asked and an option is its answer."""
    yield Query(model, (model.parts_on, model.printed(model.formulas.asked(name)), chosen))


def _fails(model: RuleModel, ground: str) -> Formula:
    """Where all is settled and a ground does not hold."""
    return all_of(model.formulas.settled, negation(model.formulas.holding[ground]))


def _decides(model: RuleModel, rule: Rule, ground: str) -> Formula:
    """Where a ground is the only one of its category that holds, and the category is possible."""
    formulas = model.formulas
    others = (formulas.holding[sibling.id] for sibling in rule.grounds if sibling.id != ground)
    return all_of(formulas.holding[ground], formulas.possible[rule.category], negation(any_of(*others)))


def _effects(model: RuleModel, name: str) -> Iterator[Query]:
    """Pairs of answer sets that differ in one answer alone and in what is possible, or else in a note."""
    change = model.variable_names(name)
    for formulas in (model.formulas.possible, model.formulas.notes):
        yield Query(model, (model.parts_on, model.differs(formulas.values(), change)), change)


def shows(target: Target, judge: Judge, answers: Answers, changed: Answers) -> bool:
    """Whether the engine agrees that an answer set (or pair) shows the target."""
    outcome = judge.outcome(answers)
    match target.what:
        case "category":
            return outcome.category == target.name
        case "ground":
            return target.name in outcome.grounds
        case "fails":
            return target.name not in outcome.grounds
        case "decides":
            category = judge.rule_set.category_of[target.name]
            own = [ground for ground in outcome.grounds if judge.rule_set.category_of[ground] == category]
            return category in outcome.possible and own == [target.name]
        case "note":
            return target.name in outcome.notes
        case "question":
            return target.name in outcome.asked
        case "option":
            name, code = target.name.split(".")
            answer = answers.get(name)
            chosen = answer == code or (isinstance(answer, frozenset) and code in answer)
            return chosen and name in outcome.asked
        case _:
            other = judge.outcome(changed)
            return (outcome.category, outcome.possible, outcome.notes) != (other.category, other.possible, other.notes)
