"""What carries safety and was changed since somebody last signed: what a reviewer reads first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from screening.rulefiles.pinning.pin_file import PinFile
from screening.rulefiles.pinning.selection import Pinned


@dataclass(frozen=True, slots=True)
class ChangedPin:
    """One thing changed, and why it was changed last."""

    id: str
    says: str
    """What stands there today; empty where it was removed."""
    reason: str
    day: date


def changed_pins(
    pins: PinFile, language: str, says: Mapping[str, Pinned], signed_on: date | None
) -> tuple[ChangedPin, ...]:
    """What was changed in one language on the day of the last signature or later, the newest first.

    Without a signature it is every change after the first entry, which pins what was there.
    """
    changed: dict[str, ChangedPin] = {}
    for change in reversed(pins.later_changes(language)):
        if signed_on is None or change.day >= signed_on:
            for name in change.hashes:
                present = says[name].shown if name in says else ""
                changed.setdefault(name, ChangedPin(name, present, change.reason, change.day))
    return tuple(changed.values())
