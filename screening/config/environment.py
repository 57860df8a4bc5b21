"""What an environment gives for each setting, and every mistake found on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

LOCAL_ADDRESSES = ("127.0.0.1", "::1", "localhost")
"""How a setting names this machine alone."""
Default = Callable[[str], str]
"""What a setting is where nothing is given."""


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment as settings read it; what cannot be read is noted, and its default taken."""

    environment: Mapping[str, str]
    default: Default = lambda _name: ""
    problems: list[str] = field(default_factory=list)

    def text(self, name: str, default: str = "") -> str:
        """What is given, without the space around it."""
        return self.environment.get(name, "").strip() or default or self.default(name)

    def path(self, name: str) -> Path | None:
        """A path; None where none is given."""
        text = self.text(name)
        return Path(text) if text else None

    def switch(self, name: str) -> bool:
        """Whether something is on: 1, and nothing else."""
        text = self.text(name)
        if text not in ("", "0", "1"):
            self.problems.append(f"{name} is {text!r}. It must be 1, or left out.")
        return text == "1"

    def days(self, name: str, *, default: int, most: int) -> int:
        """A number of days, one at least."""
        return self.whole(name, default=default, least=1, most=most, of="whole number of days")

    def whole(self, name: str, *, default: int, least: int, most: int, of: str = "whole number") -> int:
        """A whole number between two others."""
        text = self.text(name)
        if not text:
            return default
        if not text.isdecimal() or not least <= int(text) <= most:
            self.problems.append(f"{name} is {text!r}. It must be a {of} from {least} to {most}.")
            return default
        return int(text)
