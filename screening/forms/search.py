"""The one field of the desk by which submissions are found: it understands what was typed into it."""

from __future__ import annotations

from collections.abc import Sequence

from screening.storage.submissions.desk_list.finding import Search
from screening.storage.submissions.desk_list.name_words import name_pattern
from screening.storage.submissions.record.reference_codes import CodeError, read_code
from screening.wording.sharing.contact import AddressError, read_email
from screening.wording.sharing.telephone import possible_numbers


def read_search(typed: str, countries: Sequence[str]) -> Search:
    """All that a text may mean; nothing where it is neither code nor number, address or name.

    `countries`: whose numbers are tried where neither + nor 00 stands in front; ISO 3166 codes.
    """
    if "@" in typed or "\uff20" in typed:
        return Search(reaches=_address(typed))
    numbers = tuple(number.e164 for number in possible_numbers(typed, "", countries))
    has_digits = any(symbol.isdecimal() for symbol in typed)
    return Search(_code(typed), numbers, () if has_digits else name_pattern(typed))


def _address(typed: str) -> tuple[str, ...]:
    try:
        return (read_email(typed),)
    except AddressError:
        return ()


def _code(typed: str) -> str:
    try:
        return read_code(typed)
    except CodeError:
        return ""
