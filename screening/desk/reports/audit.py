"""The audit in words for managers: all of it, of one submission by its code, or of one colleague, the newest first."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from screening.desk.access.current_request import current_language, current_store
from screening.desk.access.guard import for_roles
from screening.forms.submitted_form import FormError
from screening.storage.accounts.api_keys import program_names
from screening.storage.accounts.staff import Account, Role, accounts
from screening.storage.audit.verification import entries
from screening.storage.store import StoreTransaction
from screening.storage.submissions.record.records import find_by_code
from screening.storage.submissions.record.reference_codes import CodeError, read_code
from screening.storage.submissions.record.submission_codes import codes_or_states
from screening.wording.desk.audit import AuditLine, audit_words

blueprint = Blueprint("audit", __name__)
ON_A_PAGE = 50
Shown = str | tuple[str, int]


@blueprint.get("/audit")
@for_roles(Role.MANAGER)
def log() -> Shown:
    """Show a page of it, or say why there is none of what was typed."""
    typed, chosen = request.args.get("code", "").strip(), request.args.get("colleague", "")
    with current_store().reading() as transaction:
        staff_accounts = accounts(transaction)
        colleague = chosen if chosen in {account.id for account in staff_accounts} else ""
        errors, subject = _subject(transaction, typed)
        lines = () if errors else _lines(transaction, staff_accounts, subject, colleague)
    asked = {name: value for name, value in (("code", typed), ("colleague", colleague)) if value}
    page = render_template(
        "desk/audit.html",
        lines=lines[:ON_A_PAGE],
        before=lines[ON_A_PAGE - 1].number if len(lines) > ON_A_PAGE else None,
        colleagues=staff_accounts,
        asked=asked,
        is_later="before" in request.args,
        errors=errors,
    )
    return (page, 400) if errors else page


def _subject(transaction: StoreTransaction, typed: str) -> tuple[list[FormError], str]:
    """The id of the submission whose code was typed, also of one that is deleted; empty where none was."""
    say = current_language().gettext
    if not typed:
        return [], ""
    try:
        code = read_code(typed)
    except CodeError:
        return [FormError("code", say("This is no code. A code looks like this: ABC-DEF-GHJ."))], ""
    row = find_by_code(transaction, code)
    if row is None:
        return [FormError("code", say("There is no submission with the code %(code)s.", code=code))], ""
    return [], row.id


def _lines(
    transaction: StoreTransaction, staff_accounts: list[Account], subject: str, colleague: str
) -> tuple[AuditLine, ...]:
    """One more than a page has, where there are more."""
    text = request.args.get("before", "")
    before = int(text) if text.isdecimal() and len(text) < 19 else None
    shown = tuple(entries(transaction, newest=ON_A_PAGE + 1, subject=subject, colleague=colleague, before=before))
    subjects = codes_or_states(transaction, frozenset(entry.subject for entry in shown))
    names = {account.id: account.name for account in staff_accounts} | program_names(transaction)
    words = audit_words(names, subjects, current_language())
    return tuple(words.line(entry) for entry in shown)
