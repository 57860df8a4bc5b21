"""Which guarantees of a rule set a new one weakens: removed, said of fewer answer sets, or promising less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

import z3

from screening.analysis.comparison.two_forms import TwoForms, read_by
from screening.analysis.proof.guarantees import may_speak_of
from screening.analysis.proof.prover import KINDS
from screening.analysis.proof.text_guarantees import TEXTS, holds_as_given, speaks_of
from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.minimal import Minimiser
from screening.analysis.solver.session import LINEAR_SECONDS
from screening.analysis.solver.witness import Answers
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.guarantees import Guarantee


class Effect(StrEnum):
    """What became of a guarantee."""

    REMOVED = "removed"
    WEAKENED = "weakened"
    UNCLEAR = "unclear"
    """It changed in a way that no rule here judges: to be compared by hand."""
    ADDED = "added"
    CHANGED = "changed"
    """It changed, and promises as much as before or more."""


LOUD = (Effect.REMOVED, Effect.WEAKENED, Effect.UNCLEAR)
"""What nobody may overlook."""


@dataclass(frozen=True, slots=True)
class GuaranteeChange:
    """One guarantee that is not what it was."""

    id: str
    effect: Effect
    old: Guarantee | None
    new: Guarantee | None
    lost: tuple[str, ...] = ()
    """Members of the guarantee that promise less than before."""
    answers: Answers | None = None
    """An answer set of which the guarantee no longer speaks (or, if it says what can happen, speaks newly)."""


_LESS_IF_SHORTER = (
    "never",
    "unsure",
    "questions",
    "order",
    "changed_from",
    "to",
    "grounds",
    "cited_by",
    "topics",
    "texts",
)
_TEXT = ("text",)


def weakened(old: Engine, new: Engine) -> tuple[GuaranteeChange, ...]:
    """Every guarantee that changed, those to be worried about first."""
    changes = sorted(_changes(old, new), key=lambda change: list(Effect).index(change.effect))
    return tuple(changes)


def _changes(old: Engine, new: Engine) -> Iterator[GuaranteeChange]:
    before = {guarantee.id: guarantee for guarantee in old.rule_set.guarantees}
    after = {guarantee.id: guarantee for guarantee in new.rule_set.guarantees}
    scopes = Scopes(TwoForms(old, new))
    for name, guarantee in before.items():
        if name not in after:
            yield GuaranteeChange(name, Effect.REMOVED, guarantee, None)
        elif change := _change(guarantee, after[name], scopes):
            yield change
    for name, guarantee in after.items():
        if name not in before:
            yield GuaranteeChange(name, Effect.ADDED, None, guarantee)


def _change(old: Guarantee, new: Guarantee, scopes: Scopes) -> GuaranteeChange | None:
    if old.kind != new.kind:
        return GuaranteeChange(old.id, Effect.UNCLEAR, old, new, ("kind",))
    differing = [field.name for field in fields(Guarantee) if getattr(old, field.name) != getattr(new, field.name)]
    compared = [name for name in differing if name not in ("when", "except_when", *_TEXT)]
    lost = [name for name in compared if _is_less(name, old, new)]
    scope = scopes.narrowed(old, new)
    if scope.answers is not None:
        lost += [name for name in ("when", "except_when") if name in differing] or ["when"]
    if lost:
        return GuaranteeChange(old.id, Effect.WEAKENED, old, new, tuple(lost), scope.answers)
    if not scope.decided or any(_is_less(name, new, old) is None for name in compared):
        return GuaranteeChange(old.id, Effect.UNCLEAR, old, new, tuple(compared))
    return GuaranteeChange(old.id, Effect.CHANGED, old, new, tuple(differing)) if differing else None


def _is_less(name: str, old: Guarantee, new: Guarantee) -> bool | None:
    """Whether a member of the new guarantee promises less; None where that is not to be told from the member."""
    before, after = getattr(old, name), getattr(new, name)
    if name == "options":
        return any(not set(codes) <= set(after.get(question, ())) for question, codes in before.items())
    if name in _LESS_IF_SHORTER:
        return not set(before) <= set(after)
    if name == "uncited":
        return not set(after) <= set(before)
    if name == "numbers":
        return any(after.get(country) != number for country, number in before.items())
    if name in ("then", "categories"):
        more_is_less = name == "then" or (old.kind in KINDS and KINDS[old.kind].can_happen)
        smaller, greater = (after, before) if more_is_less else (before, after)
        return not set(smaller) <= set(greater)
    return None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Whether a guarantee speaks of less than before."""

    answers: Answers | None = None
    """An answer set that shows it, as both engines confirm."""
    decided: bool = True


class Scopes:
    """Of which answer sets the guarantees of two rule sets speak: of settled ones, where these stand for all."""

    def __init__(self, forms: TwoForms) -> None:
        self.forms = forms
        self._solver = z3.Solver()
        self._solver.set("timeout", int(LINEAR_SECONDS * 1000))
        self._settled = [model.printed(model.settled) for model in (forms.old, forms.new)]
        self._solver.add(*forms.domain, *forms.parts.values())
        self._minimiser = Minimiser(forms.new.rule_set)

    def narrowed(self, old: Guarantee, new: Guarantee) -> Narrowing:
        """Whether some answer set that the old guarantee speaks of escapes the new one.

        One that says what can happen is weakened the other way: by answer sets in which it newly may.
        """
        if old.kind not in KINDS or not any((old.when, old.except_when, new.when, new.except_when)):
            return Narrowing()
        as_given = old.kind in TEXTS
        scope = speaks_of if as_given else may_speak_of
        before = self.forms.old.printed(scope(self.forms.old, old))
        after = self.forms.new.printed(scope(self.forms.new, new))
        ways = [(self.forms.judges[0], old, before), (self.forms.judges[1], new, after)]
        (judge, inside, is_inside), (other, outside, is_outside) = ways[::-1] if KINDS[old.kind].can_happen else ways
        assignment, decided = self._model(is_inside, z3.Not(is_outside), *(() if as_given else self._settled))

        def shows(answers: Answers, _: Answers) -> bool:
            told = _speaks(judge, inside, read_by(judge.engine, answers))
            return told and not _speaks(other, outside, read_by(other.engine, answers))

        readings = self.forms.readings(assignment) if assignment else ()
        answers = next((reading for reading in readings if shows(reading, reading)), None)
        if answers is None:
            return Narrowing(decided=decided and assignment is None)
        return Narrowing(self._minimiser.smallest(answers, answers, shows)[0])

    def _model(self, *formulas: z3.BoolRef) -> tuple[z3.ModelRef | None, bool]:
        """A model, if there is one, and whether that is certain."""
        self._solver.push()
        self._solver.add(*formulas, *self.forms.bounds_of(formulas))
        answer = self._solver.check()
        assignment = self._solver.model() if answer == z3.sat else None
        self._solver.pop()
        return assignment, answer != z3.unknown


def _speaks(judge: Judge, guarantee: Guarantee, answers: Answers) -> bool:
    """Whether a guarantee speaks of an answer set, as its kind reads conditions."""
    if guarantee.kind in TEXTS:
        return holds_as_given(judge, guarantee, answers)
    return judge.may_speak_of(guarantee, answers)
