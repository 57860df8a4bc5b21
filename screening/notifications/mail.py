"""Notices as e-mails, one recipient each, through one server and over one encrypted connection.

The conversation is held step by step, so that it is known at which one it ended. Each recipient has a message of their
own: whether one is refused says nothing about the others.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import formatdate
from urllib.parse import SplitResult, unquote, urlsplit

from screening.config.environment import LOCAL_ADDRESSES
from screening.config.notifications import Email
from screening.notifications.deadline import Deadline
from screening.notifications.failures import NotDeliveredError, connection_failure
from screening.storage.submissions.notices.outbox import DeliveryFailure

_LOGGED_IN = 235
_LONGEST = 8192
"""Bytes of a line in a reply, as smtplib has it: RFC 5321 allows 512."""
_MOST_LINES = 1000
"""Lines of a reply."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail to one recipient."""

    to: str
    identity: str
    """Names the notice, the same each time that it is tried, so that a mailbox knows it again."""
    subject: str
    text: str


def send_email(settings: Email, letter: Letter) -> None:
    """Send it; raises `NotDeliveredError` unless the server accepted it."""
    content = _content(settings, letter)
    with Deadline() as deadline:
        parts = urlsplit(settings.server)
        server = _connected(parts, deadline)
        try:
            with _step(DeliveryFailure.ENCRYPTION_NOT_OFFERED, DeliveryFailure.ENCRYPTION_NOT_OFFERED, deadline):
                if parts.scheme == "smtp" and parts.hostname not in LOCAL_ADDRESSES:
                    server.starttls(context=ssl.create_default_context())
            if parts.username:
                _log_in(server, unquote(parts.username), unquote(parts.password or ""), deadline)
            _hand_over(server, settings.sender, letter.to, content, deadline)
            with suppress(Exception):  # it is accepted: how they part changes nothing
                server.quit()
        finally:
            server.close()


def _content(settings: Email, letter: Letter) -> bytes:
    message = EmailMessage(SMTP if _is_plain(settings, letter) else SMTPUTF8)
    message["Subject"] = letter.subject
    message["From"] = settings.sender
    message["To"] = letter.to
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{letter.identity}@{settings.sender.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message.as_bytes()


def _is_plain(settings: Email, letter: Letter) -> bool:
    return f"{settings.sender}{letter.to}".isascii()


class _Connections(smtplib.SMTP):
    """Makes its connection within a deadline, and takes whole replies alone."""

    deadline: Deadline

    def getreply(self) -> tuple[int, bytes]:
        """The next reply; -1 for one without a code. smtplib takes "2" and a cut for a success, and lines for ever."""
        if self.file is None:
            self.file = self.sock.makefile("rb")  # type: ignore[union-attr]
        texts: list[bytes] = []
        while len(texts) < _MOST_LINES:
            try:
                line = self.file.readline(_LONGEST)
            except OSError as error:
                self.close()
                raise smtplib.SMTPServerDisconnected from error
            if len(line) < _LONGEST and not line.endswith(b"\n"):
                self.close()
                raise smtplib.SMTPServerDisconnected
            texts.append(line[4:].strip())
            code = line[:3]
            if not code.isdigit() or line[3:4] != b"-":
                return (int(code) if code.isdigit() and line.endswith(b"\n") else -1), b"\n".join(texts)
        return -1, b"\n".join(texts)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 - smtplib's
        return self.deadline.connect(host, port)


class _Encrypted(smtplib.SMTP_SSL, _Connections):
    """The same, encrypted from its first byte."""


def _connected(parts: SplitResult, deadline: Deadline) -> smtplib.SMTP:
    """A server that said hello."""
    is_encrypted = parts.scheme == "smtps"
    with _step(DeliveryFailure.GREETING_REFUSED, DeliveryFailure.NOT_UNDERSTOOD, deadline, DeliveryFailure.UNREACHABLE):
        context = ssl.create_default_context()
        server: _Connections = _Encrypted(context=context) if is_encrypted else _Connections()
        server.deadline = deadline
        host = str(parts.hostname)
        server._host = host  # type: ignore[attr-defined]  # noqa: SLF001 - by which certificates are checked
        try:
            reply = server.connect(host, parts.port or (465 if is_encrypted else 587))
            _expect_success(DeliveryFailure.GREETING_REFUSED, reply)
            with _step(DeliveryFailure.GREETING_REFUSED, DeliveryFailure.NOT_UNDERSTOOD, deadline):
                server.ehlo_or_helo_if_needed()
        except BaseException:
            server.close()
            raise
    return server


def _log_in(server: smtplib.SMTP, name: str, password: str, deadline: Deadline) -> None:
    """Log in. Beyond ASCII only PLAIN says how a name or a password is written (RFC 4616)."""
    with _step(DeliveryFailure.LOGIN_REFUSED, DeliveryFailure.LOGIN_NOT_OFFERED, deadline):
        if f"{name}{password}".isascii():
            server.login(name, password)
            return
        server.ehlo_or_helo_if_needed()
        if "PLAIN" not in server.esmtp_features.get("auth", "").upper().split():
            raise NotDeliveredError(DeliveryFailure.LOGIN_NOT_ENCODABLE)
        code, _ = server.docmd("AUTH", "PLAIN " + b64encode(f"\0{name}\0{password}".encode()).decode())
        if code != _LOGGED_IN:
            raise NotDeliveredError(*_refusal(DeliveryFailure.LOGIN_REFUSED, code))


def _hand_over(server: smtplib.SMTP, sender: str, to: str, content: bytes, deadline: Deadline) -> None:
    """Sender, recipient and content; accepted is what the server says after all of it."""
    options: tuple[str, ...] = ()
    with _step(DeliveryFailure.SENDER_REFUSED, DeliveryFailure.NOT_UNDERSTOOD, deadline):
        server.ehlo_or_helo_if_needed()
        if not f"{sender}{to}".isascii():
            if not server.has_extn("smtputf8"):
                raise NotDeliveredError(DeliveryFailure.ADDRESS_NOT_ENCODABLE)
            options = ("SMTPUTF8",)
        _expect_success(DeliveryFailure.SENDER_REFUSED, server.mail(sender, options))
    with _step(DeliveryFailure.RECIPIENT_REFUSED, DeliveryFailure.NOT_UNDERSTOOD, deadline):
        _expect_success(DeliveryFailure.RECIPIENT_REFUSED, server.rcpt(to))
    with _step(DeliveryFailure.CONTENT_REFUSED, DeliveryFailure.NOT_UNDERSTOOD, deadline):
        _expect_success(DeliveryFailure.CONTENT_REFUSED, server.data(content))


def _expect_success(refused: DeliveryFailure, reply: tuple[int, bytes]) -> None:
    if not 200 <= reply[0] < 300:
        raise NotDeliveredError(*_refusal(refused, reply[0]))


def _refusal(refused: DeliveryFailure, code: int) -> tuple[DeliveryFailure, int | None]:
    """What a reply is that is no success; smtplib gives -1 for one that has no code."""
    return (refused, code) if code >= 400 else (DeliveryFailure.NOT_UNDERSTOOD, code if code > 0 else None)


@contextmanager
def _step(
    refused: DeliveryFailure,
    not_offered: DeliveryFailure,
    deadline: Deadline,
    broken: DeliveryFailure = DeliveryFailure.CUT,
) -> Iterator[None]:
    """Every exception of one step as `NotDeliveredError`.

    `refused`: the failure where the server says no; `not_offered`: where it cannot do it at all; `broken`: where the
    connection fails.
    """
    try:
        yield
    except NotDeliveredError:
        raise
    except smtplib.SMTPResponseException as error:
        raise NotDeliveredError(*_refusal(refused, error.smtp_code)) from error
    except smtplib.SMTPServerDisconnected as error:
        raise NotDeliveredError(connection_failure(error, deadline, DeliveryFailure.CUT)) from error
    except smtplib.SMTPException as error:
        raise NotDeliveredError(not_offered) from error
    except OSError as error:
        raise NotDeliveredError(connection_failure(error, deadline, broken)) from error
    except UnicodeError as error:
        raise NotDeliveredError(DeliveryFailure.ADDRESS_NOT_ENCODABLE) from error
    except ValueError as error:  # of base64 that is none, in an answer
        raise NotDeliveredError(DeliveryFailure.NOT_UNDERSTOOD) from error
