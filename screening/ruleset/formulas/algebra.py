"""Boolean formulas, hash-consed: equal ones are one object, and every one is made in its simplest known form.

So whether two formulas are the same is a matter of identity, and a formula that several others share is kept once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import lru_cache
from itertools import count
from weakref import WeakValueDictionary

from screening.ruleset.formulas.atoms import Atom, Is

JOINED = 2**16
"""How many junctions are remembered: variations of a rule set and completions of a formula share most."""


class Sort(Enum):
    """What a formula is made of."""

    CONSTANT = "constant"
    ATOM = "atom"
    NOT = "not"
    ALL = "all"
    ANY = "any"


class Formula:
    """An atom, a constant, or others joined; made by the functions of this module alone."""

    __slots__ = ("__weakref__", "atom", "operands", "serial", "sort")

    def __init__(self, sort: Sort, atom: Atom | None, operands: tuple[Formula, ...]) -> None:
        self.sort = sort
        self.atom = atom
        self.operands = operands
        self.serial = next(_SERIALS)
        """Counts formulas as they are made: operands stand in this order, so that equal sets of them are equal."""

    def __repr__(self) -> str:
        if self.sort is Sort.CONSTANT:
            return "true" if self is TRUE else "false"
        if self.atom is not None:
            return str(self.atom)
        return f"{self.sort.value}({', '.join(map(repr, self.operands))})"


_SERIALS = count()
_MADE: WeakValueDictionary[tuple[object, ...], Formula] = WeakValueDictionary()
"""Every formula in use, by what it is made of; operands live as long as the formula that holds them."""

TRUE = Formula(Sort.CONSTANT, None, ())
FALSE = Formula(Sort.CONSTANT, None, ())


def _made(sort: Sort, atom: Atom | None, operands: tuple[Formula, ...]) -> Formula:
    key = (sort, atom, *map(id, operands))
    formula = _MADE.get(key)
    if formula is None:
        formula = _MADE[key] = Formula(sort, atom, operands)
    return formula


def atom(of: Atom) -> Formula:
    """The formula that is true where an atom is."""
    return _made(Sort.ATOM, of, ())


def negation(formula: Formula) -> Formula:
    """True where the formula is not."""
    if formula.sort is Sort.CONSTANT:
        return FALSE if formula is TRUE else TRUE
    if formula.sort is Sort.NOT:
        return formula.operands[0]
    return _made(Sort.NOT, None, (formula,))


def _opposite(formula: Formula) -> Formula | None:
    """The negation, if it is in use: what is not cannot stand beside the formula."""
    if formula.sort is Sort.NOT:
        return formula.operands[0]
    return _MADE.get((Sort.NOT, None, id(formula)))


def all_of(*formulas: Formula) -> Formula:
    """True where each of the formulas is."""
    return _joined(Sort.ALL, formulas)


def any_of(*formulas: Formula) -> Formula:
    """True where one of the formulas is; what all of them demand is written once."""
    joined = _joined(Sort.ANY, formulas)
    if joined.sort is not Sort.ANY:
        return joined
    demands = [
        dict.fromkeys(operand.operands if operand.sort is Sort.ALL else (operand,)) for operand in joined.operands
    ]
    common = [demand for demand in demands[0] if all(demand in other for other in demands[1:])]
    if not common:
        return joined
    return all_of(
        *common, any_of(*(all_of(*(formula for formula in demand if formula not in common)) for demand in demands))
    )


def _joined(sort: Sort, formulas: Iterable[Formula]) -> Formula:
    return _simplest(sort, tuple(formulas))


@lru_cache(JOINED)
def _simplest(sort: Sort, formulas: tuple[Formula, ...]) -> Formula:
    """The conjunction or disjunction, flattened, with what the single parts decide taken out of the joined ones."""
    neutral, absorbing, dual = (TRUE, FALSE, Sort.ANY) if sort is Sort.ALL else (FALSE, TRUE, Sort.ALL)
    parts = _flattened(sort, formulas, neutral, absorbing)
    if parts is None:
        return absorbing
    chosen = _chosen(sort, parts)
    if chosen is None:
        return absorbing
    simpler = [_simplified(part, dual, parts, chosen, sort) for part in parts]
    if any(new is not old for new, old in zip(simpler, parts, strict=True)):
        return _joined(sort, simpler)
    if len(parts) < 2:
        return next(iter(parts), neutral)
    return _made(sort, None, tuple(sorted(parts, key=lambda part: part.serial)))


def _flattened(
    sort: Sort, formulas: Iterable[Formula], neutral: Formula, absorbing: Formula
) -> dict[Formula, None] | None:
    """The parts of a junction; None where one of them, or two that exclude each other, decide it."""
    parts: dict[Formula, None] = {}
    pending = [*formulas][::-1]
    while pending:
        part = pending.pop()
        if part is absorbing or _opposite(part) in parts:
            return None
        if part.sort is sort:
            pending += part.operands[::-1]
        elif part is not neutral:
            parts[part] = None
    return parts


Chosen = dict[str, str]
"""For a choice, the one option of which a junction already speaks: that it was chosen (all), or was not (any)."""


def _chosen(sort: Sort, parts: Iterable[Formula]) -> Chosen | None:
    """The options chosen, since a choice has one at most; None where two of one question decide the junction."""
    chosen: Chosen = {}
    for part in parts:
        literal = part if sort is Sort.ALL else negation(part)
        if isinstance(literal.atom, Is) and chosen.setdefault(literal.atom.question, literal.atom.option) != (
            literal.atom.option
        ):
            return None
    return chosen


def _simplified(part: Formula, dual: Sort, parts: Mapping[Formula, None], chosen: Chosen, sort: Sort) -> Formula:
    """One part, knowing what the others say: `a and (a or b)` is `a`, `a and (not a or b)` is `a and b`."""
    neutral = TRUE if sort is Sort.ALL else FALSE
    if part.sort is not dual:
        return neutral if _follows(part, chosen, sort) else part
    left: list[Formula] = []
    for operand in part.operands:
        inner = operand.operands if operand.sort is sort else (operand,)
        if any(_opposite(one) in parts or _excluded(one, chosen, sort) for one in inner):
            continue
        told = [one for one in inner if one not in parts and not _follows(one, chosen, sort)]
        if not told:
            return neutral
        left.append(operand if len(told) == len(inner) else _joined(sort, told))
    return part if left == [*part.operands] else _joined(dual, left)


def _follows(part: Formula, chosen: Chosen, sort: Sort) -> bool:
    """Whether a part says only that another option than the one chosen was not."""
    return _excluded(negation(part), chosen, sort)


def _excluded(part: Formula, chosen: Chosen, sort: Sort) -> bool:
    literal = part if sort is Sort.ALL else negation(part)
    other = literal.atom
    return isinstance(other, Is) and chosen.get(other.question, other.option) != other.option


# --- reading formulas --------------------------------------------------------------------------------


def walk(*formulas: Formula) -> Iterator[Formula]:
    """Every formula within these, each once, operands before what they are part of."""
    seen: set[Formula] = set()
    pending: list[tuple[Formula, bool]] = [(formula, False) for formula in formulas[::-1]]
    while pending:
        formula, done = pending.pop()
        if done:
            yield formula
        elif formula not in seen:
            seen.add(formula)
            pending.append((formula, True))
            pending += [(operand, False) for operand in formula.operands if operand not in seen]


def rebuilt(formula: Formula, of: Callable[[Formula], Formula], done: dict[Formula, Formula]) -> Formula:
    """The formula with each atom replaced by what `of` says; `done` keeps what was rebuilt, for further calls."""
    for part in walk(formula):
        if part in done:
            continue
        operands = [done[operand] for operand in part.operands]
        match part.sort:
            case Sort.CONSTANT:
                done[part] = part
            case Sort.ATOM:
                done[part] = of(part)
            case Sort.NOT:
                done[part] = negation(operands[0])
            case Sort.ALL:
                done[part] = all_of(*operands)
            case Sort.ANY:
                done[part] = any_of(*operands)
    return done[formula]
