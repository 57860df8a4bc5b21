"""The possible categories of an answer set as formulas over its answers alone, with no completion left in them.

A category is possible where some completion gives it. Strict questions have few classes of options, so
that "some completion" is written out: question by question, and only as far as a formula still reads one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import z3

from screening.analysis.solver.encoding import Choice, Several
from screening.analysis.solver.rule_formulas import RuleModel
from screening.ruleset.compiler.option_classes import OptionClasses


@dataclass(frozen=True)
class Way:
    """One class of completions of one question: where an answer allows it, and what it settles."""

    allowed: z3.BoolRef
    settles: tuple[tuple[z3.BoolRef, z3.BoolRef], ...]

    def settled(self, formula: z3.BoolRef) -> z3.BoolRef:
        """What is left of a formula."""
        return z3.simplify(z3.substitute(formula, *self.settles))


@dataclass(frozen=True)
class Step:
    """Every way to complete one question, or one class of several choices."""

    ways: tuple[Way, ...]

    def is_read_by(self, formula: z3.BoolRef) -> bool:
        """Whether a formula reads what is settled here; each way settles the same variables."""
        return not z3.substitute(formula, *self.ways[0].settles).eq(formula)


class Possible:
    """Writes "for some completion" out, for one rule model."""

    def __init__(self, model: RuleModel, classes: tuple[OptionClasses, ...]) -> None:
        self.model = model
        steps = [step for option_class in classes for step in _steps(model, option_class)]
        # what fewest categories read is settled last, so that most formulas are through before
        self._steps = sorted(steps, key=lambda step: -sum(step.is_read_by(each) for each in model.category.values()))
        self._done: dict[tuple[int, int], tuple[z3.BoolRef, z3.BoolRef]] = {}
        """Results by formula and step; the formula is kept too, since z3 gives the id of a forgotten one away."""

    def categories(self) -> Mapping[str, z3.BoolRef]:
        """For each category, where it is possible."""
        return {name: self._some(z3.simplify(holds), 0) for name, holds in self.model.category.items()}

    def _some(self, formula: z3.BoolRef, first: int) -> z3.BoolRef:
        """Where some completion of the questions from this step on makes the formula true."""
        number = next((n for n in range(first, len(self._steps)) if self._steps[n].is_read_by(formula)), None)
        if number is None:
            return formula
        key = (formula.get_id(), number)
        if key not in self._done:
            ways = self._steps[number].ways
            some = z3.Or(*(z3.And(way.allowed, self._some(way.settled(formula), number + 1)) for way in ways))
            self._done[key] = formula, z3.simplify(some)
        return self._done[key][1]


def _steps(model: RuleModel, classes: OptionClasses) -> list[Step]:
    """One step for a choice; for several choices, which are independent, one a class."""
    name = classes.question.id
    settled = model.encoding.settled[name].options
    counted = model.formulas.counted(name)
    if isinstance(counted, Several):
        return [_ticked_or_not(option_class, settled, counted) for option_class in classes.classes]
    assert isinstance(counted, Choice)  # noqa: S101 - numbers cannot be strict
    meant = {option.code: option.leaves_open or (option.code,) for option in classes.question.options}
    return [Step(tuple(_chosen(option_class, settled, counted, meant) for option_class in classes.classes))]


def _ticked_or_not(codes: tuple[str, ...], settled: Mapping[str, z3.BoolRef], counted: Several) -> Step:
    ticked = [counted.options[code] for code in codes]
    yes = tuple((settled[code], z3.BoolVal(code == codes[0])) for code in codes)
    no = tuple((settled[code], z3.BoolVal(False)) for code in codes)  # noqa: FBT003 - z3's own signature
    return Step((Way(z3.Or(counted.unsure, *ticked), yes), Way(z3.Not(z3.Or(*ticked)), no)))


def _chosen(
    codes: tuple[str, ...],
    settled: Mapping[str, z3.BoolRef],
    counted: Choice,
    meant: Mapping[str, tuple[str, ...]],
) -> Way:
    """A class of a choice: allowed where no option was chosen that excludes every option of it."""
    against = [counted.options[option] for option, left in meant.items() if not set(left) & set(codes)]
    settles = tuple((each, z3.BoolVal(code == codes[0])) for code, each in settled.items())
    return Way(z3.Not(z3.Or(*against)), settles)
