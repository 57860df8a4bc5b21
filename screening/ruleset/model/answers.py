"""Plain answers: an answer set as the rules read it, and what the rules make of it."""

from __future__ import annotations

from decimal import Decimal

Plain = str | frozenset[str | None] | Decimal | None
"""One answer as the rules read it."""
State = dict[str, Plain]
"""Every question's plain answer."""
ValueResult = bool | Decimal | None
"""A value of the rule file as the answers give it: true, false, a number, or None for unknown."""
Witness = tuple[Plain, ...]
"""A completion of the strict questions, in the order of `Functions.settled_order`; None: it does not matter."""
