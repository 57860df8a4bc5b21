"""What a notice to the clinic says: that something happened, a code and where to read it; nothing of any person.

And what operators are told of notices that do not arrive.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from screening.config.notifications import NoticeEvent, NotificationSettings
from screening.storage.submissions.notices.outbox import DeliveryFailure
from screening.storage.submissions.notices.outbox_counts import FailingNotices
from screening.wording.language.languages import N_, Language

SUBJECTS: Mapping[NoticeEvent, str] = MappingProxyType(
    {
        NoticeEvent.SHARED: N_("New: %(code)s"),
        NoticeEvent.CHANGED: N_("Changed: %(code)s"),
        NoticeEvent.WITHDRAWN: N_("Deleted: %(code)s"),
        NoticeEvent.CLOSED: N_("Closed: %(code)s"),
        NoticeEvent.PROMISE_PASSED: N_("Not answered in time: %(code)s"),
    }
)
EVENTS: Mapping[NoticeEvent, str] = MappingProxyType(
    {
        NoticeEvent.SHARED: N_("Somebody sent their answers. Their reference code: %(code)s"),
        NoticeEvent.CHANGED: N_("What was sent with this reference code was changed: %(code)s"),
        NoticeEvent.WITHDRAWN: N_(
            "What was sent with this reference code is deleted: %(code)s. Delete whatever you keep of it."
        ),
        NoticeEvent.CLOSED: N_("What was sent with this reference code was closed: %(code)s"),
        NoticeEvent.PROMISE_PASSED: N_(
            "The time in which the clinic said it would answer has passed. The reference code: %(code)s"
        ),
    }
)
REASONS: Mapping[DeliveryFailure, str] = MappingProxyType(
    {
        DeliveryFailure.UNREACHABLE: N_(
            "Nobody could be reached at the address: wrong name or port, or the network is down."
        ),
        DeliveryFailure.TOO_SLOW: N_("The other side took too long to answer."),
        DeliveryFailure.CUT: N_("The connection was cut in the middle."),
        DeliveryFailure.NOT_ENCRYPTED: N_(
            "No encrypted connection came about; the certificate may be wrong or expired."
        ),
        DeliveryFailure.ENCRYPTION_NOT_OFFERED: N_(
            "The mail server offers no encryption (STARTTLS), so nothing was sent."
        ),
        DeliveryFailure.NOT_UNDERSTOOD: N_("What the other side answered cannot be understood."),
        DeliveryFailure.GREETING_REFUSED: N_("The mail server refused to talk to this service."),
        DeliveryFailure.LOGIN_REFUSED: N_(
            "The mail server refused the login: see user and password in SCREENING_SMTP."
        ),
        DeliveryFailure.LOGIN_NOT_OFFERED: N_("The mail server offers no login that this service can use."),
        DeliveryFailure.LOGIN_NOT_ENCODABLE: N_(
            "User or password in SCREENING_SMTP hold letters that this mail server cannot take: use ASCII alone."
        ),
        DeliveryFailure.ADDRESS_NOT_ENCODABLE: N_("The address holds letters that cannot be sent there."),
        DeliveryFailure.SENDER_REFUSED: N_("The mail server refused the sender: see SCREENING_NOTICE_EMAIL_FROM."),
        DeliveryFailure.RECIPIENT_REFUSED: N_("The mail server refused the recipient."),
        DeliveryFailure.CONTENT_REFUSED: N_("The mail server did not accept the message."),
        DeliveryFailure.REDIRECTED: N_(
            "The receiver redirects elsewhere, which is never followed: set the final address."
        ),
        DeliveryFailure.REQUEST_REFUSED: N_("The receiver refused the request: see its address and key."),
        DeliveryFailure.RECEIVER_FAILED: N_("The receiver failed while it answered."),
        DeliveryFailure.UNEXPECTED: N_("Something unexpected happened; the log of the service says where."),
    }
)
BROKEN_OFF = N_("A try was broken off when the process that made it ended.")
NOT_NAMED = N_("The settings do not name this recipient, so nobody tries: see `screening notices --drop`.")


def notice_subject(language: Language, event: NoticeEvent, code: str) -> str:
    """The subject of an e-mail."""
    return language.gettext(SUBJECTS[event], code=code or "-")


def notice_text(language: Language, event: NoticeEvent, code: str, link: str) -> str:
    """The whole e-mail."""
    lines = (
        language.gettext(EVENTS[event], code=code or "-"),
        link,
        language.gettext("Sign in to read more. This message says nothing about the person on purpose."),
    )
    return "\n\n".join(lines) + "\n"


def masked_recipient(failing: FailingNotices, settings: NotificationSettings) -> str:
    """Who did not get it, so that who set it knows, and nobody who looks over a shoulder."""
    if failing.recipient.channel == "webhook":
        return (urlsplit(settings.webhook.url).hostname or "webhook") if settings.webhook else "webhook"
    local, _, domain = failing.recipient.address.rpartition("@")
    return f"{local[:1]}***@{domain}" if domain else "everybody"


def failing_sentence(language: Language, failing: FailingNotices, settings: NotificationSettings) -> str:
    """Which notices do not arrive, and why."""
    reason = REASONS[failing.outcome] if failing.outcome else BROKEN_OFF
    why = language.gettext(reason if failing.is_named else NOT_NAMED)
    first = language.gettext(
        "To %(recipient)s by %(channel)s: %(number)s waiting, the oldest since %(since)s, tried up to %(tries)s times.",
        recipient=masked_recipient(failing, settings),
        channel=failing.recipient.channel,
        number=failing.number,
        since=failing.since.isoformat(),
        tries=failing.tries,
    )
    reply = language.gettext("Its reply: %(reply)s.", reply=failing.reply) if failing.reply else ""
    return " ".join(sentence for sentence in (first, why, reply) if sentence)
