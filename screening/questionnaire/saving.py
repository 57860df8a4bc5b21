"""Going on later or on another device: answers saved in a sealed file or as plain text, and a file opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from screening.crypto.phrase_box import NotSealedFileError, WrongPhraseError
from screening.documents.workers import FilesBusyError, TooCostlyError
from screening.forms.look_up import misspelt_words
from screening.forms.submitted_form import FormError
from screening.forms.uploads import sent_file, takes_file
from screening.network import request_network
from screening.questionnaire.arrival import told_arrival
from screening.questionnaire.current_request import (
    answers_gone,
    current_journey,
    current_language,
    now,
    older_answers,
    save_state,
    today,
    translated_rules,
)
from screening.questionnaire.form_reply import FormReply, refused, reply_at, reply_here, with_status
from screening.questionnaire.locale import is_language_change, preserves_input
from screening.questionnaire.saved_answers import Run, SavedAnswers, open_file, sealed_file
from screening.questionnaire.taking_over import take_over
from screening.questionnaire.words_cookie import words_cookie
from screening.runtime import FILES_RETRY_AFTER, current_service
from screening.wording.document.busy import files_busy_text, too_costly_text
from screening.wording.document.plain_answers import plain_answers_text
from screening.wording.document.read_back import answer_rows
from screening.wording.language.secret_phrases import PhraseError, read_phrase
from screening.wording.summary.clinic import older_sentence

blueprint = Blueprint("saving", __name__)

Shown = str | BaseResponse
WORDS = 4
MAX_SAVED = 64 * 1024
"""Bytes of a file that is opened; a file with every question answered has a tenth of that."""


@blueprint.get("/save")
def save() -> Shown:
    """Offer the ways to save what was answered so far."""
    if not current_journey().state.answers:
        return answers_gone()
    return render_template("questionnaire/save.html")


@blueprint.post("/save/words")
@preserves_input
def choose_words() -> Shown:
    """Choose the words that will open the file; those that were shown and not used yet stay."""
    if is_language_change():
        return redirect(url_for("saving.save"), 303)
    if not current_journey().state.answers:
        return answers_gone()
    response = redirect(url_for("saving.show_words"), 303)
    if isinstance(response, Response) and words_cookie().read(request, now()) is None:
        words_cookie().write_new(response, current_language().tag, now())
    return response


@blueprint.get("/save/words")
def show_words() -> Shown:
    """Show the words, the same however often, and offer the file."""
    chosen = words_cookie().read(request, now())
    if chosen is None or not current_journey().state.answers:
        return redirect(url_for("saving.save"), 303)
    return render_template(
        "questionnaire/saved_words.html", words=chosen.words, words_in=chosen.language, name=_file_name(".sealed.txt")
    )


def _file_name(ending: str) -> str:
    """The name of a file in the person's language, in ASCII: nothing of the subject, and no file is known by it.

    It ends so that every phone and messenger keeps it as it is.
    """
    return current_language().gettext("my-answers") + ending


@blueprint.post("/save/file")
@preserves_input
def file() -> Shown:
    """The sealed file that opens with the words that were shown."""
    if is_language_change():
        return redirect(url_for("saving.show_words"), 303)
    try:
        secret = read_phrase(request.form.get("words", ""), WORDS)[0]
    except PhraseError:
        return redirect(url_for("saving.save"), 303)
    service, run = current_service(), _in_worker()
    state = current_journey().state
    if not state.answers:
        return answers_gone()
    content = sealed_file(state, service.rules.rule_set, secret, service.cookie_keys, now(), run=run)
    response = told_arrival(_text_file(content, _file_name(".sealed.txt")))
    words_cookie().delete(response)
    return response


@blueprint.get("/save/answers.txt")
def plain_text() -> Shown:
    """The answers as plain text, for the person's own notes."""
    journey = current_journey()
    if not journey.state.answers:
        return answers_gone()
    rows = answer_rows(journey.rule_set, journey.answers, journey.asked, current_language())
    spoken = current_language()
    older = older_sentence(older_answers(journey), spoken)
    return _text_file(
        plain_answers_text(translated_rules().rule_set, rows, journey.state.day, spoken, older), _file_name(".txt")
    )


def _text_file(text: str, name: str) -> Response:
    response = Response(text, mimetype="text/plain")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/open")
def ask_for_file() -> Shown:
    """Ask for a saved file and its words."""
    reply = reply_here()
    page = render_template(
        "questionnaire/open.html",
        errors=reply.errors if reply else (),
        has_answers=bool(current_journey().state.answers),
    )
    return with_status(page, reply)


@blueprint.post("/open")
@preserves_input
@takes_file(MAX_SAVED)
def open_saved() -> Shown:
    """Take over what a file holds, and say what has changed since it was saved."""
    if is_language_change():
        return redirect(url_for("saving.ask_for_file"), 303)
    try:
        saved = _open_upload()
    except FilesBusyError:
        busy = [FormError("file", files_busy_text(current_language()))]
        return _refused(busy, status=429, wait=int(FILES_RETRY_AFTER["Retry-After"]))
    except TooCostlyError:
        return _refused([FormError("file", too_costly_text(current_language()))], status=422)
    if isinstance(saved, FormError):
        return _refused([saved])
    opened = take_over(saved, current_service().rules.rule_set, date.fromisoformat(today()))
    reply = FormReply(url_for("saving.show_opened"), status=200, more=opened.as_members())
    return save_state(opened.state, reply_at(reply.path, reply))


def _refused(errors: Sequence[FormError], **more: int) -> BaseResponse:
    """Ask again: neither the file nor its words wait anywhere."""
    return refused(url_for("saving.ask_for_file"), errors, typed={}, **more)


@blueprint.get("/opened")
def show_opened() -> Shown:
    """Say what was taken over of a file, of which day it is, and what is asked again."""
    reply = reply_here()
    if reply is None:
        return redirect(url_for("questions.resume"), 303)
    question = translated_rules().rule_set.question
    spoken, opened = current_language(), reply.more
    return render_template(
        "questionnaire/opened.html",
        changed=[question[name].label for name in opened["changed"] if name in question],
        asked_again=[question[name].label for name in opened["asked_again"] if name in question],
        gone=opened["gone"],
        saved_on=spoken.date(date.fromisoformat(opened["saved_on"])) if opened["saved_on"] else "",
        is_dated=opened["is_dated"],
        today=spoken.date(date.fromisoformat(today())),
    )


def _in_worker() -> Run:
    """How a function is called in a worker process for strangers' files, in turns with other networks."""
    return partial(current_service().file_workers.run_for, request_network())


def _open_upload() -> SavedAnswers | FormError:
    """What the file that was sent holds, or what is wrong with it."""
    say = current_language().gettext
    content = sent_file()
    if content is None:
        return FormError("file", say("Choose the file that you saved."))
    try:
        typed = read_phrase(request.form.get("words", ""), WORDS)
        return open_file(
            content.decode("utf-8", "replace"), typed, current_service().cookie_keys, now(), run=_in_worker()
        )
    except PhraseError as error:
        if error.unknown:
            return FormError("words", misspelt_words(error, current_language()))
        return FormError("words", say("Type the four words that were shown when you saved the file."))
    except NotSealedFileError:
        return FormError("file", say("This is not a file of saved answers, or it was changed. Choose another one."))
    except WrongPhraseError:
        message = say("These words do not open this file. Check each word and their order, or choose another file.")
        return FormError("words", message)
