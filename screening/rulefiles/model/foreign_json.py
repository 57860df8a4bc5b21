"""JSON that anybody may have written: read strictly and within bounds, before anything is made of it."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

MAX_DEPTH = 12
"""How deep lists and mappings may stand within each other; what this service writes needs half of it."""
MAX_DIGITS = 400
"""Characters of a number; an exact outcome may have a hundred digits."""
MAX_EXPONENT = 400
"""Powers of ten that a number may be away from one."""


class ForeignJsonError(ValueError):
    """The text is no JSON, or says something twice, or holds what nobody writes in good faith.

    `reason` says which: `syntax` (with `line` and `column`, from 1), `encoding`, `repeated`, `number` or `depth`.
    """

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line, self.column = reason, line, column


def read_foreign_json(content: bytes) -> Any:
    """The data, with exact numbers; or `ForeignJsonError`.

    Refused are, beside what is no JSON in UTF-8: a key that is there twice, NaN and infinities, numbers and nesting
    beyond the bounds, and lone surrogates, which cannot be written out again.
    """
    try:
        data = json.loads(
            content.decode(),
            object_pairs_hook=_mapping,
            parse_int=_whole_number,
            parse_float=_number,
            parse_constant=_refuse,
        )
        _check(data, MAX_DEPTH)
    except ForeignJsonError:
        raise
    except json.JSONDecodeError as error:
        raise ForeignJsonError("syntax", error.lineno, error.colno) from None
    except UnicodeError:
        raise ForeignJsonError("encoding") from None
    except RecursionError:
        raise ForeignJsonError("depth") from None
    except (ValueError, InvalidOperation):
        raise ForeignJsonError("number") from None
    return data


def _mapping(members: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(members)
    if len(mapping) != len(members):
        raise ForeignJsonError("repeated")
    return mapping


def _whole_number(written: str) -> int:
    if len(written) > MAX_DIGITS:
        raise ForeignJsonError("number")
    return int(written)


def _number(written: str) -> Decimal:
    if len(written) > MAX_DIGITS:
        raise ForeignJsonError("number")
    number = Decimal(written)
    if abs(number.adjusted()) > MAX_EXPONENT:
        raise ForeignJsonError("number")
    return number


def _refuse(_name: str) -> NoReturn:
    raise ForeignJsonError("number")


def _check(data: Any, depth: int) -> None:
    """Raise where a text cannot be encoded, or something stands too deep."""
    if isinstance(data, str):
        data.encode()
    elif isinstance(data, dict | list):
        if not depth:
            raise ForeignJsonError("depth")
        for member in data:
            _check(member, depth - 1)
        for member in data.values() if isinstance(data, dict) else ():
            _check(member, depth - 1)
