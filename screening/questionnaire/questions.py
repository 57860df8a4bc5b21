"""The pages on the way: who it is for, the questions, numbers read back, interrupts, and checking the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.forms.pages import FormError, PageForm
from screening.questionnaire.counters import count_step
from screening.questionnaire.current_request import (
    ANSWERING,
    current_journey,
    current_language,
    redirect_to_next_page,
    save_state,
    today,
    translated_rules,
)
from screening.questionnaire.locale import is_language_change, preserves_input
from screening.ruleset.model.questions import Page
from screening.runtime import current_service
from screening.wording.document.answers import with_answers
from screening.wording.document.emergency import phone_numbers
from screening.wording.document.read_back import ReadBack, answer_rows, read_back

blueprint = Blueprint("questions", __name__)

WHO = (*ANSWERING, "reading")
"""For whom a person answers: themselves; an adult who is with them and agrees; nobody who can: then only reading."""
Shown = str | Response | tuple[str, int]


@blueprint.get("/who")
def who() -> Shown:
    """Ask for whom the answers are."""
    return render_template("questionnaire/who.html", chosen=current_journey().state.who, errors=[])


@blueprint.post("/who")
@preserves_input
def choose_who() -> Shown:
    """Keep for whom the answers are."""
    chosen = request.form.get("who", "")
    if is_language_change():
        return render_template("questionnaire/who.html", chosen=chosen, errors=[])
    if chosen not in WHO:
        message = current_language().gettext("Choose for whom you answer.")
        return render_template("questionnaire/who.html", chosen="", errors=[FormError("who", message)]), 400
    state = replace(current_journey().state, who=chosen)
    if chosen == "reading":
        return save_state(state, redirect(url_for("articles.contents"), 303))
    after = replace(current_journey(), state=state)
    count_step(current_journey(), after)
    return redirect_to_next_page(after)


@blueprint.get("/continue")
def resume() -> Shown:
    """Go on where the answers end."""
    journey = current_journey()
    return redirect_to_next_page(journey) if journey.state.who in ANSWERING else redirect(url_for("questions.who"), 303)


def _page(page_id: str) -> Page:
    """The page of this id, or not found."""
    page = translated_rules().rule_set.page.get(page_id)
    if page is None or page.part in current_service().parts_off:
        abort(404)
    return page


def _redirect_unless_open(page: Page) -> Response | None:
    """Where to go instead, if a page cannot be opened yet."""
    journey = current_journey()
    if journey.state.who not in ANSWERING:
        return redirect(url_for("questions.who"), 303)
    return None if journey.may_open(page) else redirect_to_next_page(journey)


def _form(page: Page) -> PageForm:
    journey = current_journey()
    return PageForm(page, journey.printed_questions(page), current_language(), journey.answers, read_back=True)


def _show(page: Page, form: PageForm) -> str:
    journey = current_journey()
    return render_template(
        "questionnaire/question.html",
        page=page,
        form=form,
        before=journey.page_before(page),
        done=journey.next_page is None,
    )


@blueprint.get("/questions/<page_id>")
def question(page_id: str) -> Shown:
    """Show a page of questions with what was answered before."""
    page = _page(page_id)
    return _redirect_unless_open(page) or _show(page, _form(page))


@blueprint.post("/questions/<page_id>")
@preserves_input
def answer(page_id: str) -> Shown:
    """Read a page's answers; show it again with errors, or go on."""
    page = _page(page_id)
    if elsewhere := _redirect_unless_open(page):
        return elsewhere
    form = _form(page)
    accepted = form.take(request.form, current_journey().asked_with)
    if is_language_change():
        form.forget_errors()
        return _show(page, form)
    if not accepted:
        return _show(page, form), 400
    after = current_journey().after_answers(page, form.answers, today())
    count_step(current_journey(), after, page)
    return redirect_to_next_page(after)


def answer_not_accepted(page_id: str, message: str) -> tuple[str, int] | None:
    """A page of questions again with all that was sent, and why it was not accepted; None where none may be shown."""
    page = translated_rules().rule_set.page.get(page_id)
    if page is None or page.part in current_service().parts_off or _redirect_unless_open(page):
        return None
    form = _form(page)
    form.take(request.form, current_journey().asked_with)
    form.errors = [FormError("questions", message)]
    return _show(page, form), 400


@blueprint.get("/questions/<page_id>/confirm")
def confirm(page_id: str) -> Shown:
    """Read the numbers of a page back before they count."""
    page = _page(page_id)
    journey = current_journey()
    if not journey.awaits_confirmation(page):
        return _redirect_unless_open(page) or redirect_to_next_page(journey)
    return _show_read_back(page, {}, ())


def _read_back(page: Page) -> tuple[ReadBack, ...]:
    journey = current_journey()
    return read_back(
        page, {name: answer for name, answer in journey.answers.items() if name in journey.asked}, current_language()
    )


def _show_read_back(page: Page, errors: Mapping[str, str], checked: Collection[str]) -> str:
    """The numbers read back: `errors` by question, and the unusual ones that were ticked as checked."""
    return render_template(
        "questionnaire/confirm.html",
        page=page,
        rows=_read_back(page),
        errors=errors,
        summary=[FormError(f"checked-{name}", message) for name, message in errors.items()],
        checked=checked,
    )


@blueprint.post("/questions/<page_id>/confirm")
@preserves_input
def confirm_numbers(page_id: str) -> Shown:
    """Count the numbers of a page; an unusual one only once it was checked."""
    page = _page(page_id)
    journey = current_journey()
    if not journey.awaits_confirmation(page):
        return redirect_to_next_page(journey)
    checked = request.form.getlist("checked")
    if is_language_change():
        return _show_read_back(page, {}, checked)
    say = current_language().gettext
    unchecked = [row for row in _read_back(page) if row.unusual and row.question not in checked]
    if unchecked:
        errors = {
            row.question: say("%(label)s: tick that you checked the unusual number, or change it.", label=row.label)
            for row in unchecked
        }
        return _show_read_back(page, errors, checked), 400
    after = journey.after_confirmation(page)
    count_step(journey, after)
    return redirect_to_next_page(after)


@blueprint.get("/help-first")
def interrupt() -> Shown:
    """Show at once what cannot wait until all is answered."""
    journey = current_journey()
    if not journey.interrupts:
        return resume()
    rule_set = journey.rule_set
    reasons = [
        with_answers(ground.because, rule_set, journey.confirmed_answers, current_language())
        for ground in journey.interrupts
    ]
    return render_template(
        "questionnaire/interrupt.html",
        grounds=journey.interrupts,
        reasons=reasons,
        phones=phone_numbers(rule_set),
        deciding_page=journey.deciding_page(journey.interrupts[0]),
    )


@blueprint.post("/help-first")
def leave_interrupt() -> Shown:
    """Go on with the questions after all."""
    return redirect_to_next_page(current_journey().after_interrupts())


@blueprint.get("/check")
def check_answers() -> Shown:
    """Show every answer with a way to change it."""
    journey = current_journey()
    if journey.state.who not in ANSWERING:
        return redirect(url_for("questions.who"), 303)
    if journey.next_page is not None:
        return redirect_to_next_page(journey)
    rows = answer_rows(journey.rule_set, journey.answers, journey.asked, current_language())
    return render_template("questionnaire/check.html", rows=rows, last=journey.pages[-1])
