"""The clinical model of `docs/clinical.md` as plain Python: an independent judge of what the liver rules decide.

Nothing of the rule file, the expression language or the engine is used. An answer set is a mapping from question to a
code, a frozenset of ticked codes (None among them: the rest is not sure), a `Decimal` in the stored unit, or None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

Answers = Mapping[str, Any]

CIRRHOSIS_TOLD = {"cirrhosis_early", "cirrhosis_unknown", "cirrhosis_late"}
CIRRHOSIS_STAGES = {"F3_F4", "F4"}
FIBROSIS_STAGES = {"F1", "F1_F2", "F2", "F2_F3", "F3"}
NOT_A_RED_FLAG = {"seen", None}
SITUATIONS = {"pregnant", "breastfeeding", "transplanted"}
CANCERS = {"liver_ever", "other_now", "being_checked"}
OLD_TESTS = {"1to6m", "6to12m", "gt12m"}
NUMBERS_ON_PAPER = ("lsm", "alt", "ast", "ggt", "platelets", "bilirubin", "albumin", "inr")
SEVERITY = {"no_sign": 0, "fibrosis": 1, "early_cirrhosis": 2, "decompensated": 3, "urgent": 4}
"""What is not here (not covered, unclear) has no rank: it is neither milder nor more serious than another."""

TRUTHS: Mapping[str, Mapping[str | None, tuple[str, ...]]] = {
    "ascites": {None: ("now", "past", "never"), "swelling_unchecked": ("now", "never")},
    "he": {None: ("now", "past", "never"), "unchecked": ("now", "never")},
    "bleed": {None: ("recent", "past", "varices_no_bleed", "never"), "unchecked": ("past", "never")},
    "jaundice": {
        None: ("now_liver", "now_blocked", "now_harmless", "past", "never"),
        "now_unchecked": ("now_liver", "now_harmless"),
    },
    "cancer": {None: ("none", "liver_ever", "other_now", "being_checked", "past_finished")},
}
"""What may be true behind an answer that leaves something open, for each strict question with one answer."""

TICKED = {"red_flags": "vomit_blood", "situation": "pregnant"}
"""One option that counts, for each strict question with several: the rules ask only whether any is ticked."""


def possible(answers: Answers) -> frozenset[str]:
    """Every category that some truth behind the open strict answers gives."""
    counting = counted(answers)
    return frozenset(Settled(truth).category() for truth in truths(counting))


def counted(answers: Answers) -> dict[str, Any]:
    """The answers that count: one to a question that is not asked says nothing. Decided once, before any completion."""
    found = dict(answers)
    told, ascites, he, bleed = (found[name] for name in ("told", "ascites", "he", "bleed"))
    if told == "none":
        found["stage"] = None
    reported = (
        told in CIRRHOSIS_TOLD
        or found["stage"] in CIRRHOSIS_STAGES
        or ascites in {"now", "past", "swelling_unchecked"}
        or he in {"now", "past", "unchecked"}
        or bleed not in {"never", None}
    )
    if not (reported or told in {None, "scarring_not_said"}):
        found["transplant_talk"] = "not_discussed"
    if not reported:
        found.update(other_comp=frozenset(), child_pugh=None, meld=None)
    if found["has_papers"] in {"not_now", "no"}:
        found.update(dict.fromkeys(NUMBERS_ON_PAPER))
    if all(found[name] is None for name in NUMBERS_ON_PAPER if name != "lsm"):
        found["labs_age"] = None
    return found


def truths(counting: Answers) -> Iterator[dict[str, Any]]:
    """Each way in which the open strict answers may turn out."""
    sides: dict[str, list[Any]] = {name: list(open_.get(counting[name], ())) for name, open_ in TRUTHS.items()}
    sides = {name: found or [counting[name]] for name, found in sides.items()}
    for name, option in TICKED.items():
        ticked = counting[name] - {None}
        sides[name] = [ticked, ticked | {option}] if None in counting[name] else [ticked]
    for chosen in product(*sides.values()):
        yield {**counting, **dict(zip(sides, chosen, strict=True))}


def above(number: Decimal | None, limit: str) -> bool:
    """Whether a number is known and above a limit."""
    return number is not None and number > Decimal(limit)


def from_on(number: Decimal | None, limit: str) -> bool:
    """Whether a number is known and at or above a limit."""
    return number is not None and number >= Decimal(limit)


def below(number: Decimal | None, limit: str) -> bool:
    """Whether a number is known and below a limit."""
    return number is not None and number < Decimal(limit)


@dataclass(frozen=True)
class Settled:
    """The answers that count, with nothing strict left open."""

    answers: Answers

    def __getitem__(self, name: str) -> Any:
        return self.answers[name]

    def category(self) -> str:
        """The first rule that holds."""
        rules = {
            "urgent": self.urgent,
            "not_covered": self.not_covered,
            "decompensated": self.decompensated,
            "early_cirrhosis": self.cirrhosis and not self.number_first,
            "fibrosis": self.fibrosis and not self.number_first,
            "no_sign": self.no_sign,
        }
        return next((category for category, holds in rules.items() if holds), "unclear")

    # --- the rules ---

    @property
    def urgent(self) -> bool:
        return (
            bool(self["red_flags"] - NOT_A_RED_FLAG)
            or (self["ascites"] == "now" and "infection_now" in self["other_health"])
            or (
                from_on(self["bilirubin"], "85") and from_on(self.inr_used, "1.5") and self["labs_age"] not in OLD_TESTS
            )
        )

    @property
    def not_covered(self) -> bool:
        return self["age"] < 18 or bool(self["situation"] & SITUATIONS) or self["cancer"] in CANCERS

    @property
    def decompensated(self) -> bool:
        event = (
            self["ascites"] in {"now", "past"} or self["he"] in {"now", "past"} or self["bleed"] in {"recent", "past"}
        )
        said = (
            self["told"] == "cirrhosis_late"
            or bool(self["other_comp"] & {"sbp", "kidney_liver"})
            or self["child_pugh"] in {"B", "C"}
            or self["transplant_talk"] in {"listed", "told_need"}
        )
        return event or said or (self.cirrhosis and (from_on(self["meld"], "15") or self["jaundice"] == "now_liver"))

    @property
    def fibrosis(self) -> bool:
        return (
            self["told"] == "fibrosis"
            or self["stage"] in FIBROSIS_STAGES
            or (self.scan_scar and not self.scan_set_aside)
        )

    @property
    def no_sign(self) -> bool:
        by_report = self["stage"] == "F0"
        said = self["told"] in {"none", "liver_no_scar"} or by_report or self.scan_clear
        against = self.warning or self.scan_scar or self.scan_watch
        return said and not against and (by_report or self.scan_clear or not self.fib4_high)

    # --- what the rules read ---

    @property
    def number_first(self) -> bool:
        """Bilirubin above 51.3 umol/L with cirrhosis, with no blocked duct, nor (below 85) a harmless cause, told."""
        explained = self["jaundice"] == "now_blocked" or (
            self["jaundice"] == "now_harmless" and below(self["bilirubin"], "85")
        )
        return self.cirrhosis and above(self["bilirubin"], "51.3") and not explained

    @property
    def cirrhosis(self) -> bool:
        return (
            self["told"] in CIRRHOSIS_TOLD
            or self["stage"] in CIRRHOSIS_STAGES
            or (from_on(self["lsm"], "15") and not self.scan_set_aside)
            or self["child_pugh"] == "A"
            or self["bleed"] == "varices_no_bleed"
        )

    @property
    def warning(self) -> bool:
        harmless_yellow = self["jaundice"] in {"now_blocked", "now_harmless"}
        return (
            below(self["platelets"], "150")
            or below(self["albumin"], "35")
            or (above(self["bilirubin"], "34.2") and not harmless_yellow)
            or above(self["bilirubin"], "51.3")
            or from_on(self.inr_used, "1.5")
            or self.flare
            or from_on(self["meld"], "15")
            or self["jaundice"] == "now_liver"
            or self["transplant_talk"] == "not_possible"
        )

    @property
    def inr_used(self) -> Decimal | None:
        inr: Decimal | None = None if "blood_thinner" in self["other_health"] else self["inr"]
        return inr

    @property
    def flare(self) -> bool:
        return above(self["alt"], "200") or above(self["ast"], "200")

    @property
    def scan_set_aside(self) -> bool:
        return self.flare or self["jaundice"] == "now_blocked"

    @property
    def scan_scar(self) -> bool:
        viral = bool(self["cause"] & {"hbv", "hcv"})
        return above(self["lsm"], "7.0") if viral else from_on(self["lsm"], "8.0")

    @property
    def scan_watch(self) -> bool:
        return above(self["lsm"], "7.0") and bool(self["cause"] & {"hbv", "hcv", None})

    @property
    def scan_clear(self) -> bool:
        return self["lsm"] is not None and not self.scan_scar and not self.scan_watch

    @property
    def fib4_high(self) -> bool:
        """FIB-4 above 2.67, compared as squares, which are exact."""
        numbers = [self[name] for name in ("age", "ast", "platelets", "alt")]
        if self["age"] < 35 or self.flare or None in numbers:
            return False
        age, ast, platelets, alt = map(Fraction, numbers)
        return (age * ast) ** 2 > (Fraction("2.67") * platelets) ** 2 * alt
