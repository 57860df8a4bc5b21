"""Accounts from before there were seals are signed once, by the upgrade; never because a seal is missing.

Whoever takes the seals away gets nothing signed by it: every trace that accounts were sealed before is looked at, in
the database and beside the keys.
"""

from __future__ import annotations

import logging

from screening.storage.accounts.staff_rows import WHOLE, staff_rows, write_staff_row
from screening.storage.audit.head import Head, head_row, write_head
from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.audit.verification import AuditError, verify
from screening.storage.database.locking import take_turns
from screening.storage.keys.audit_mark import read_mark
from screening.storage.store import StoreTransaction

log = logging.getLogger(__name__)


def sign_accounts_once(transaction: StoreTransaction) -> None:
    """Seal the accounts of a database from before there were seals; nothing where they were sealed ever before.

    That is so where the end of the audit says so, where the audit has an entry of a sealed account, and where there is
    a mark beside the keys, which is as old as the seals. An audit that is not whole signs nothing either.
    """
    take_turns(transaction.connection, b"audit")
    end = head_row(transaction)
    if end is None or end.accounts is not None or read_mark(transaction.keys.mark) is not None:
        return
    try:
        last = verify(transaction)
    except AuditError as error:
        log.error("accounts are not sealed, so that nobody can sign in: the audit is not whole (%s)", error)  # noqa: TRY400 - the message names an entry's number
        return
    write_head(transaction, Head(last.number, last.chained, {}))
    add_entry(transaction, SERVICE, "accounts_sealed")
    for sealed in staff_rows(transaction):
        write_staff_row(transaction, SERVICE, sealed.row.id, {name: getattr(sealed.row, name) for name in WHOLE})
