"""`screening audit`: who did what, and whether that list is whole."""

from __future__ import annotations

import click

from screening.cli.input import english, fail
from screening.cli.operators.store import opened_store
from screening.storage.accounts.api_keys import program_names
from screening.storage.accounts.staff import Account, accounts, note_locked_accounts
from screening.storage.audit.verification import AuditError, Fault, entries
from screening.storage.audit.verification import verify as verify_audit
from screening.storage.keys.audit_mark import HighestEntry, parse_highest_entry
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.record.records import find_by_code
from screening.storage.submissions.record.reference_codes import CodeError, read_code
from screening.storage.submissions.record.submission_codes import codes_or_states
from screening.wording.desk.audit import audit_words


@click.group(invoke_without_command=True)
@click.option("--newest", type=click.IntRange(1), default=50, show_default=True, help="How many entries to print.")
@click.option("--about", default="", help="Only entries about this id, or the submission with this code.")
@click.pass_context
def audit(context: click.Context, newest: int, about: str) -> None:
    """Print the newest entries of the audit, the latest first: number, time, a sentence, and who, what, which id."""
    if context.invoked_subcommand:
        return
    with opened_store() as store, store.reading() as transaction:
        shown = tuple(entries(transaction, newest=newest, subject=_subject(transaction, about)))
        names = {account.id: account.name for account in accounts(transaction)} | program_names(transaction)
        subjects = codes_or_states(transaction, frozenset(entry.subject for entry in shown))
    if about and not shown:
        say = english().gettext
        fail(say('No entry is about "%(about)s". Give an id, or a whole code as it is printed.', about=about))
    words = audit_words(names, subjects, english())
    for entry in shown:
        raw = " ".join(filter(None, (entry.actor, entry.action, entry.subject)))
        click.echo(f"{entry.number}  {entry.at.isoformat()}  {words.sentence(entry)}  [{raw}]")


def _subject(transaction: StoreTransaction, about: str) -> str:
    """The id that is meant by an id or a code; the end of the command where a code has no submission."""
    try:
        code = read_code(about)
    except CodeError:
        return about
    row = find_by_code(transaction, code)
    if row is None:
        fail(english().gettext("There is no submission with the code %(code)s.", code=code))
    return row.id


@audit.command()
@click.option("--expect", default="", help="What an earlier run printed and was noted elsewhere.")
def verify(expect: str) -> None:
    """Find the first entry that was changed, removed, moved or cut off, and accounts that others changed.

    Prints the last entry's number and hash. Note them where nobody who runs this machine can change them, and give them
    with --expect another day: then nobody can put an older state of everything in the place of this one unnoticed.
    """
    with opened_store() as store:
        verify_and_report(store, _read_expected(expect))


def verify_and_report(store: Store, expected: HighestEntry | None = None) -> None:
    """Verify audit and accounts, and print the last entry; the end of the command where something is wrong."""
    say = english().gettext
    locked = store.write(note_locked_accounts)
    try:
        with store.reading() as transaction:
            last = verify_audit(transaction, expected)
    except AuditError as error:
        fail(_sentence(error))
    if locked:
        fail("\n".join(_locked_sentence(account) for account in locked))
    click.echo(say("The audit is whole. Its last entry, to be noted elsewhere: %(last)s", last=last.text))


def _read_expected(text: str) -> HighestEntry | None:
    try:
        return parse_highest_entry(text) if text else None
    except ValueError:
        raise click.UsageError(english().gettext("--expect is a number, a colon and 64 hexadecimal digits.")) from None


def _sentence(error: AuditError) -> str:
    say, number = english().gettext, error.number
    match error.fault:
        case Fault.MISSING:
            return say("The audit is not whole: entry %(number)s is missing or stands elsewhere.", number=number)
        case Fault.CHANGED:
            return say("The audit is not whole: entry %(number)s was changed or moved.", number=number)
        case Fault.CUT_OFF:
            return say("The audit is not whole: it was cut off before entry %(number)s.", number=number)
        case Fault.NOT_EXPECTED:
            return say("Entry %(number)s of the audit is not the one that was noted.", number=number)
        case Fault.BROKEN:
            return say(
                "The audit is not whole: before entry %(number)s somebody changed its end, as the service found then.",
                number=number,
            )


def _locked_sentence(account: Account) -> str:
    return english().gettext(
        "The account %(name)s (%(id)s) was changed outside of the service, so it lets nobody in. Compare with a "
        "backup. A manager, or `screening staff add` with the same name, makes it anew.",
        name=account.name,
        id=account.id,
    )
