"""Finding again what was sent: by code and words alone, in plain words, to be changed or taken back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask, Response, request
from sqlalchemy import update

from screening.config.clinic import DEMONSTRATION_CLINIC
from screening.documents.attachments import record_in
from screening.documents.verification import reassess
from screening.questionnaire.guesses import BY_CODE, BY_CODE_AND_NETWORK
from screening.questionnaire.status_visit import IDLE, LONGEST, Visit, VisitCookie
from screening.ruleset.reading.answer_reader import read_answer
from screening.storage.database.clock import now
from screening.storage.database.schema import submission, told_limit
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.assessments.heard import with_heard
from screening.storage.submissions.assessments.versions import add_amendment, versions
from screening.storage.submissions.deletion.idle import listed_idle, postpone
from screening.storage.submissions.record.records import State, Step, Submission, change, open_submission
from screening.storage.submissions.record.reference_codes import code_from
from screening.wording.language.languages import language
from screening.wording.language.secret_phrases import phrase_words
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.stored import input_from
from tests.support.cases import RULES
from tests.support.pdf import squeezed, words_of
from tests.support.sharing import (
    CONTACT,
    Receipt,
    deny_deletion,
    identity_of,
    look_up,
    open_form,
    pair_on,
    receipt_on,
    shared,
    visiting,
    visiting_restricted,
)
from tests.support.stores import with_step
from tests.support.translating import translate
from tests.support.web import Web, errors_on, form_values, shown_values
from tests.support.web_fixtures import make_app

WRONG = (
    "This code and these words do not belong together. One wrong word is enough, or two in each other's place. "
    "Check the code, too."
)


def store_of(web: Web) -> Store:
    assert web.service.store is not None
    return web.service.store


def opened(transaction: StoreTransaction, web: Web, receipt: Receipt) -> Submission:
    return open_submission(transaction, identity_of(transaction, receipt))


def set_columns(web: Web, receipt: Receipt, **columns: object) -> None:
    """What the clinic or time did to it."""

    def work(transaction: StoreTransaction) -> None:
        submission = opened(transaction, web, receipt)
        change(transaction, submission, contact=None, row=None, **columns)

    store_of(web).write(work)


def settle(web: Web, receipt: Receipt, **answers: object) -> None:
    """Answers settled by the clinic on the telephone."""

    def work(transaction: StoreTransaction) -> None:
        submission = opened(transaction, web, receipt)
        rules = web.service.rules
        last = versions(transaction, submission)[-1].input
        given = input_from(last, rules, language(rules.rule_set.language))
        known = rules.rule_set.question
        new = {**given.answers, **{name: read_answer(known[name], raw) for name, raw in answers.items()}}
        add_amendment(transaction, submission, Assessment(replace(given, answers=new)).record(), "staff")
        change(transaction, submission)

    store_of(web).write(work)


# --- code and words ---


def test_a_code_and_words_typed_carelessly_are_read(web: Web) -> None:
    receipt = shared(web)
    other = Web(web.client.application)
    typed = Receipt(receipt.code.lower().replace("-", " "), "  " + receipt.phrase.upper().replace(" ", " - "))
    look_up(other, typed)
    assert other.path == "/status/standing"
    assert receipt.code in other.page.text


@pytest.mark.parametrize(
    ("code", "phrase", "anchor"),
    [
        ("", "", "code"),
        ("ABC-DEF-GH", None, "code"),
        (None, "acorn actor", "phrase"),
        (None, "acorn actor qqqqq", "phrase"),
    ],
)
def test_what_cannot_be_a_code_or_words_is_told_and_not_kept(
    web: Web, code: str | None, phrase: str | None, anchor: str
) -> None:
    receipt = shared(web)
    typed = Receipt(receipt.code if code is None else code, receipt.phrase if phrase is None else phrase)
    shown = look_up(web, typed, status=400)
    assert anchor in errors_on(shown)
    assert shown_values(shown, "phrase") == []  # words wait nowhere
    assert shown_values(shown, "code") == ([receipt.code] if code is None else [])
    assert "type the words again" in shown.text


def test_the_code_of_one_and_the_words_of_another_open_nothing(web: Web) -> None:
    app = web.client.application
    one, two = shared(web), shared(Web(app))
    shown = look_up(Web(app), Receipt(one.code, two.phrase), status=400)
    assert errors_on(shown) == {"phrase": WRONG}
    assert shown_values(shown, "code") == [one.code]


def test_who_deletes_their_answers_leaves_what_was_sent_open_to_nobody(web: Web) -> None:
    receipt = shared(web)
    look_up(web, receipt)
    assert receipt.code in web.page.text
    web.get("/delete")
    web.submit()
    assert [name for name in ("answers", "reply", "words", "visit") if web.client.get_cookie(name)] == []
    for path in ("/shared", "/status/standing"):
        web.get(path)
        assert receipt.code not in web.page.text, path
        assert not web.page.all("ol", class_="words"), path


def test_a_code_that_nobody_has_says_no_more_than_wrong_words(web: Web) -> None:
    words = " ".join(phrase_words(bytes(10), "en"))
    shown = look_up(web, Receipt("222-222-222", words), status=400)
    assert errors_on(shown) == {"phrase": WRONG}
    assert shown_values(shown, "code") == ["222-222-222"]  # as one that somebody has


def test_who_guesses_waits_and_then_even_the_right_words_do_not_help_at_once(web: Web) -> None:
    receipt = shared(web)
    guess = Receipt(receipt.code, " ".join(phrase_words(bytes(10), "en")))
    other = Web(web.client.application)
    other.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    for _ in range(5):
        look_up(other, guess, status=400)
    shown = look_up(other, receipt, status=429)
    assert "Please wait 1 minute and try again." in errors_on(shown)["code"]
    third = Web(web.client.application)
    third.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    look_up(third, receipt, status=429)  # the code itself is slowed down, wherever one comes from


def test_who_guesses_many_codes_from_one_address_waits_too(web: Web) -> None:
    words = " ".join(phrase_words(bytes(10), "en"))
    other = Web(web.client.application)
    other.client.environ_base["REMOTE_ADDR"] = "2001:db8:1:2::1"
    statuses = []
    for number in range(33):
        other.client.environ_base["REMOTE_ADDR"] = f"2001:db8:1:2::{number}"  # one household has many of them
        other.reopen("/status")
        fields = {**form_values(other.page.one("form")), "code": code_number(number), "phrase": words}
        sent = other.client.post("/status", data=fields, environ_base=other.client.environ_base, follow_redirects=True)
        statuses.append(sent.status_code)
    assert statuses[:31] == [400] * 31
    assert statuses[31] == 429


def test_looking_up_what_one_sent_oneself_takes_nothing_off_the_network(web: Web) -> None:
    receipt = shared(web)
    words = " ".join(phrase_words(bytes(10), "en"))
    guesser = Web(web.client.application)
    guesser.client.environ_base["REMOTE_ADDR"] = "198.51.100.80"
    guesser.get("/status")
    fields = {**form_values(guesser.page.one("form")), "phrase": words}
    statuses = []
    for number in range(32):
        if number % 10 == 9:
            own = Web(web.client.application)
            own.client.environ_base["REMOTE_ADDR"] = "198.51.100.80"
            look_up(own, receipt)
        sent = {**fields, "code": code_number(number + 500)}
        statuses.append(guesser.client.post("/status", data=sent, follow_redirects=True).status_code)
    assert statuses == [400] * 31 + [429]


def test_a_stranger_who_knows_a_code_makes_nobody_elsewhere_wait_longer_than_half_a_minute() -> None:
    assert BY_CODE.wait_after(10_000) == 30
    assert BY_CODE_AND_NETWORK.wait_after(10_000) == 15 * 60


@pytest.mark.parametrize(("proxies", "believed"), [("0", False), ("1", True)])
def test_an_address_that_a_proxy_tells_is_believed_only_where_there_is_one(
    tmp_path: Path, proxies: str, believed: bool
) -> None:
    clinic = {name.removeprefix("SCREENING_").lower(): value for name, value in DEMONSTRATION_CLINIC.items()}
    served = {"demonstration": "0", "serve_unreviewed": "The tests", "paid_by": "Nobody"}
    web = Web(make_app(tmp_path, proxies=proxies, **served, **clinic))
    words = " ".join(phrase_words(bytes(10), "en"))
    web.get("/status")
    fields = {**form_values(web.page.one("form")), "phrase": words}
    last = 0
    for number in range(33):
        sent = {**fields, "code": code_number(number)}
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        last = web.client.post("/status", data=sent, headers=headers, follow_redirects=True).status_code
    assert last == (400 if believed else 429)


def code_number(number: int) -> str:
    return code_from((number + 10**15).to_bytes(8, "big"))


# --- the visit ---


def test_without_a_visit_nothing_is_shown(web: Web) -> None:
    shared(web)
    for path in ("standing", "result/0", "answers", "reach", "withdraw"):
        web.get(f"/status/{path}")
        assert web.path == "/status"
    assert web.raw("/status/result/0/summary.pdf").status_code == 303


@pytest.mark.parametrize("path", ["answers", "reach", "withdraw"])
def test_without_a_visit_nothing_is_changed(web: Web, path: str) -> None:
    receipt = shared(web)
    web.get("/status")
    token = web.page.one("input", name="csrf_token")["value"]
    web.post(f"/status/{path}", {**CONTACT, "csrf_token": token})
    assert web.path == "/status"
    look_up(web, receipt)
    assert "Mei Ling" in web.page.text


@pytest.mark.parametrize("path", ["answers", "reach", "withdraw", "leave"])
def test_a_form_that_is_not_ours_changes_nothing(web: Web, path: str) -> None:
    visiting(web)
    web.post(f"/status/{path}", {"csrf_token": "wrong", **CONTACT}, status=400)
    assert "Mei Ling" in web.get("/status/standing").text


def test_a_visit_cookie_that_was_altered_or_is_another_cookie_opens_nothing(web: Web) -> None:
    visiting(web)
    cookie = web.client.get_cookie("visit")
    assert cookie
    middle = len(cookie.value) // 2  # of the last letter some bits count for nothing
    altered = cookie.value[:middle] + ("A" if cookie.value[middle] != "A" else "B") + cookie.value[middle + 1 :]
    for value in (altered, cookie.value[1:], "", "x", web.cookie()):
        web.client.set_cookie("visit", value)
        web.get("/status/standing")
        assert web.path == "/status"


def test_a_visit_ends_after_some_minutes_and_in_any_case_after_two_hours(app: Flask) -> None:
    cookies = VisitCookie(Web(app).service.cookie_keys, https=False)

    def read(written_at: int, began_at: int, at: int) -> bool:
        response = Response()
        cookies.write(response, Visit("id", began_at), written_at)
        with app.test_request_context(headers={"Cookie": response.headers["Set-Cookie"].split(";")[0]}):
            return cookies.read(request, at) is not None

    assert read(0, 0, IDLE)
    assert not read(0, 0, IDLE + 1)
    assert read(LONGEST - 1, 0, LONGEST)
    assert not read(LONGEST - 1, 0, LONGEST + 1)


def test_the_cookie_of_a_visit_is_kept_from_scripts_and_other_pages(web: Web) -> None:
    receipt = shared(web)
    web.get("/status")
    fields = {**form_values(web.page.one("form")), "code": receipt.code, "phrase": receipt.phrase}
    sent = web.client.post("/status", data=fields).headers.getlist("Set-Cookie")
    visit = next(identity for identity in sent if identity.startswith("visit="))
    assert "HttpOnly" in visit
    assert "SameSite=Strict" in visit
    assert "Expires" not in visit
    assert "Max-Age" not in visit


def test_leaving_ends_the_visit(web: Web) -> None:
    visiting(web)
    web.submit()
    assert web.path == "/status"
    web.get("/status/standing")
    assert web.path == "/status"


# --- the two words for the telephone ---


def test_the_words_on_the_page_are_those_of_the_receipt_and_go_with_it(web: Web) -> None:
    receipt = shared(web)
    pair = pair_on(web.page)
    look_up(web, receipt)
    assert pair_on(web.page) == pair
    assert "calls you, it says its word first" in web.page.text
    web.get("/status/withdraw")
    web.submit()
    assert not web.page.all("dl", class_="pair")


def test_what_was_sent_before_there_were_words_says_what_a_call_is_then(web: Web) -> None:
    receipt = visiting(web)
    set_columns(web, receipt, pair_sealed=None)
    page = web.get("/status/standing")
    assert not page.all("dl", class_="pair")
    assert "when we call, we listen and help, but tell nothing of what you sent" in page.text


# --- where it stands ---


def test_it_says_where_it_stands_in_plain_words(web: Web) -> None:
    receipt = visiting(web)
    assert web.page.one("h1").text == "The clinic has received it"
    assert "Nobody has opened it yet." in web.page.text
    for columns, heading, said in (
        ({"opened_at": now()}, "The clinic has opened it", "It was opened on"),
        ({"state": State.TRIED, "tries": 2}, "The clinic tried to reach you", "tried to reach you 2 times."),
        ({"state": State.IN_CONTACT, "contacted_at": now()}, "The clinic is in contact with you", "It first reached"),
        ({"state": State.AWAITING_DOCUMENTS}, "The clinic waits for papers from you", "received it on"),
        ({"state": State.WITH_CLINICIAN}, "A doctor or nurse at the clinic has it", "received it on"),
        ({"state": State.CLOSED, "ended_at": now()}, "The clinic has closed it", "It will be deleted on"),
    ):
        set_columns(web, receipt, **columns)
        shown = web.get("/status/standing")
        assert shown.one("h1").text == heading
        assert said in shown.text


def test_no_day_of_an_answer_is_named_where_the_clinic_waits_for_the_person(web: Web) -> None:
    receipt = visiting(web)
    ahead = now() + timedelta(days=3)
    for step, is_named in (
        (Step.CALL_BACK, True),
        (Step.DECISION, True),
        (Step.WAIT, False),
        (Step.OTHER_WAY, False),
    ):
        set_columns(web, receipt, state=State.TRIED, step=step, due_at=ahead, tries=3, promised_at=ahead)
        assert ("says it will answer by" in web.get("/status/standing").text) is is_named


@pytest.mark.parametrize("seen", [False, True])
def test_after_the_promised_day_it_says_not_to_wait_with_the_emergency_numbers_first(web: Web, seen: bool) -> None:
    receipt = visiting(web)
    set_columns(web, receipt, promised_at=now() - timedelta(seconds=1), opened_at=now() if seen else None)
    shown = web.get("/status/standing")
    heading = "No answer yet: do not wait for the clinic" if seen else "Not opened yet: do not wait for the clinic"
    assert shown.one("h1").text == heading
    assert "Please go to your own doctor." in shown.text
    body = shown.one("body").text
    assert body.index("999") < body.index(heading)
    set_columns(web, receipt, contacted_at=now())
    assert "do not wait" not in web.get("/status/standing").one("h1").text


@pytest.mark.slow
def test_what_was_sent_can_be_read_and_taken_along_as_it_was(web: Web) -> None:
    visiting(web, age="47")
    heading = web.get("/status/result/0").one("h1").text
    assert "as you saw it." in web.page.text
    assert "47 years" in web.page.text
    text = squeezed(words_of(web.raw("/status/result/0/summary.pdf").data))
    assert squeezed(heading) in text
    web.get("/status/result/1", status=404)


@pytest.mark.slow
@pytest.mark.parametrize(("query", "says"), [("", "attached"), ("?copy=without-data", "without the answers")])
def test_what_was_sent_is_the_file_that_could_be_downloaded_before_with_its_data_or_without(
    web: Web, query: str, says: str
) -> None:
    visiting(web, age="47")
    before = web.raw(f"/summary.pdf{query}").data
    web.get("/status/result/0")
    assert f"/status/result/0/summary.pdf{query}" in [element["href"] for element in web.page.one("main").all("a")]
    after = web.raw(f"/status/result/0/summary.pdf{query}").data
    assert says in words_of(after)
    assert after == before


@pytest.mark.slow
def test_what_was_sent_in_a_script_of_which_no_pdf_is_made_is_kept_in_it_and_printed_in_the_rule_files_language(
    tmp_path: Path,
) -> None:
    shutil.copytree(RULES.path.parent, tmp_path / "rules")
    rules = tmp_path / "rules" / RULES.path.name
    translate(rules, "ta", lambda text: f"{text} கொடு")
    web = Web(make_app(tmp_path, rules=str(rules)))
    web.client.set_cookie("language", "ta")
    visiting(web, age="47")
    before = web.raw("/summary.pdf").data
    assert "கொடு" in web.get("/status/result/0").text
    assert "கொடு" not in words_of(before)
    assert web.raw("/status/result/0/summary.pdf").data == before


@pytest.mark.slow
def test_the_data_of_an_amendment_are_those_of_the_amendment_by_the_rules_that_judged_it(web: Web) -> None:
    receipt = visiting(web, ascites="?")
    settle(web, receipt, ascites="now")
    records = [record_in(web.raw(f"/status/result/{number}/summary.pdf").data) for number in (0, 1)]
    assert [record.answers["ascites"] for record in records] == [None, "now"]
    assert {record.rules["sha256"] for record in records} == {web.service.rules.hash}
    assert web.service.verifier.verdict(web.raw("/status/result/1/summary.pdf").data).again == reassess(
        web.service.rules, records[1]
    )


def test_both_results_and_the_answers_settled_are_shown_where_the_clinic_amended(web: Web) -> None:
    receipt = visiting(web, ascites="?")
    settle(web, receipt, ascites="now")
    shown = web.get("/status/standing")
    cards = shown.all("div", class_="sent")
    assert len(cards) == 2
    assert "as you sent it" in cards[0].text
    assert "after the clinic asked you" in cards[1].text
    assert "(before: I'm not sure)" in cards[1].text
    assert web.get("/status/result/1").one("h1").text != web.get("/status/result/0").one("h1").text


# --- changing it ---


def test_answers_are_corrected_and_sent_as_an_amendment(web: Web) -> None:
    receipt = shared(web, age="47")
    other = Web(web.client.application)
    look_up(other, receipt)
    other.follow("Add or correct answers")
    other.submit()
    assert other.path == "/check"
    assert "47 years" in other.page.text
    other.get("/share")
    assert other.path == "/shared"  # nothing differs, so there is nothing to send
    other.get("/questions/age")
    other.submit({"age": "61"})
    other.get("/share")
    other.submit()
    other.submit({"consent_read": "yes"})
    assert "Your code, your secret words and the two words for the telephone stay the same." in other.page.text
    assert not other.page.all("ol", class_="words")
    shown = other.get("/status/standing")
    assert "Age: 61 years (before: 47 years)" in shown.text
    with store_of(web).reading() as transaction:
        assert opened(transaction, web, receipt).row_members["news"] == ["answers_changed"]


def test_numbers_that_were_confirmed_are_not_asked_to_be_confirmed_again(web: Web) -> None:
    receipt = shared(web, has_papers="yes", lsm="6.5", scan_age="?")
    other = Web(web.client.application)
    look_up(other, receipt)
    other.get("/status/answers")
    other.submit()
    assert other.path == "/check"


def test_how_to_be_reached_is_changed_with_every_error_told(web: Web) -> None:
    visiting(web)
    web.follow("Change how the clinic can reach you")
    assert shown_values(web.page, "address") == [CONTACT["address"]]
    assert shown_values(web.page, "speaks") == ["ms"]
    shown = web.submit({"channel": "email"}, status=400)
    assert errors_on(shown) == {"address": "Type an e-mail address, like name@example.com."}
    web.submit({"channel": "email", "address": "mei@Example.com", "best_time": "evening"})
    assert web.path == "/status/standing"
    assert "mei@Example.com" in web.page.text
    assert "In the evening" in web.page.text


def test_a_changed_number_is_told_as_not_saved_until_it_is_and_then_as_saved(web: Web) -> None:
    visiting(web)
    web.get("/status/reach")
    assert not web.page.all("section", class_="read-back")
    asked = web.submit({"address": "012-345 6788", "number_is": ""}).one("section", class_="read-back").text
    assert f"It is not saved yet: until you press “Save”, the clinic uses {CONTACT['address']}." in asked
    assert "sent" not in asked
    web.submit()
    told = web.page.one("p", role="status").text
    assert told == f"Saved: the clinic now reaches you at {opened_contact(web)['address']}."
    assert "345 6788" in told
    web.get("/status/withdraw")
    web.submit()
    assert not web.page.all("p", role="status")


def test_what_was_done_with_one_submission_is_not_told_of_another(web: Web) -> None:
    other = shared(Web(web.client.application))
    visiting(web)
    web.get("/status/reach")
    web.submit({"best_time": "evening"})
    assert web.page.all("p", role="status")
    web.submit(button="")  # the visit is left
    look_up(web, other)
    assert web.path == "/status/standing"
    assert not web.page.all("p", role="status")


def opened_contact(web: Web) -> dict[str, str]:
    """How the page says that the person is reached, by its first entries."""
    rows = web.page.one("dl", class_="answers").all("div")
    return {"address": rows[1].one("dd").text}


def test_who_took_it_back_is_told_of_the_answers_that_this_browser_holds(web: Web) -> None:
    receipt = visiting(web)
    assert "Your answers in this browser" not in web.page.text
    web.get("/status/withdraw")
    web.submit()
    assert "Your answers still lie in this browser" in web.page.text
    web.follow("Delete my answers")
    other = Web(web.client.application)
    assert "Your answers in this browser" not in look_up(other, receipt).text


@pytest.mark.parametrize("channel", ["phone", "whatsapp", "email"])
def test_who_is_written_to_reads_how_a_message_is_known(web: Web, channel: str) -> None:
    open_form(web)
    web.submit({**CONTACT, "channel": channel, **({"address": "mei@example.com"} if channel == "email" else {})})
    for path in ("/shared", "/status/standing"):
        if path == "/status/standing":
            look_up(web, receipt_on(web.page))
        assert ("Is a message real?" in web.page.text) == (channel != "phone"), path
        assert ("leads to localhost, and nowhere else" in web.page.text) == (channel != "phone"), path


def test_what_is_taken_back_is_gone(web: Web) -> None:
    receipt = visiting(web)
    web.follow("Take it back")
    assert "Take back what you sent?" in web.page.text
    web.submit()
    assert web.page.one("h1").text == "You took it back"
    for path in ("answers", "reach", "withdraw", "result/0"):
        web.get(f"/status/{path}")
        assert web.path == "/status/standing"
    assert look_up(Web(web.client.application), receipt).one("h1").text == "You took it back"
    other = Web(web.client.application)
    other.get("/status")
    wrong = " ".join(reversed(receipt.phrase.split()))
    shown = other.submit({"code": receipt.code, "phrase": wrong}, status=400)
    assert "do not belong together" in errors_on(shown)["phrase"]
    assert "deleted" not in shown.text.lower()


def test_after_taking_it_back_the_same_browser_can_send_anew(web: Web) -> None:
    receipt = visiting(web)
    web.get("/status/withdraw")
    web.submit()
    web.get("/shared")
    assert web.path == "/status/standing"
    web.get("/share")
    web.submit()
    assert receipt_on(web.submit(CONTACT)) != receipt


def test_two_visits_that_change_at_once_leave_what_one_of_them_wrote(web: Web) -> None:
    receipt = visiting(web)
    other = Web(web.client.application)
    look_up(other, receipt)
    other.get("/status/reach")
    web.get("/status/withdraw")
    web.submit()
    other.submit({"name": "Later"})
    assert other.page.one("h1").text == "You took it back"


def test_while_the_database_is_gone_it_is_said_so_and_the_visit_goes_on_afterwards(tmp_path: Path) -> None:
    web = Web(make_app(tmp_path))
    visiting(web)
    file = tmp_path / "screening.db"
    file.rename(tmp_path / "away")
    for path in ("/status/standing", "/status/result/0", "/status/reach"):
        assert web.get(path, status=503).one("h1").text == "Not possible just now"
    (tmp_path / "away").rename(file)
    assert web.get("/status/standing").one("h1").text == "The clinic has received it"


def test_who_did_not_ask_undoes_the_deletion_and_until_then_nobody_reads_it(web: Web) -> None:
    receipt = visiting_restricted(web)
    assert web.page.one("h1").text == "Somebody asked to delete what you sent"
    assert CONTACT["name"] not in web.page.text
    for path in ("answers", "reach", "withdraw", "result/0", "result/0/summary.pdf"):
        web.get(f"/status/{path}")
        assert web.path == "/status/standing"
    deny_deletion(web)
    assert web.page.one("h1").text == "The clinic has received it"
    assert CONTACT["name"] in web.page.text
    with store_of(web).reading() as transaction:
        assert opened(transaction, web, receipt).row_members["news"] == ["deletion_not_asked"]


def test_what_was_heard_on_a_call_stands_beside_the_answers(web: Web) -> None:
    receipt = visiting(web)
    assert "What the clinic understood" not in web.page.text

    def hear(transaction: StoreTransaction) -> None:
        found = opened(transaction, web, receipt)
        heard = with_heard(with_heard(found.row_members, ("red_flags/black_stool",)), ("red_flags/black_stool", "x/y"))
        change(transaction, found, row=heard)

    store_of(web).write(hear)
    options = web.service.rules.rule_set.question["red_flags"].options
    sign = next(option.text for option in options if option.code == "black_stool")
    section = next(section for section in web.get("/status/standing").all("section") if "understood" in section.text)
    assert [item.text for item in section.all("li")] == [sign]


def test_what_was_opened_says_until_when_it_is_kept_and_that_this_was_put_off(web: Web) -> None:
    receipt = visiting(web)
    assert "If nothing more happens to it" not in web.page.one("main").text
    set_columns(web, receipt, opened_at=now())
    english = language("en")

    def kept_until(moment: datetime) -> str:
        day = english.date((moment + timedelta(days=180)).astimezone().date())
        return f"If nothing more happens to it, it will be deleted on {day}, or at most a week later."

    assert kept_until(now()) in web.get("/status/standing").text
    long_ago = now() - timedelta(days=160)

    def age(transaction: StoreTransaction) -> None:
        row = submission.c.id == identity_of(transaction, receipt)
        values = {"changed_at": long_ago, "promised_at": long_ago, "received_at": long_ago}
        transaction.connection.execute(update(submission).where(row).values(with_step(values)))
        transaction.connection.execute(update(told_limit).values(since=long_ago - timedelta(days=1)))

    store_of(web).write(age)
    assert kept_until(long_ago) in web.get("/status/standing").text

    def put_off(transaction: StoreTransaction) -> None:
        (listed,) = [one for one in listed_idle(transaction, now()) if one.id == identity_of(transaction, receipt)]
        postpone(transaction, listed, "m" * 16, "A complaint is open.")

    store_of(web).write(put_off)
    text = web.get("/status/standing").text
    assert kept_until(now()) in text
    today = english.date(now().astimezone().date())
    assert f"On {today} a manager of the clinic put off deleting it." in text
    assert "A complaint is open." not in text
    set_columns(web, receipt, state=State.CLOSED, ended_at=now())
    assert "If nothing more happens to it" not in web.get("/status/standing").text
