"""Whatever is pressed on the page of a submission, all that was typed there is kept by it, or shown again.

Every field of the page is filled in, every button pressed; what each button takes is said here, apart from the code.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence

import pytest
from flask import Flask

from screening.desk.access.unsent_form import UNSENT, UnsentForm, open_unsent
from screening.storage.accounts.staff import Role, accounts
from screening.storage.submissions.record.records import change, open_submission
from tests.desk.access.test_expired_forms import let_expire
from tests.support.calls import call, confirm, press, say
from tests.support.desk import Desk, add, signed_in
from tests.support.page import Element, read_page
from tests.support.stores import PAIR
from tests.support.submissions import EARLY, UNCLEAR, send
from tests.support.web import form_values

Filled = Mapping[str, list[str]]
TAKEN = {
    "note": ["note"],
    "outcome no_answer": ["note", "paper"],
    "outcome call_back": ["note", "paper", "day", "time"],
    "outcome papers": ["note", "paper"],
    "outcome close": ["note", "paper", "reason"],
    "outcome reopen": ["note", "paper"],
    "outcome call_again": ["note", "paper"],
    "outcome wait": ["note", "paper"],
    "emergency": ["note", "signs"],
    "mistake": ["mistake"],
    "seen": ["seen", "ground"],
    "give": ["to"],
    "identity": ["word"],
    "lost": ["word"],
    "vouch": ["vouch_reason"],
    "answers": ["told-"],
    "undo": ["undo_note"],
}
"""The fields that are kept by a button, where what it does is done; a hyphen stands for all that begin so."""
CARRIED = {"csrf_token", "revision", "page", "offered", "shown", "outcome", "nearest"}


def filled(form: Element) -> dict[str, list[str]]:
    """All fields of a form, each with something that it did not hold before."""
    values = form_values(form)
    for element in form.all("input", "textarea", "select"):
        name = element["name"]
        match element["type"] or element.tag:
            case "hidden":
                continue
            case "radio" | "checkbox":
                values[name] = [element["value"]] if element["value"] != "?" else values.get(name, [])
            case "date":
                values[name] = ["2031-05-05"]
            case "time":
                values[name] = ["10:10"]
            case "select":
                values[name] = [element.all("option")[-1]["value"]]
            case _:
                values[name] = [f"{name} {secrets.token_hex(4)}"]
    return values


def pressed(desk: Desk, form: Element, button: Element) -> tuple[Element, Filled, int]:
    """The page after a button, all that was typed, and the first status."""
    values = filled(form)
    sent = values | ({button["name"]: [button["value"]]} if button["name"] else {})
    response = desk.raw(button["formaction"] or form["action"], "POST", sent)
    status = response.status_code
    while response.status_code == 303:
        desk.path = response.headers["Location"]
        response = desk.raw(desk.path)
    desk.page = read_page(response.text)
    return desk.page, {name: value for name, value in values.items() if name not in CARRIED and any(value)}, status


def name_of(button: Element) -> str:
    """What a button is called here."""
    last = button["formaction"].rsplit("/", 1)[-1]
    return f"outcome {button['value']}" if last == "outcome" else last


def forgotten(page: Element, feed: str, typed: Filled, taken: Sequence[str]) -> dict[str, list[str]]:
    """What is neither shown again in its field, nor as text, nor taken by the button (words: under what happened)."""
    shown: dict[str, list[str]] = {}
    for form in page.one("main").all("form"):
        for name, values in form_values(form).items():
            shown.setdefault(name, []).extend(values)
    lost = {}
    for name, values in typed.items():
        is_taken = any(name == prefix or (prefix.endswith("-") and name.startswith(prefix)) for prefix in taken)
        is_words = name in ("note", "mistake", "seen", "vouch_reason", "undo_note")
        if is_taken and is_words and values[0] in feed:
            continue
        if is_taken and not is_words:
            continue
        if not set(values) <= set(shown.get(name, ())) and values[0] not in page.text:
            lost[name] = values
    return lost


def new(desk: Desk, clinician: Desk, app: Flask) -> tuple[Desk, str]:
    return desk, send(desk.store, UNCLEAR).id


def called(desk: Desk, clinician: Desk, app: Flask) -> tuple[Desk, str]:
    sent = send(desk.store, UNCLEAR).id
    call(desk, sent)
    return desk, sent


def confirmed(desk: Desk, clinician: Desk, app: Flask) -> tuple[Desk, str]:
    sent = send(desk.store, UNCLEAR).id
    confirm(desk, sent)
    return desk, sent


def lost(desk: Desk, clinician: Desk, app: Flask) -> tuple[Desk, str]:
    sent = send(desk.store, UNCLEAR).id
    call(clinician, sent)
    clinician.submit(action="/identity/lost")
    return clinician, sent


def misheard(desk: Desk, clinician: Desk, app: Flask) -> tuple[Desk, str]:
    sent = send(desk.store, UNCLEAR).id
    call(desk, sent)
    say(desk, "rivver")
    return desk, sent


def undecided(desk: Desk, clinician: Desk, app: Flask) -> tuple[Desk, str]:
    sent = send(desk.store, EARLY).id
    desk.store.write(lambda kept: change(kept, open_submission(kept, sent), call_first=1, tries=2, row={}))
    clinician.get(f"/desk/submissions/{sent}")
    press(clinician, "no_answer")
    return clinician, sent


def emergency(desk: Desk, clinician: Desk, app: Flask) -> tuple[Desk, str]:
    sent = send(desk.store, EARLY).id
    desk.get(f"/desk/submissions/{sent}")
    desk.submit(action="/emergency")
    return desk, sent


def to_be_deleted(desk: Desk, clinician: Desk, app: Flask) -> tuple[Desk, str]:
    asked, sent = emergency(desk, clinician, app)
    asked.get(f"/desk/submissions/{sent}/deletion")
    asked.submit({"identity": "call_back", "called_back": "yes"}, action="/deletion")
    return clinician, sent


def closed(desk: Desk, clinician: Desk, app: Flask) -> tuple[Desk, str]:
    sent = send(desk.store, EARLY).id
    desk.get(f"/desk/submissions/{sent}")
    press(desk, "close", {"reason": "turned_away"})
    return desk, sent


Stage = Callable[[Desk, Desk, Flask], tuple[Desk, str]]
PRESSED: dict[Stage, Sequence[str]] = {
    new: ("draft", "note", "outcome no_answer", "outcome close", "outcome papers", "dialled", "take", "give", "seen"),
    called: ("identity", "lost", "emergency", "dialled"),
    confirmed: ("answers", "outcome call_back", "outcome papers", "dialled"),
    lost: ("vouch",),
    misheard: ("draft",),
    undecided: ("outcome wait",),
    emergency: ("mistake",),
    to_be_deleted: ("agree", "undo"),
    closed: ("outcome reopen", "undo"),
}


@pytest.mark.slow
@pytest.mark.parametrize("stage", PRESSED, ids=lambda case: case.__name__)
def test_what_a_button_does_not_keep_is_shown_again(
    app: Flask, coordinator: Desk, clinician: Desk, stage: Stage
) -> None:
    add(coordinator.store, Role.CLINICIAN, "Ravi")
    for wanted in PRESSED[stage]:
        desk, sent = stage(coordinator, clinician, app)
        path = f"/desk/submissions/{sent}"
        form = desk.get(path).one("form", id="work")
        button = next(button for button in form.all("button") if name_of(button) == wanted or wanted == "draft")
        page, typed, status = pressed(desk, form, button)
        assert len(typed) > 4
        taken = TAKEN.get(wanted, []) if status in (200, 303) else []
        taken += ["word"] if wanted == "draft" and "word" in typed else []
        again = desk.raw(path)
        happened = read_page(again.text).all(id="feed")
        feed = happened[0].text if happened else ""
        if wanted != "agree":  # from then on nobody reads it: what was typed there is told by nobody
            assert forgotten(page, feed, typed, taken) == {}, wanted


def test_half_an_answer_survives_a_new_call_and_a_note_goes_with_the_answers(coordinator: Desk) -> None:
    sent = send(coordinator.store, UNCLEAR).id
    confirm(coordinator, sent)
    half = {"told-told": "fibrosis", "told-words-told": "Half a sentence", "note": "She coughs."}
    page = coordinator.submit(half, action="/dialled")
    assert "Half a sentence" in page.text
    assert page.one("textarea", id="note").typed == "She coughs."
    page = say(coordinator, PAIR.person)
    assert page.one("textarea", id="told-words-told").typed == "Half a sentence"
    assert page.one("input", value="fibrosis", type="radio").has("checked")
    page = coordinator.submit(action="/answers")
    assert "What else you typed is still below" in page.text
    assert "Half a sentence" in page.one(id="feed").text
    assert "She coughs." not in page.one(id="feed").text
    assert page.one("textarea", id="note").typed == "She coughs."
    press(coordinator, "no_answer")
    assert not coordinator.path.endswith(sent)


def test_an_emergency_sent_twice_is_one_and_what_was_typed_waits_behind_what_to_say(coordinator: Desk) -> None:
    sent = send(coordinator.store, UNCLEAR).id
    form = coordinator.get(f"/desk/submissions/{sent}").one("form", id="work")
    values = form_values(form) | {"note": ["He bleeds."], "seen": ["A scan."]}
    for _ in range(2):
        response = coordinator.raw(f"/desk/submissions/{sent}/emergency", "POST", values)
        assert response.status_code == 200
    coordinator.page = read_page(response.text)
    page = coordinator.submit(action="/draft")
    assert page.one("textarea", id="seen").typed == "A scan."
    assert page.one(id="feed").text.count("He bleeds.") == 1


def test_what_belongs_to_one_is_never_shown_on_the_page_of_another(coordinator: Desk) -> None:
    first, second = send(coordinator.store, UNCLEAR).id, send(coordinator.store, UNCLEAR).id
    coordinator.get(f"/desk/submissions/{first}")
    press(coordinator, "wrong_number")
    form = coordinator.get(f"/desk/submissions/{second}").one("form", id="work")
    values = form_values(form) | {"note": ["About the second."]}
    response = coordinator.raw(f"/desk/submissions/{first}/undo", "POST", values)
    page = read_page(response.text)
    assert page.one("textarea", id="note").typed == "About the second."
    assert page.one("input", name="page")["value"] == second
    assert "First call" in coordinator.get(f"/desk/submissions/{first}").one(id="head").text


def forms_of(desk: Desk, paths: Sequence[str]) -> list[tuple[str, dict[str, list[str]]]]:
    """Where each button of these pages leads, and every field of its form filled in."""
    found = []
    for path in paths:
        page = desk.get(path)
        for form in page.one("main").all("form", method="post"):
            fields = filled(form)
            marks = [field for field in page.all("input", name="marked") if field["form"] == form["id"] != ""]
            fields |= {"marked": [element["value"] for element in marks]} if marks else {}
            for button in form.all("button"):
                said = {button["name"]: [button["value"]]} if button["name"] else {}
                found.append((button["formaction"] or form["action"], fields | said))
    return found


def sealed_in(desk: Desk, page: Element) -> UnsentForm:
    """The form that a page for signing in takes along, as its owner is offered it."""
    sealed = page.one("main").one("input", name=UNSENT)["value"]
    with desk.app.test_request_context():
        found = [open_unsent(sealed, value) for value in everybody(desk)]
    (offered,) = filter(None, found)
    return offered


def everybody(desk: Desk) -> list[str]:
    """The ids of all who have an account."""
    with desk.store.reading() as transaction:
        return [account.id for account in accounts(transaction)]


SECRETS = {"csrf_token", "password", "current", "again", "code", "word", "nearest", "app"}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MANAGER])
def test_every_form_of_every_page_is_offered_again_after_the_session_with_all_that_was_typed(
    app: Flask, role: Role
) -> None:
    desk = signed_in(app, role, f"late {role}")
    away = add(desk.store, Role.COORDINATOR, "Away")
    paths = ["/desk/staff", f"/desk/staff/{away}/disable", "/desk/account"]
    if role is Role.COORDINATOR:
        sent = [send(desk.store, UNCLEAR).id for _ in range(2)]
        confirm(desk, sent[0])
        call(desk, sent[1])
        pages = [f"/desk/submissions/{identity}" for identity in sent]
        paths = ["/desk/?assignee=nobody", "/desk/export", *pages, f"{pages[0]}/deletion", f"{pages[0]}/answers/age"]
    forms = forms_of(desk, paths)
    assert len(forms) >= (30 if role is Role.COORDINATOR else 2)
    let_expire(desk)
    for address, fields in forms:
        typed = {name: values for name, values in fields.items() if name not in SECRETS and any(values)}
        response = desk.raw(address, "POST", fields)
        if response.status_code == 303:  # nothing was typed: no more than a button
            assert not set(typed) - {"revision", "page", "offered", "shown", "next"}, address
            continue
        offered = sealed_in(desk, read_page(response.text))
        assert offered.address == address
        kept: dict[str, list[str]] = {}
        for name, value in offered.fields:
            kept.setdefault(name, []).append(value)
        for name, values in typed.items():
            assert kept.get(name) == [value for value in values if value] or kept.get(name) == values, (address, name)
