"""Products, quotients, roots, powers and rounded numbers: fresh variables that every true value satisfies, and more.

A solver for linear arithmetic decides in milliseconds what a non-linear one may never decide. So such a number is left
free but for its bounds: what is proved for every value of it holds for the true one. Where more exactness is needed,
there are equations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import z3

from screening.analysis.solver.encoding import real
from screening.analysis.solver.fresh_numbers import Fresh, Rising
from screening.analysis.solver.intervals import Intervals
from screening.analysis.solver.linear_pieces import NOTHING_KNOWN, Pieces, pieces_of_power, pieces_of_product
from screening.analysis.solver.power_tables import ROOM
from screening.ruleset.formulas.date_numbers import answered_question
from screening.ruleset.formulas.terms import Shape, Term
from screening.ruleset.model.rule_set import RuleSet

MULTIPLIED_OUT = 6
"""Up to which exponent a whole power is written as a product."""


class _Meaning(NamedTuple):
    """What a number that is not linear is."""

    equation: Callable[[z3.ArithRef], z3.BoolRef] | None
    """What makes it exact, wherever it is defined; None: nothing that a solver can read."""
    pieces: Callable[[z3.ArithRef], Pieces]
    linear: Callable[[z3.ArithRef], list[z3.BoolRef]] = lambda _: []
    """What is true of it wherever it is defined."""


class Nonlinear:
    """Makes the fresh variables of one rule set, and finds those that formulas read."""

    def __init__(self, rule_set: RuleSet) -> None:
        self._rule_set = rule_set
        self._intervals = Intervals(rule_set)
        self._made: dict[tuple[str, int, int], Fresh] = {}
        self._by_id: dict[int, Fresh] = {}
        self._read: dict[int, frozenset[int]] = {}
        """By a formula's id the variables in it."""
        self._kept: list[z3.ExprRef] = []
        """The formulas that were read, which must outlive the ids that stand for them and for their parts."""

    def joined(self, left: z3.ArithRef, right: z3.ArithRef, term: Term) -> z3.ArithRef:
        """Two numbers joined by one of `+ - * /`; where a divisor is zero anything."""
        match term.operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                if z3.is_rational_value(left) or z3.is_rational_value(right):
                    return left * right
                meaning = _Meaning(lambda made: made == left * right, self._product_pieces((left, right), term))
                return self._fresh(term, (left, right), meaning)
            case _:
                if z3.is_rational_value(right):
                    return left / right
                pieces = self._quotient_pieces(left, right, term)
                meaning = _Meaning(lambda made: z3.Or(right == 0, made * right == left), pieces)
                return self._fresh(term, (left, right), meaning)

    def root(self, of: z3.ArithRef, term: Term) -> z3.ArithRef:
        """The root of a number; of a negative one anything."""

        def equation(made: z3.ArithRef) -> z3.BoolRef:
            return z3.Or(of < 0, z3.And(made >= 0, made * made == of))

        return self._fresh(term, (of,), _Meaning(equation, self._power_pieces(of, term)))

    def rounded(self, of: z3.ArithRef, term: Term) -> z3.ArithRef:
        """A number rounded to some digits after the point, a half away from zero."""
        steps = real(Fraction(10) ** int(term.value))
        half = real(Fraction(1, 2))

        def equation(made: z3.ArithRef) -> z3.BoolRef:
            up, down = z3.ToReal(z3.ToInt(of * steps + half)), z3.ToReal(z3.ToInt(half - of * steps))
            return made * steps == z3.If(of < 0, -down, up)

        def near(made: z3.ArithRef) -> list[z3.BoolRef]:
            return [(made - of) * steps <= half, (of - made) * steps <= half]

        return self._fresh(term, (of,), _Meaning(equation, lambda made: Pieces(of, lambda _, __: equation(made)), near))

    def power(self, of: z3.ArithRef, term: Term) -> z3.ArithRef:
        """A constant power of a number; anything where there is none."""
        exponent = term.value

        def equation(made: z3.ArithRef) -> z3.BoolRef:
            product = z3.Product(*[of] * int(abs(exponent)))
            return made == product if exponent >= 0 else z3.Or(of == 0, made * product == 1)

        def sides_of_one(made: z3.ArithRef) -> list[z3.BoolRef]:
            less, more = (made <= 1, made >= 1) if exponent > 0 else (made >= 1, made <= 1)
            return [z3.Implies(z3.And(of > 0, of <= 1), less), z3.Implies(of >= 1, more)]

        multiplied_out = exponent.denominator == 1 and abs(exponent) <= MULTIPLIED_OUT
        exact = equation if multiplied_out else None
        return self._fresh(term, (of,), _Meaning(exact, self._power_pieces(of, term), sides_of_one))

    def exponential(self, of: z3.ArithRef, term: Term) -> z3.ArithRef:
        """A constant to the power of a number."""
        return self._fresh(term, (of,), _Meaning(None, self._power_pieces(of, term)))

    def nearly(self, of: z3.ArithRef, term: Term) -> z3.ArithRef:
        """A power, or what lies next to it on one side."""
        room = real(1 + term.value * ROOM)

        def near(made: z3.ArithRef) -> list[z3.BoolRef]:
            one, other = (of, made) if term.value > 0 else (made, of)
            return [
                z3.Implies(of >= 0, z3.And(one <= other, made <= of * room if term.value > 0 else made >= of * room))
            ]

        certain = z3.BoolVal(val=True)
        return self._fresh(term, (of,), _Meaning(lambda _: certain, lambda _: NOTHING_KNOWN, near))

    # --- pieces ---

    def _power_pieces(self, of: z3.ArithRef, term: Term) -> Callable[[z3.ArithRef], Pieces]:
        """Between which lines a power lies."""
        interval = self._intervals.of(term.operands[0])
        return lambda made: pieces_of_power(made, of, interval, term)

    def _product_pieces(self, factors: tuple[z3.ArithRef, z3.ArithRef], term: Term) -> Callable[[z3.ArithRef], Pieces]:
        one, other = map(self._intervals.of, term.operands)
        return lambda made: pieces_of_product(made, (factors[0], one), (factors[1], other))

    def _quotient_pieces(self, left: z3.ArithRef, right: z3.ArithRef, term: Term) -> Callable[[z3.ArithRef], Pieces]:
        """Of the quotient by the divisor, which is what was divided."""
        quotient, divisor = self._intervals.of(term), self._intervals.of(term.operands[1])
        return lambda made: pieces_of_product(left, (made, quotient), (right, divisor))

    # --- variables ---

    def _fresh(self, term: Term, parts: tuple[z3.ArithRef, ...], meaning: _Meaning) -> z3.ArithRef:
        """The one variable for this operation on these parts."""
        key = (term.operator or "root", parts[0].get_id(), parts[-1].get_id())
        if key not in self._made:
            # named by what it is made from: two rule sets over the same variables then share it
            variable = z3.Real(f"term {' '.join(map(str, key))}")
            low, high = self._intervals.of(term)
            bounds = [real(low) <= variable] if low is not None else []
            bounds += [variable <= real(high)] if high is not None else []
            bounds = [z3.Or(self._undefined(term, parts), bound) for bound in bounds]
            self._made[key] = Fresh(
                variable,
                parts,
                (*bounds, *meaning.linear(variable)),
                None if meaning.equation is None else meaning.equation(variable),
                meaning.pieces(variable),
                tuple(self._risings(term, parts)),
            )
            self._by_id[variable.get_id()] = self._made[key]
        return self._made[key].variable

    def _risings(self, term: Term, parts: tuple[z3.ArithRef, ...]) -> Iterator[Rising]:
        """With what a number rises or falls, whatever else it is."""
        ranges = [self._intervals.of(operand) for operand in term.operands]
        match term.shape:
            case Shape.JOINED if term.operator == "*":
                for one, other in ((0, 1), (1, 0)):
                    least = ranges[other].low
                    if least is not None and least >= 0:
                        yield Rising(("*", parts[other].get_id()), parts[one], falls=False, positive=False)
            case Shape.JOINED:
                least = ranges[1].low
                if least is not None and least > 0:
                    yield Rising(("/", parts[1].get_id()), parts[0], falls=False, positive=False)
            case Shape.EXPONENTIAL:
                # a power of twenty digits may lie beside that of a whole exponent near it, which is exact
                if self._is_whole(term.operands[0]):
                    yield Rising((term.operator,), parts[0], falls=term.value < 1, positive=False)
            case Shape.ROUNDED:
                yield Rising((term.operator,), parts[0], falls=False, positive=False)
            case Shape.NEARLY:
                return
            case _:
                yield Rising((term.operator,), parts[0], falls=term.value < 0, positive=True)

    def _is_whole(self, term: Term) -> bool:
        """Whether a number is an answer that is always whole."""
        if term.shape is not Shape.ANSWER:
            return False
        return all(
            unit.whole and unit.factor == 1 for unit in answered_question(self._rule_set.question, term.question).units
        )

    def _undefined(self, term: Term, parts: tuple[z3.ArithRef, ...]) -> z3.BoolRef:
        match term.shape:
            case Shape.JOINED:
                return parts[1] == 0 if term.operator == "/" else z3.BoolVal(val=False)
            case Shape.ROOT:
                return parts[0] < 0
            case Shape.POWER if term.value.denominator != 1:
                return parts[0] < 0 if term.value > 0 else parts[0] <= 0
            case Shape.POWER if term.value < 0:
                return parts[0] == 0
            case _:
                return z3.BoolVal(val=False)

    def know(self, truth: z3.BoolRef, known: Sequence[z3.BoolRef], *, of_pairs: bool = False) -> None:
        """Keep what is known of a Boolean, to be said wherever that is read; `of_pairs`: see `Fresh`."""
        certain = z3.BoolVal(val=True)
        made = Fresh(truth, tuple(known), tuple(known), certain, NOTHING_KNOWN, is_of_pairs=of_pairs)
        self._by_id[truth.get_id()] = made

    # --- what formulas read ---

    def read_by(self, formulas: Iterable[z3.BoolRef]) -> list[Fresh]:
        """The fresh variables in formulas, and those that they are made from."""
        fresh: dict[int, Fresh] = {}
        pending: list[z3.ExprRef] = [*formulas]
        while pending:
            for name in self.variables(pending.pop()):
                if name in self._by_id and name not in fresh:
                    fresh[name] = self._by_id[name]
                    pending += fresh[name].parts
        return list(fresh.values())

    def variables(self, formula: z3.ExprRef) -> frozenset[int]:
        """The ids of the variables in a formula."""
        key = formula.get_id()
        if key not in self._read:
            self._kept.append(formula)
            self._read_all(formula)
        return self._read[key]

    def _read_all(self, formula: z3.ExprRef) -> None:
        """Remember the variables of every part of a formula, as other formulas share many of them.

        Parts are read as the solver's own nodes: to wrap each in an object of Python takes ten times as long.
        """
        context, read = formula.ctx_ref(), self._read
        pending: list[tuple[int, z3.Ast, list[int] | None]] = [(formula.get_id(), formula.as_ast(), None)]
        while pending:
            key, part, children = pending.pop()
            if key in read:
                continue
            if children is None:
                nodes = [z3.Z3_get_app_arg(context, part, at) for at in range(z3.Z3_get_app_num_args(context, part))]
                children = [z3.Z3_get_ast_id(context, node) for node in nodes]
                pending.append((key, part, children))
                pending += [(own, node, None) for own, node in zip(children, nodes, strict=True) if own not in read]
                continue
            sets = {read[child] for child in children} or {frozenset({key})}
            read[key] = next(iter(sets)) if len(sets) == 1 else frozenset().union(*sets)
