"""What must hold for every answer set that a form accepts, as a rule file states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from screening.ruleset.model.texts import Expression


@dataclass(frozen=True, slots=True)
class Guarantee:
    """A property that must hold for every answer set that the form accepts; which members count depends on its kind."""

    id: str
    kind: str
    text: str
    when: Expression | None = None
    then: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    question: str = ""
    questions: tuple[str, ...] = ()
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    direction: str = ""
    order: tuple[str, ...] = ()
    changed_from: tuple[str, ...] = field(default=(), metadata={"key": "from"})
    to: tuple[str, ...] = ()
    forgotten: bool = False
    value: str = ""
    except_when: Expression | None = None
    grounds: tuple[str, ...] = ()
    speed: str = ""
    cited_by: tuple[str, ...] = ()
    uncited: tuple[str, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
