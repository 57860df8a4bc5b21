"""What can occur: every category, ground, note, question and option, each with an answer set that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import z3

from screening.analysis.solver.encoding import Choice, Several
from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.query import Query
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.witness import Answers


@dataclass(frozen=True, slots=True)
class Target:
    """Something that should be able to occur."""

    what: str
    """category, ground, fails (the ground can fail to hold), decides (it alone makes its category possible), note,
    question, option or effect."""
    name: str


def targets(model: RuleModel) -> Iterator[tuple[Target, Iterable[Query]]]:
    """Every target with the questions to the solver, of which one must have an answer. All parts count as on."""

    def asking(*formulas: z3.BoolRef) -> Query:
        return Query(model, (model.parts_on, *formulas))

    for name, holds in model.category.items():
        several = _several_possible(model) if name == model.rule_set.undetermined.category else ()
        yield Target("category", name), chain([asking(model.all_settled, holds)], several)
    for rule in model.rule_set.rules:
        for ground in rule.grounds:
            yield Target("ground", ground.id), [asking(model.all_settled, model.holding[ground.id])]
            yield Target("fails", ground.id), [asking(model.all_settled, z3.Not(model.holding[ground.id]))]
            others = [z3.Not(model.holding[each.id]) for each in rule.grounds if each is not ground]
            alone = (model.holding[ground.id], model.category[rule.category], *others)
            yield Target("decides", ground.id), [asking(model.all_settled, *alone), asking(*alone)]
    for note, term in model.notes.items():
        extra = (model.all_settled,) if model.speaks_of_outcome(note) else ()
        yield Target("note", note), [asking(*extra, term)]
    for name, given in model.encoding.given.items():
        asked = model.formulas.asked(name)
        yield Target("question", name), [asking(asked)]
        options = given.options if isinstance(given, Choice | Several) else {}
        for code, chosen in options.items():
            yield Target("option", f"{name}.{code}"), [asking(asked, chosen)]
        yield Target("effect", name), _effects(model, name)


def _several_possible(model: RuleModel) -> Iterator[Query]:
    """Answer sets with an open strict answer of which two completions give different categories."""
    for name, settled in model.encoding.settled.items():
        changed = tuple(settled.options.values())
        differs = z3.Or(*(z3.Xor(term, model.primed(term, changed)) for term in model.category.values()))
        yield Query(model, (model.parts_on, model.is_open(name), differs), changed)


def _effects(model: RuleModel, name: str) -> Iterator[Query]:
    """Pairs of answer sets that differ in one answer alone and in their category, or else in a note."""
    changed = tuple(model.variables_of(name))
    settled = (model.parts_on, model.all_settled, model.primed(model.all_settled, changed))
    for terms in (model.category, model.notes):
        differs = z3.Or(*(z3.Xor(term, model.primed(term, changed)) for term in terms.values()))
        yield Query(model, (*settled, differs), changed)


def shows(target: Target, judge: Judge, answers: Answers, changed: Answers) -> bool:
    """Whether the engine agrees that an answer set (or pair) shows the target."""
    outcome = judge.outcome(answers)
    match target.what:
        case "category":
            undetermined = target.name == judge.rule_set.undetermined.category
            return outcome.category == target.name and (undetermined or outcome.possible == {target.name})
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
