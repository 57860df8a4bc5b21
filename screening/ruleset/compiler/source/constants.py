"""What generated code refers to by name instead of writing it out: decimals, sets, tables and functions."""

from __future__ import annotations

import ast

from screening.ruleset.compiler.numbers import (
    arithmetic,
    elapsed_time,
    exact_spans,
    number_functions,
    reals,
    span_functions,
    span_powers,
    thresholds,
)

_LOCALS = ("q_", "v_", "f_")
_TOLD = ("category", "underlying", "possible", "holding")
_LIBRARY = (
    arithmetic.add,
    arithmetic.subtract,
    arithmetic.multiply,
    arithmetic.total,
    arithmetic.multiply_near,
    arithmetic.divide,
    arithmetic.square_root,
    arithmetic.total_near,
    arithmetic.subtract_near,
    arithmetic.order,
    reals.exact_add,
    reals.exact_subtract,
    reals.exact_multiply,
    reals.exact_divide,
    reals.exact_root,
    reals.exact_total,
    reals.exact_order,
    reals.nearest,
    number_functions.least,
    number_functions.greatest,
    number_functions.round_near,
    number_functions.power_near,
    number_functions.whole_power_near,
    number_functions.exponential_near,
    number_functions.exact_least,
    number_functions.exact_greatest,
    number_functions.exact_round,
    number_functions.exact_power,
    elapsed_time.days_since,
    elapsed_time.months_since,
    elapsed_time.years_since,
    thresholds.may_be_short,
    thresholds.steady,
    thresholds.short_decimal,
    exact_spans.as_span,
    exact_spans.told_span,
    exact_spans.surely,
    span_functions.span_total,
    span_functions.span_add,
    span_functions.span_subtract,
    span_functions.span_multiply,
    span_functions.span_divide,
    span_functions.span_root,
    span_functions.span_least,
    span_functions.span_greatest,
    span_functions.span_round,
    span_powers.span_power,
)


class Constants:
    """Objects that generated code refers to by name: decimals, sets, tables and functions."""

    def __init__(self) -> None:
        self.by_name: dict[str, object] = {function.__name__: function for function in _LIBRARY}
        self.by_name["CANCELS"] = arithmetic.CANCELS
        self.by_name["CLOSE"] = number_functions.CLOSE
        self._names: dict[tuple[type, object], str] = {}
        self._functions: dict[str, str] = {}

    def name(self, prefix: str, constant: object) -> str:
        """The name under which generated code finds this (hashable) constant."""
        key = (type(constant), constant)
        if key not in self._names:
            self._names[key] = f"{prefix}{len(self._names)}"
            self.by_name[self._names[key]] = constant
        return self._names[key]

    def table(self, name: str, table: object) -> str:
        """Keep an object under a name of the caller's choice."""
        self.by_name[name] = table
        return name

    def function(self, source: str) -> str:
        """A call of a function that yields what an expression over local variables does, so that it can stand apart."""
        names = {node.id for node in ast.walk(ast.parse(source, mode="eval")) if isinstance(node, ast.Name)}
        taken = ", ".join(sorted(name for name in names if name.startswith(_LOCALS) or name in _TOLD))
        name = self._functions.setdefault(f"({taken}): return {source}", f"x{len(self._functions)}")
        return f"{name}({taken})"

    def functions(self) -> list[str]:
        """The functions that are called, one a line."""
        return [f"def {name}{source}" for source, name in self._functions.items()]
