"""The pages on the way: who it is for, the questions, numbers read back, and checking the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.forms.page_form import PageForm
from screening.forms.submitted_form import FormError
from screening.questionnaire.counters import count_step
from screening.questionnaire.current_request import (
    ANSWERING,
    answers_gone,
    current_journey,
    current_language,
    redirect_to_next_page,
    save_state,
    today,
    translated_rules,
)
from screening.questionnaire.form_reply import refused, reply_here, shown_in_other_language, with_status
from screening.questionnaire.locale import is_language_change, preserves_input
from screening.ruleset.model.questions import Page
from screening.runtime import current_service
from screening.wording.document.read_back import ReadBack, answer_rows, read_back

blueprint = Blueprint("questions", __name__)

WHO = (*ANSWERING, "reading")
"""For whom a person answers: themselves; an adult who is with them and agrees; nobody who can: then only reading."""
Shown = str | Response


@blueprint.get("/who")
def who() -> Shown:
    """Ask for whom the answers are."""
    reply = reply_here()
    chosen = reply.fields.get("who", "") if reply else current_journey().state.who
    errors = reply.errors if reply else ()
    return with_status(render_template("questionnaire/who.html", chosen=chosen, errors=errors), reply)


@blueprint.post("/who")
@preserves_input
def choose_who() -> Shown:
    """Keep for whom the answers are."""
    chosen = request.form.get("who", "")
    if is_language_change():
        return shown_in_other_language(url_for("questions.who"))
    if chosen not in WHO:
        message = current_language().gettext("Choose for whom you answer.")
        return refused(url_for("questions.who"), [FormError("who", message)], typed={})
    state = replace(current_journey().state, who=chosen)
    if chosen == "reading":
        return save_state(state, redirect(url_for("articles.contents"), 303))
    after = replace(current_journey(), state=state)
    count_step(current_journey(), after)
    return redirect_to_next_page(after)


@blueprint.get("/continue")
def resume() -> Shown:
    """Go on where the answers end."""
    return _redirect_unless_answering() or redirect_to_next_page(current_journey())


def _redirect_unless_answering() -> Response | None:
    """Where to go instead, where nobody answers: to the choice for whom, or to what is said where answers are gone."""
    who = current_journey().state.who
    if who in ANSWERING:
        return None
    return redirect(url_for("questions.who"), 303) if who else answers_gone()


@blueprint.get("/answers-gone", endpoint="answers_gone")
def tell_answers_gone() -> Shown:
    """Say that this browser holds no answers, and how to have some."""
    if current_journey().state.who in ANSWERING:
        return redirect_to_next_page(current_journey())
    return render_template("questionnaire/answers_gone.html")


def _page(page_id: str) -> Page:
    """The page of this id, or not found."""
    page = translated_rules().rule_set.page.get(page_id)
    if page is None or page.part in current_service().parts_off:
        abort(404)
    return page


def _redirect_unless_open(page: Page) -> Response | None:
    """Where to go instead, if a page cannot be opened yet."""
    journey = current_journey()
    return _redirect_unless_answering() or (None if journey.may_open(page) else redirect_to_next_page(journey))


def _chapter(page: Page) -> str:
    """The name of the part of the way to which a page belongs; empty where the rule file names none."""
    return next((label.text for label in translated_rules().rule_set.chapters if label.id == page.chapter), "")


def _form(page: Page) -> PageForm:
    journey = current_journey()
    return PageForm(
        page, journey.printed_questions(page), current_language(), journey.answers, read_back=True, today=journey.today
    )


def _show(page: Page, form: PageForm) -> str:
    journey = current_journey()
    return render_template(
        "questionnaire/question.html",
        page=page,
        form=form,
        before=journey.page_before(page),
        chapter=_chapter(page),
        most_left=journey.most_pages_after(page),
        done=journey.next_page is None,
    )


@blueprint.get("/questions/<page_id>")
def question(page_id: str) -> Shown:
    """Show a page of questions with what was answered before, or with what was just typed and not accepted."""
    page = _page(page_id)
    if elsewhere := _redirect_unless_open(page):
        return elsewhere
    form, reply = _form(page), reply_here()
    if reply is None:
        return _show(page, form)
    form.take(reply.fields, current_journey().asked_with)
    if not reply.is_read:
        form.forget_errors()
    form.errors = [*reply.errors, *form.errors]
    return with_status(_show(page, form), reply if form.errors else None)


@blueprint.post("/questions/<page_id>")
@preserves_input
def answer(page_id: str) -> Shown:
    """Read a page's answers; show it again with errors, or go on."""
    page = _page(page_id)
    if elsewhere := _redirect_unless_open(page):
        return elsewhere
    if is_language_change():
        return shown_in_other_language(url_for("questions.question", page_id=page.id))
    form = _form(page)
    if not form.take(request.form, current_journey().asked_with):
        return refused(url_for("questions.question", page_id=page.id))
    journey = current_journey()
    after = journey.after_answers(page, form.answers, today())
    count_step(journey, after, page)
    went_back = journey.is_answered(page) and journey.next_page is not None
    return redirect_to_next_page(after, page if went_back else None)


def answer_not_accepted(page_id: str, message: str) -> Response | None:
    """To a page of questions again with what was sent, and why it was not accepted; None where none may be shown."""
    page = translated_rules().rule_set.page.get(page_id)
    if page is None or page.part in current_service().parts_off or _redirect_unless_open(page):
        return None
    address = url_for("questions.question", page_id=page.id)
    return refused(address, [FormError("questions", message)], is_read=False)


@blueprint.get("/questions/<page_id>/confirm")
def confirm(page_id: str) -> Shown:
    """Read the numbers of a page back before they count."""
    page = _page(page_id)
    journey = current_journey()
    if not journey.awaits_confirmation(page):
        return _redirect_unless_open(page) or redirect_to_next_page(journey)
    reply = reply_here()
    checked = reply.fields.getlist("checked") if reply else ()
    errors = _unchecked(page, checked) if reply and reply.is_read else {}
    return with_status(_show_read_back(page, errors, checked), reply if errors else None)


def _unchecked(page: Page, checked: Collection[str]) -> dict[str, str]:
    """What to say of each unusual number that was not ticked as checked, by question."""
    say = current_language().gettext
    return {
        row.question: say("%(label)s: tick that you checked the unusual number, or change it.", label=row.label)
        for row in _read_back(page)
        if row.unusual and row.question not in checked
    }


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
        chapter=_chapter(page),
        most_left=current_journey().most_pages_after(page, read_back=True),
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
    address = url_for("questions.confirm", page_id=page.id)
    if is_language_change():
        return shown_in_other_language(address)
    if _unchecked(page, request.form.getlist("checked")):
        return refused(address)
    after = journey.after_confirmation(page)
    count_step(journey, after)
    return redirect_to_next_page(after)


@blueprint.get("/check")
def check_answers() -> Shown:
    """Show every answer with a way to change it."""
    journey = current_journey()
    if elsewhere := _redirect_unless_answering():
        return elsewhere
    if journey.next_page is not None:
        return redirect_to_next_page(journey)
    rows = answer_rows(journey.rule_set, journey.answers, journey.asked, current_language())
    return render_template("questionnaire/check.html", rows=rows, last=journey.pages[-1])
