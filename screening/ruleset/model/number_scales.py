"""How numbers of a paper are told on a scale in words, as frozen data: usual limits, and the words of its zones."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ScaleWords:
    """What the zones of a scale are called."""

    very_low: str
    low: str
    usual: str
    high: str
    very_high: str


@dataclass(frozen=True, slots=True)
class NumberScale:
    """The usual limits of one number, both of them usual themselves, in the stored unit of its question."""

    id: str
    """The question."""
    sources: tuple[str, ...]
    usual_from: Decimal | None = None
    usual_to: Decimal | None = None
    review: str = ""
    """ "needed" where a clinician must confirm a judgement; `judgement` says which."""
    judgement: str = ""


@dataclass(frozen=True, slots=True)
class NumberScales:
    """The scales of a rule file."""

    soon: str
    """The note that sends a person to a doctor: what makes it hold alone lies in the outer zone of its scale."""
    words: ScaleWords
    remark: str
    """What counts more than these limits, in one sentence."""
    scales: tuple[NumberScale, ...]
