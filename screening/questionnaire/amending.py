"""What a person changes of what they sent: the answers, how they are reached, or all of it taken back."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from screening.forms.contact import ReachForm
from screening.forms.pages import FormError
from screening.questionnaire.answers_cookie import AnswersState as KeptAnswers
from screening.questionnaire.current_request import current_language, save_state
from screening.questionnaire.locale import is_language_change, preserves_input
from screening.questionnaire.status import living_submission
from screening.questionnaire.status_access import SentSubmission, clinic, current_visit, keep_visit
from screening.runtime import current_service
from screening.storage.store import StoreTransaction
from screening.storage.submissions.amendments import change_reach, withdraw
from screening.storage.submissions.cipher import GoneError
from screening.storage.submissions.records import ChangedMeanwhileError, Submission, open_submission
from screening.wording.summary.context import TypedBy

blueprint = Blueprint("amending", __name__, url_prefix="/status")
blueprint.after_request(keep_visit)

Shown = str | BaseResponse | tuple[str, int]


@blueprint.get("/answers")
def ask_to_correct() -> Shown:
    """Say what changing the answers means before it is begun."""
    found = living_submission()
    return (
        found
        if not isinstance(found, SentSubmission)
        else render_template("questionnaire/correct.html", clinic=clinic())
    )


@blueprint.post("/answers")
def correct() -> Shown:
    """Put what was sent back into the questionnaire, in place of what this browser holds."""
    found = living_submission()
    if not isinstance(found, SentSubmission):
        return found
    given = found.versions[-1].input
    rule_set = current_service().rules.rule_set
    answers = dict(given["answers"])
    read_back = [page.id for page in rule_set.pages if page.read_back]
    who = "helper" if given["typed_by"] == TypedBy.HELPER else "me"
    kept = KeptAnswers(answers, read_back, [], who, given["answered_on"], amends=found.row.id)
    return save_state(kept, redirect(url_for("questions.check_answers"), 303))


def _reach_form(kept: Submission) -> ReachForm:
    typed = {name: str(each) for name, each in kept.contact.items() if isinstance(each, str)}
    return ReachForm(current_language(), {**typed, "speaks": typed["language"]})


@blueprint.get("/reach")
def reach() -> Shown:
    """Ask anew how the person is reached, with what was typed before."""
    found = living_submission()
    if not isinstance(found, SentSubmission) or found.submission is None:
        return found if not isinstance(found, SentSubmission) else redirect(url_for("status.overview"), 303)
    return _show_reach(_reach_form(found.submission))


def _show_reach(form: ReachForm) -> str:
    return render_template("questionnaire/reach.html", form=form, clinic=clinic())


@blueprint.post("/reach")
@preserves_input
def change() -> Shown:
    """Change how the person is reached."""
    found = living_submission()
    if not isinstance(found, SentSubmission):
        return found
    form = ReachForm(current_language())
    form.take(request.form)
    if is_language_change():
        return _show_reach(form)
    if not form.check():
        return _show_reach(form), 400
    identity = found.row.id

    def work(transaction: StoreTransaction) -> None:
        kept = open_submission(transaction, identity)
        change_reach(transaction, kept, form.contact(), form.typed["best_time"])

    try:
        current_visit().store.write(work)
    except ChangedMeanwhileError:
        message = current_language().gettext(
            "The clinic changed something at this very moment. Press the button once more."
        )
        form.errors = [FormError("reach", message)]
        return _show_reach(form), 409
    except GoneError:
        pass
    return redirect(url_for("status.overview"), 303)


@blueprint.get("/withdraw")
def ask_to_withdraw() -> Shown:
    """Ask whether all of it shall be taken back."""
    found = living_submission()
    return (
        found
        if not isinstance(found, SentSubmission)
        else render_template("questionnaire/withdraw.html", clinic=clinic())
    )


@blueprint.post("/withdraw")
def take_back() -> BaseResponse:
    """Delete what was sent; only that it was there is kept."""
    found = living_submission()
    if not isinstance(found, SentSubmission):
        return found
    identity = found.row.id
    current_visit().store.write(lambda transaction: withdraw(transaction, identity))
    response = redirect(url_for("status.overview"), 303)
    if isinstance(response, Response):
        response.headers["Clear-Site-Data"] = '"cache"'
    return response
