"""Finding at the desk: by name, number and code in 2,000 and 50,000 submissions, and the first opening of
all names, on both kinds of database.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from screening.forms.search import read_search
from screening.storage.accounts.staff import Role
from screening.storage.store import Store
from screening.storage.submissions.desk_list.finding import find_submissions, id_by_code
from screening.storage.submissions.desk_list.name_index import NameIndex
from tests.benchmarks.listing import fill
from tests.benchmarks.measuring import medians
from tests.benchmarks.on_both import apps_on_both, settle
from tests.support.desk import Desk, signed_in

SIZES = (2_000, 50_000)
TYPED = {"a rare name": "zoe dsouza", "a frequent name": "bin", "a number": "+60123456789"}


def report() -> Iterator[str]:
    """One line a figure."""
    for many in SIZES:
        for kind, app, store in apps_on_both():
            fill(store, many)
            settle(kind, store)
            for line in _report(store, signed_in(app, Role.COORDINATOR), many):
                yield f"{kind}, {line}"


def _report(store: Store, desk: Desk, many: int) -> Iterator[str]:
    index = NameIndex()
    start = time.perf_counter()
    _find(store, index, "zoe")
    yield f"{many} submissions: names opened for the first time in {time.perf_counter() - start:.2f} s"
    for what, typed in TYPED.items():
        desk.get("/desk/account")
        desk.submit({"find": typed}, action="/find")
        figures = medians(
            {
                "other": lambda: desk.raw("/desk/account"),
                "find": lambda typed=typed: _find(store, index, typed),  # type: ignore[misc]
                "page": lambda: desk.raw("/desk/find"),
            },
            rounds=11,
        )
        found, page, other = (figures[name] for name in ("find", "page", "other"))
        yield f"{many} submissions, {what}: {found * 1e3:.1f} ms to find (wanted: below 50 in 2000)"
        yield f"{many} submissions, {what}: {page * 1e3:.0f} ms as a page, {page / other:.1f} x a page without rows"
    code = medians({"code": lambda: _by_code(store)}, rounds=11)["code"]
    yield f"{many} submissions, a code: {code * 1e3:.1f} ms to find"


def _find(store: Store, index: NameIndex, typed: str) -> None:
    with store.reading() as transaction:
        find_submissions(transaction, read_search(typed, ("MY",)), index, 50)


def _by_code(store: Store) -> None:
    with store.reading() as transaction:
        id_by_code(transaction, "ABC-DEF-GHJ")
