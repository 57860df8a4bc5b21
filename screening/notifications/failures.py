"""Why a notice did not arrive: every exception of a conversation becomes one outcome."""

from __future__ import annotations

import ssl

from screening.notifications.deadline import Deadline
from screening.storage.submissions.outbox import Outcome

OF_THE_WAY = frozenset(
    {
        Outcome.UNREACHABLE,
        Outcome.TOO_SLOW,
        Outcome.CUT,
        Outcome.NOT_ENCRYPTED,
        Outcome.ENCRYPTION_NOT_OFFERED,
        Outcome.GREETING_REFUSED,
        Outcome.LOGIN_REFUSED,
        Outcome.LOGIN_NOT_OFFERED,
        Outcome.LOGIN_NOT_ENCODABLE,
    }
)
"""Outcomes that the next notice by the same way would most likely have too: it waits for another round."""


class NotDeliveredError(Exception):
    """A notice was not accepted; nothing of what a library or the other side said stands in it."""

    def __init__(self, outcome: Outcome, reply: int | None = None) -> None:
        """`reply`: the code of the other side's last reply, where it gave one."""
        super().__init__(outcome)
        self.outcome = outcome
        self.reply = reply


def connection_outcome(error: Exception, deadline: Deadline, otherwise: Outcome) -> Outcome:
    """The outcome of an exception of the connection itself; `otherwise`: of any other `OSError`."""
    if deadline.has_passed or _is_timeout(error):
        return Outcome.TOO_SLOW
    if isinstance(error, ssl.SSLEOFError):
        return Outcome.CUT
    if isinstance(error, ssl.SSLError):
        return Outcome.NOT_ENCRYPTED
    if isinstance(error, UnicodeError):
        return Outcome.ADDRESS_NOT_ENCODABLE
    return otherwise if isinstance(error, OSError) else Outcome.UNEXPECTED


def _is_timeout(error: BaseException | None) -> bool:
    """Whether it is one, or was raised over one, as libraries do."""
    return error is not None and (isinstance(error, TimeoutError) or _is_timeout(error.__cause__ or error.__context__))
