"""Why something could be neither proved nor broken, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from screening.analysis.solver.undecided import Reason
from screening.wording.language.languages import N_, Language

_REASONS: Mapping[str, str] = {
    Reason.TIME: N_("the time was over before the solver had found anything"),
    Reason.UNTYPED: N_(
        "none of the numbers with the digits that units print is a solution, which is no proof for those with more"
    ),
    Reason.PAIRS: N_("it hangs on pairs of numbers that bounds leave, and not all pairs are tried"),
    Reason.SIZE: N_("the formulas of all that bounds leave are too long"),
    Reason.UNCONFIRMED: N_("the solver found answers that the engine does not confirm"),
}


def why_undecided(reasons: Iterable[str], language: Language) -> str:
    """The reasons, one after another; what is no reason of the solver's is told as it is."""
    return "; ".join(language.gettext(_REASONS[reason]) if reason in _REASONS else reason for reason in reasons)
