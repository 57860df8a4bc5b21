"""What a proof says: of each guarantee, of each thing that should be able to occur, and of all together."""

from __future__ import annotations

from dataclasses import dataclass

from screening.analysis.proof.reachability import Target
from screening.analysis.solver.undecided import Reason, UndecidedError
from screening.analysis.solver.witness import Answers
from screening.ruleset.model.answers import has_bound


@dataclass(frozen=True, slots=True)
class Example:
    """A smallest answer set, confirmed by the engine, and the second one where two were looked for."""

    answers: Answers
    changed: Answers | None
    parts_off: frozenset[str] = frozenset()
    """The parts that are off for it; most often none."""
    texts: tuple[str, ...] = ()
    """The texts that are told of it and should not be, by id."""

    @property
    def has_bound(self) -> bool:
        """Whether one of its answers is a bound."""
        return has_bound(self.answers) or has_bound(self.changed or {})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one guarantee."""

    guarantee: str
    holds: bool
    seconds: float
    example: Example | None = None
    """The answer set that breaks it; or that shows it, where it says what can happen."""
    undecided: UndecidedError | None = None
    """Why nothing could be decided; None where it was."""
    needless_exception: bool = False
    """The guarantee holds without its stated exception too."""
    of_bounds: UndecidedError | None = None
    """Why it is proved of exact numbers alone, and nothing could be decided of bounds; None: it is of all."""

    @property
    def left_over(self) -> UndecidedError | None:
        """What more time may decide."""
        return _left_over(self.undecided or (self.of_bounds if self.holds else None))

    @property
    def fails(self) -> bool:
        """Whether it was decided that the guarantee, or its exception, is not right."""
        return self.undecided is None and (not self.holds or self.needless_exception)


@dataclass(frozen=True, slots=True)
class Reach:
    """A target, and a smallest answer set that shows it; None where nothing can, or nothing was decided."""

    target: Target
    example: Example | None
    undecided: UndecidedError | None = None
    of_bounds: UndecidedError | None = None
    """Why nothing could be decided of bounds, where it is proved that no exact numbers show it."""

    @property
    def left_over(self) -> UndecidedError | None:
        """What more time may decide."""
        return _left_over(self.undecided or self.of_bounds)

    @property
    def is_impossible(self) -> bool:
        """Whether it is proved that the target never occurs, or that it does not where numbers are exact."""
        return self.example is None and self.undecided is None


def _left_over(undecided: UndecidedError | None) -> UndecidedError | None:
    return None if undecided and undecided.reason in (Reason.PAIRS, Reason.SIZE) else undecided


@dataclass(frozen=True)
class Proof:
    """All that was proved and found."""

    verdicts: tuple[Verdict, ...]
    reached: tuple[Reach, ...]
    approximated: tuple[str, ...]
    """Values that are not linear in the answers: proofs allow for more results of them than there are."""
    seconds: float

    @property
    def holds(self) -> bool:
        """Whether every guarantee is proved, and nothing was left undecided."""
        return not (self.fails or self.undecided)

    @property
    def fails(self) -> bool:
        """Whether a guarantee was broken, or a ground can never hold, or never fail."""
        dead = any(reach.is_impossible and reach.target.what in ("ground", "fails") for reach in self.reached)
        return dead or any(verdict.fails for verdict in self.verdicts)

    @property
    def undecided(self) -> bool:
        """Whether something could be neither proved nor broken."""
        return any(verdict.undecided for verdict in self.verdicts) or any(reach.undecided for reach in self.reached)
