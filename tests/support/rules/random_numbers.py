"""Random numbers in the expression language, and comparisons that are nearly, or just, equal."""

from __future__ import annotations

from decimal import Context, Decimal
from random import Random

NAMES = ("a", "b", "c")
CONSTANTS = ("1", "2", "3", "5", "7", "0.5", "0.1", "2.67", "1.3", "9", "40")
EXPONENTS = ("0", "1", "2", "3", "-1", "-2", "0.5", "-0.302", "1.2", "0.333")
BASES = ("0.9938", "0.5", "2", "1", "10")
OPERATORS = ("<", "<=", ">", ">=", "==", "!=")


class Numbers:
    """Draws numbers as text, with at most so many roots in each."""

    def __init__(self, seed: int, roots: int = 3) -> None:
        self.random = Random(seed)
        self.roots = roots

    def number(self, depth: int = 3) -> str:
        """A number."""
        while (found := self._number(depth)).count("sqrt") > self.roots:
            pass
        return found

    def _number(self, depth: int) -> str:
        shape = self.random.random()
        if not depth or shape < 0.15:
            return self.random.choice(NAMES if self.random.random() < 0.75 else CONSTANTS)
        if shape < 0.35:
            return f"sqrt({self._number(depth - 1)})"
        if shape < 0.42:
            return f"sum({', '.join(self._number(depth - 1) for _ in range(self.random.randint(2, 4)))})"
        if shape < 0.47:
            numbers = ", ".join(self._number(depth - 1) for _ in range(self.random.randint(2, 3)))
            return f"{self.random.choice(('min', 'max'))}({numbers})"
        if shape < 0.51:
            return f"round({self._number(depth - 1)}, {self.random.choice((0, 1, 2, 3, -1))})"
        if shape < 0.57:
            return f"power({self._number(depth - 1)}, {self.random.choice(EXPONENTS)})"
        if shape < 0.59:
            return f"power({self.random.choice(BASES)}, {self._number(0)} / {self.random.choice((1, 3, 7))})"
        if shape < 0.64:
            test = f"{self._number(0)} {self.random.choice(OPERATORS)} {self._number(1)}"
            return f"({self._number(depth - 1)} if {test} else {self._number(depth - 1)})"
        return f"({self._number(depth - 1)} {self.random.choice('+-*/')} {self._number(depth - 1)})"

    def twin(self, number: str) -> str:
        """The same number worked out in another way; where that way is not open, unknown."""
        other = self.random.choice(NAMES)
        shapes = (
            "{0} / 3 * 3",
            "{0} / 7 + {0} / 7 * 6",
            "{0} / 3 + {0} / 3 + {0} / 3",
            "sqrt({0}) * sqrt({0})",
            "sqrt({0} * {0})",
            "{0} * sqrt(2) / sqrt(2)",
            "({0} + {1} / 3) - {1} / 3",
            "{0} + sqrt({1}) - sqrt({1})",
            "{0} * sqrt(2 + sqrt(3)) * 2 / (sqrt(6) + sqrt(2))",
            "1 / (1 / {0})",
            "min({0}, {0} / 3 * 3)",
            "max({0} * 7 / 7, {0})",
            "power(sqrt({0}), 2)",
            "sqrt(power({0}, 2))",
            "power({0}, 3) / power({0}, 2)",
            "power(1 / {0}, -1)",
            "power({0}, 0.5) * sqrt({0})",
            "round({0}, 3)",
            "round(round({0}, 1) / 3 * 3, 1)",
            "{0}",
        )
        return self.random.choice(shapes).format(f"({number})", other)

    def comparison(self) -> str:
        """Two numbers compared: now any two, now the same in two ways, now with next to nothing added."""
        left = self.number()
        right = self.number() if self.random.random() < 0.3 else self.twin(left)
        if self.random.random() < 0.3:
            right = f"({right}) {self.random.choice('+-')} 0.{'0' * self.random.randint(3, 13)}1"
        return f"{left} {self.random.choice(OPERATORS)} {right}"

    def answers(self) -> dict[str, Decimal | None]:
        """Answers, short as people type them; now and then one is missing."""
        return {name: None if self.random.random() < 0.05 else self._answer() for name in NAMES}

    def _answer(self) -> Decimal:
        if self.random.random() < 0.1:
            return Decimal(0)
        return Decimal(self.random.randint(1, 60)) / self.random.choice((1, 1, 1, 2, 4, 10))

    def cut_off(self, value: Decimal) -> str:
        """A constant that is the value, or nearly so, as far as a constant has digits."""
        digits = self.random.choice((2, 6, 14))
        return f"{abs(Context(prec=digits).plus(value)):f}"
