"""The desk of a demonstration: accounts that everybody knows, said openly on the page where one signs in."""

from __future__ import annotations

from dataclasses import dataclass

from screening.crypto.passwords import hash_password
from screening.storage.accounts.second_factor import confirm_app, prepare_app
from screening.storage.accounts.staff import Role, accounts, add_staff
from screening.storage.audit.log import SERVICE
from screening.storage.store import Store, StoreTransaction


@dataclass(frozen=True, slots=True)
class Demonstration:
    """How anybody signs in."""

    roles: tuple[Role, ...]
    """Each is the name of an account too."""
    password: str

    @property
    def names(self) -> str:
        """The names in one line."""
        return ", ".join(self.roles)


DEMONSTRATION = Demonstration(tuple(Role), "demonstration")


def prepare_accounts(store: Store) -> None:
    """Make an account of each role where there are none at all; only for a demonstration, on one machine alone."""
    hashed = hash_password(DEMONSTRATION.password)

    def write(transaction: StoreTransaction) -> None:
        if accounts(transaction):
            return
        for role in DEMONSTRATION.roles:
            staff_id = add_staff(transaction, SERVICE, (role, role), hashed, invited=False)
            prepare_app(transaction, staff_id)
            confirm_app(transaction, staff_id)

    store.write(write)
