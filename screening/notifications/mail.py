"""Notices as e-mails, through one server and over one encrypted connection."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from screening.config.environment import LOCAL_ADDRESSES
from screening.config.notifications import Email

TIMEOUT = 20
"""Seconds."""


def send_email(settings: Email, subject: str, text: str) -> None:
    """Send it to everybody who is to get it; raises `OSError`, of which smtplib's errors are, where that fails."""
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.to)
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=settings.sender.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    parts = urlsplit(settings.server)
    host = str(parts.hostname)
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT)
    with server:
        if parts.scheme == "smtp" and host not in LOCAL_ADDRESSES:
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
