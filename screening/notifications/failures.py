"""Why a notice did not arrive: every exception of a conversation becomes a `DeliveryFailure`."""

from __future__ import annotations

import ssl

from screening.notifications.deadline import Deadline
from screening.storage.submissions.notices.outbox import DeliveryFailure

OF_THE_WAY = frozenset(
    {
        DeliveryFailure.UNREACHABLE,
        DeliveryFailure.TOO_SLOW,
        DeliveryFailure.CUT,
        DeliveryFailure.NOT_ENCRYPTED,
        DeliveryFailure.ENCRYPTION_NOT_OFFERED,
        DeliveryFailure.GREETING_REFUSED,
        DeliveryFailure.LOGIN_REFUSED,
        DeliveryFailure.LOGIN_NOT_OFFERED,
        DeliveryFailure.LOGIN_NOT_ENCODABLE,
    }
)
"""Failures that the next notice by the same way would most likely have too: it waits for another round."""


class NotDeliveredError(Exception):
    """A notice was not accepted; nothing of what a library or the other side said stands in it."""

    def __init__(self, failure: DeliveryFailure, reply: int | None = None) -> None:
        """`reply`: the code of the other side's last reply, where it gave one."""
        super().__init__(failure)
        self.failure = failure
        self.reply = reply


def connection_failure(error: Exception, deadline: Deadline, otherwise: DeliveryFailure) -> DeliveryFailure:
    """What an exception of the connection itself is; `otherwise`: of any other `OSError`."""
    if deadline.has_passed or _is_timeout(error):
        return DeliveryFailure.TOO_SLOW
    if isinstance(error, ssl.SSLEOFError):
        return DeliveryFailure.CUT
    if isinstance(error, ssl.SSLError):
        return DeliveryFailure.NOT_ENCRYPTED
    if isinstance(error, UnicodeError):
        return DeliveryFailure.ADDRESS_NOT_ENCODABLE
    return otherwise if isinstance(error, OSError) else DeliveryFailure.UNEXPECTED


def _is_timeout(error: BaseException | None) -> bool:
    """Whether it is one, or was raised over one, as libraries do."""
    return error is not None and (isinstance(error, TimeoutError) or _is_timeout(error.__cause__ or error.__context__))
