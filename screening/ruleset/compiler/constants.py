"""What generated code refers to by name instead of writing it out: decimals, sets, tables and functions."""

from __future__ import annotations

from screening.ruleset.compiler.arithmetic import ARITHMETIC, square_root


class Constants:
    """Objects that generated code refers to by name: decimals, sets, tables and functions."""

    def __init__(self) -> None:
        self.by_name: dict[str, object] = {function.__name__: function for function in ARITHMETIC.values()}
        self.by_name["square_root"] = square_root
        self._names: dict[tuple[type, object], str] = {}

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
