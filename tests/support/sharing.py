"""How a person sends their answers to the clinic, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from screening.storage.database.clock import now
from screening.storage.store import StoreTransaction
from screening.storage.submissions.deletion.deletion_requests import Asking, Identity, ask
from screening.storage.submissions.record.records import change, find, open_submission
from screening.wording.language.secret_phrases import read_phrase
from tests.support.page import Element
from tests.support.person import answer_until, begin, inputs_with
from tests.support.web import Fields, Web, form_values

CONTACT: dict[str, str] = {
    "name": "Mei Ling",
    "channel": "phone",
    "address": "+60 12-345 6789",
    "number_is": "+60123456789",
    "best_time": "morning",
    "speaks": "ms",
    "note": "Please ring twice.",
    "consent_read": "yes",
    "consent_contact": "yes",
}
HELPER: dict[str, str] = {**CONTACT, "agrees": "yes", "helper_name": "Adi", "relation": "child"}


@dataclass(frozen=True)
class Receipt:
    """What a person writes down."""

    code: str
    phrase: str


def identity_of(transaction: StoreTransaction, receipt: Receipt) -> str:
    """What a receipt leads to; some phrases can be read in two languages."""
    ids = {find(transaction, receipt.code, secret) for secret in read_phrase(receipt.phrase)} - {None}
    assert len(ids) == 1
    return str(ids.pop())


def open_form(web: Web, who: str = "me", **given: str | tuple[str, ...]) -> Element:
    """From the start page to the form by which the answers are sent."""
    begin(web, who)
    answer_until(web, inputs_with(web, **given))
    web.get("/result")
    web.follow("Send my answers to")
    return web.submit()


def send(web: Web, fields: Fields | None = None) -> Receipt:
    """Send the form that is shown; what the page says to write down."""
    web.submit(fields or CONTACT)
    return receipt_on(web.page)


def receipt_on(page: Element) -> Receipt:
    """What a page says to write down."""
    words = [element.text for element in page.one("ol", class_="words").all("li")]
    return Receipt(page.one("p", class_="code").text, " ".join(words))


def pair_on(page: Element) -> tuple[str, str, str]:
    """The clinic's word on a page, the person's, and their language."""
    clinic, person = page.one("dl", class_="pair").all("dd")
    assert clinic["translate"] == person["translate"] == "no"
    assert clinic["lang"] == person["lang"]
    return clinic.text, person.text, clinic["lang"]


def shared(web: Web, who: str = "me", **given: str | tuple[str, ...]) -> Receipt:
    """The whole way from the start page to a receipt."""
    open_form(web, who, **given)
    return send(web, CONTACT if who == "me" else HELPER)


def look_up(web: Web, receipt: Receipt, *, status: int = 200) -> Element:
    """Look up what was sent."""
    web.reopen("/status")
    return web.submit({"code": receipt.code, "phrase": receipt.phrase}, status=status)


def visiting(web: Web, who: str = "me", **given: str | tuple[str, ...]) -> Receipt:
    """A browser that sent something, and shows where it stands."""
    receipt = shared(web, who, **given)
    look_up(web, receipt)
    assert web.path == "/status/standing"
    return receipt


def open_form_again(web: Web) -> Receipt:
    """A browser that corrects what it sent, up to the form that sends it."""
    receipt = visiting(web)
    web.get("/status/answers")
    web.submit()
    web.get("/questions/age")
    web.submit({"age": "61"})
    web.get("/share")
    web.submit()
    return receipt


def send_again(web: Web) -> Receipt:
    """A browser that sent corrected answers."""
    receipt = open_form_again(web)
    web.submit({"consent_read": "yes"})
    return receipt


def visiting_too_late(web: Web) -> Receipt:
    """A browser that shows what the clinic did not open in time."""
    receipt = visiting(web)
    store = web.service.store
    assert store is not None

    def wait(transaction: StoreTransaction) -> None:
        submission = open_submission(transaction, identity_of(transaction, receipt))
        change(transaction, submission, promised_at=now() - timedelta(days=1))

    store.write(wait)
    return receipt


def visiting_restricted(web: Web) -> Receipt:
    """A browser that shows what somebody else asked the clinic to delete."""
    receipt = visiting(web)
    store = web.service.store
    assert store is not None
    asking = Asking("0" * 16, Identity.WORDS, now())

    def take_down(transaction: StoreTransaction) -> None:
        submission = open_submission(transaction, identity_of(transaction, receipt))
        change(transaction, submission, call_first=0)
        ask(transaction, open_submission(transaction, submission.id), asking)

    store.write(take_down)
    web.get("/status/standing")
    return receipt


def deny_deletion(web: Web) -> Element:
    """Say on the page that is shown that one did not ask."""
    form = next(form for form in web.page.all("form") if form["action"].endswith("/not-asked"))
    return web.post(form["action"], form_values(form))


def taking_back(web: Web) -> Receipt:
    """A browser that took back what it sent."""
    receipt = visiting(web)
    web.get("/status/withdraw")
    web.submit()
    return receipt
