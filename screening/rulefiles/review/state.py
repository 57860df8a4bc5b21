"""The review of a rule file: who has signed it in which role, and what that makes of it on a given day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """For what somebody signs."""

    CLINICAL = "clinical"
    SAFETY = "safety"
    """Safety or ethics: the second signature, by another person."""
    TRANSLATION = "translation"


REQUIRED = (Role.CLINICAL, Role.SAFETY)
"""Whose signatures a rule file needs to count as signed."""


class Verdict(StrEnum):
    """What a reviewer says of one point."""

    AGREE = "agree"
    AGREE_WITH_CHANGE = "agree_with_change"
    """It may be used as it is; the comment says what the next version should change."""
    DISAGREE = "disagree"


@dataclass(frozen=True, slots=True)
class Signature:
    """One person's signature of one very rule set."""

    role: Role
    language: str
    name: str
    registration: str
    paid_by_a_clinic: bool
    """Whether the person works for or is paid by a clinic that sells what the guide is about."""
    interests: str
    """What the person declares, in their own words."""
    signed_on: date
    expires_on: date
    """The last day on which it counts."""
    law_and_prices_expire_on: date
    """The last day on which it counts for articles on law and prices."""
    key: str
    """The public key, in hexadecimal."""
    changes: tuple[str, ...] = ()
    """Ids of the points that should change in the next version."""
    disagrees: tuple[str, ...] = ()
    """Ids of the points that the person disagrees with."""

    def is_by(self, name: str, key: str) -> bool:
        """Whether name or key say that it is this person's."""
        return self.key == key or self.name.casefold() == name.casefold()


@dataclass(frozen=True, slots=True)
class ReaderTest:
    """A test of the texts with readers."""

    tested_on: date
    readers: int
    passed: bool


@dataclass(frozen=True, slots=True)
class ReviewState:
    """What is known of a rule file's review on one day; part of every summary's input."""

    signatures: tuple[Signature, ...] = ()
    """Those that count on that day."""
    expired: tuple[Signature, ...] = ()
    law_and_prices_until: date | None = None
    """The last day on which the review counts for articles on law and prices, where there are such articles."""
    law_and_prices_expired: bool = False
    reader_test: ReaderTest | None = None

    def by(self, role: Role) -> tuple[Signature, ...]:
        """The signatures that count, of one role."""
        return tuple(signature for signature in self.signatures if signature.role is role)

    @property
    def disagreeing(self) -> tuple[Signature, ...]:
        """Those who disagree with a point; that does not end with the signature."""
        return tuple(signature for signature in (*self.signatures, *self.expired) if signature.disagrees)

    @property
    def signed(self) -> bool:
        """Whether a clinician and a second person have signed, and nobody disagrees."""
        two_people = any(
            not clinical.is_by(second.name, second.key)
            for clinical in self.by(Role.CLINICAL)
            for second in self.by(Role.SAFETY)
        )
        return two_people and not self.disagreeing

    def has_translation(self, language: str) -> bool:
        """Whether somebody has signed the translation into a language, and nobody disagrees with it."""
        read = [signature for signature in (*self.signatures, *self.expired) if signature.role is Role.TRANSLATION]
        own = [signature for signature in read if signature.language == language]
        return any(signature in self.signatures for signature in own) and not any(
            signature.disagrees for signature in own
        )

    @property
    def valid_until(self) -> date | None:
        """The last day on which it counts as signed, if nothing changes."""
        return (
            _until({role: [signature.expires_on for signature in self.by(role)] for role in REQUIRED})
            if self.signed
            else None
        )

    @property
    def expired_on(self) -> date | None:
        """The last day of a signature that is missing today because it has expired."""
        days = [
            signature.expires_on
            for signature in self.expired
            if signature.role in REQUIRED and not self.by(signature.role)
        ]
        return max(days, default=None)

    @property
    def reader_tested(self) -> bool:
        """Whether readers have tested the texts with success."""
        return self.reader_test is not None and self.reader_test.passed


UNREVIEWED = ReviewState()


@dataclass(frozen=True, slots=True)
class Review:
    """All that counts for one very rule set in the review file beside it."""

    signatures: tuple[Signature, ...] = ()
    """Of each person and role the last one."""
    void: int = 0
    """How many signatures are of other versions of the rule set or of a translation."""
    reader_test: ReaderTest | None = None
    has_law_and_prices: bool = False
    """Whether the rule set has articles on law and prices."""
    last_signed_on: Mapping[tuple[Role, str], date] = field(default_factory=dict)
    """The day of the last signature of each role and language, of whatever version."""

    def state(self, on: date) -> ReviewState:
        """What the review is worth on a day."""
        signed = [signature for signature in self.signatures if signature.signed_on <= on]
        valid = tuple(signature for signature in signed if on <= signature.expires_on)
        until = None
        if self.has_law_and_prices:
            days = {
                role: [signature.law_and_prices_expire_on for signature in valid if signature.role is role]
                for role in REQUIRED
            }
            until = _until(days)
        return ReviewState(
            signatures=valid,
            expired=tuple(signature for signature in signed if on > signature.expires_on),
            law_and_prices_until=until,
            law_and_prices_expired=until is not None and on > until,
            reader_test=self.reader_test if self.reader_test and self.reader_test.tested_on <= on else None,
        )


def _until(days: dict[Role, list[date]]) -> date | None:
    """The last day on which every role is signed; None where one is not signed at all."""
    return min(map(max, days.values())) if all(days.values()) else None
