"""Going on later or on another device: answers saved in a sealed file or as plain text, and a file opened again."""

from __future__ import annotations

import secrets
from datetime import date
from functools import partial

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from screening.crypto.phrase_box import NotSealedFileError, WrongPhraseError
from screening.documents.workers import FilesBusyError, TooCostlyError
from screening.forms.pages import FormError
from screening.forms.uploads import sent_file, takes_file
from screening.network import request_network
from screening.questionnaire.current_request import (
    current_journey,
    current_language,
    now,
    older_answers,
    save_state,
    today,
    translated_rules,
)
from screening.questionnaire.locale import is_language_change, preserves_input
from screening.questionnaire.saved_answers import SECRET_BYTES, Run, SavedAnswers, open_file, sealed_file
from screening.questionnaire.taking_over import OpenedAnswers, take_over
from screening.runtime import FILES_RETRY_AFTER, current_service
from screening.wording.document.busy import files_busy_text, too_costly_text
from screening.wording.document.plain_answers import plain_answers_text
from screening.wording.document.read_back import answer_rows
from screening.wording.language.phrases import PhraseError, phrase_words, read_phrase
from screening.wording.summary.clinic import older_sentence

blueprint = Blueprint("saving", __name__)

Shown = str | BaseResponse | tuple[str, int] | tuple[str, int, dict[str, str]]
WORDS = 4
MAX_SAVED = 64 * 1024
"""Bytes of a file that is opened; a file with every question answered has a tenth of that."""
FILE_NAME = "my-answers.sealed.txt"
"""Nothing of the subject; ends so that every phone and messenger keeps it as it is."""
TEXT_NAME = "my-answers.txt"


@blueprint.get("/save")
def save() -> Shown:
    """Offer the ways to save what was answered so far."""
    if not current_journey().state.answers:
        return redirect(url_for("start.start"), 303)
    return render_template("questionnaire/save.html")


@blueprint.post("/save/words")
@preserves_input
def words() -> Shown:
    """Show the words that will open the file, and offer the file."""
    if is_language_change():
        return redirect(url_for("saving.save"), 303)
    if not current_journey().state.answers:
        return redirect(url_for("start.start"), 303)
    return render_template(
        "questionnaire/saved_words.html", words=phrase_words(secrets.token_bytes(SECRET_BYTES), current_language().tag)
    )


@blueprint.post("/save/file")
def file() -> Shown:
    """The sealed file that opens with the words that were shown."""
    try:
        secret = read_phrase(request.form.get("words", ""), WORDS)[0]
    except PhraseError:
        return redirect(url_for("saving.save"), 303)
    service, run = current_service(), _in_worker()
    state = current_journey().state
    content = sealed_file(state, service.rules.rule_set, secret, service.cookie_keys, now(), run=run)
    return _text_file(content, FILE_NAME)


@blueprint.get("/save/answers.txt")
def plain_text() -> Shown:
    """The answers as plain text, for the person's own notes."""
    journey = current_journey()
    if not journey.state.answers:
        return redirect(url_for("start.start"), 303)
    rows = answer_rows(journey.rule_set, journey.answers, journey.asked, current_language())
    spoken = current_language()
    older = older_sentence(older_answers(journey), spoken)
    return _text_file(
        plain_answers_text(translated_rules().rule_set, rows, journey.state.day, spoken, older), TEXT_NAME
    )


def _text_file(text: str, name: str) -> Response:
    response = Response(text, mimetype="text/plain")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/open")
def ask_for_file() -> Shown:
    """Ask for a saved file and its words."""
    return _show([])


@blueprint.post("/open")
@preserves_input
@takes_file(MAX_SAVED)
def open_saved() -> Shown:
    """Take over what a file holds, and say what has changed since it was saved."""
    if is_language_change():
        return _show([])
    try:
        saved = _open_upload()
    except FilesBusyError:
        return _show([FormError("file", files_busy_text(current_language()))]), 429, FILES_RETRY_AFTER
    except TooCostlyError:
        return _show([FormError("file", too_costly_text(current_language()))]), 422
    if isinstance(saved, FormError):
        return _show([saved]), 400
    opened = take_over(saved, current_service().rules.rule_set, date.fromisoformat(today()))
    return save_state(opened.state, Response(_show_opened(opened)))


def _show_opened(opened: OpenedAnswers) -> str:
    """What was taken over, of which day it is, and what is asked again."""
    question = translated_rules().rule_set.question
    spoken = current_language()
    return render_template(
        "questionnaire/opened.html",
        changed=[question[one.id].label for one in opened.changed],
        asked_again=[question[one.id].label for one in opened.asked_again],
        gone=opened.gone,
        saved_on=spoken.date(opened.saved_on) if opened.saved_on else "",
        is_dated=opened.is_dated,
        today=spoken.date(date.fromisoformat(today())),
    )


def _show(errors: list[FormError]) -> str:
    return render_template(
        "questionnaire/open.html",
        errors=errors,
        words=request.form.get("words", ""),
        has_answers=bool(current_journey().state.answers),
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
            unknown = current_language().all_of(error.unknown)
            return FormError("words", say("These words are in none of our lists: %(words)s.", words=unknown))
        return FormError("words", say("Type the four words that were shown when you saved the file."))
    except NotSealedFileError:
        return FormError("file", say("This is not a file of saved answers, or it was changed. Choose another one."))
    except WrongPhraseError:
        return FormError("words", say("These words do not open this file. Check each word, or the file."))
