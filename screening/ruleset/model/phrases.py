"""By which words the texts of a rule file are looked through: what none may hold, and what some speak of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BannedException:
    """A text that may hold a banned phrase, and why."""

    text: str
    phrase: str
    why: str


@dataclass(frozen=True, slots=True)
class Banned:
    """Words that no text for a person may hold; a star at the end of a phrase stands for any ending."""

    phrases: tuple[str, ...] = ()
    exceptions: tuple[BannedException, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicException:
    """A text that holds a phrase of a topic and does not speak of it, and why."""

    text: str
    phrase: str
    why: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What texts may speak of, so that guarantees can say where none of these texts ever stands."""

    id: str
    text: str
    """What is spoken of, for whoever reviews it."""
    phrases: tuple[str, ...]
    """Words by which a text without the tag is found; a star at the end of a phrase stands for any ending."""
    texts: tuple[str, ...] = ()
    """Texts that speak of it and have no place for a tag, by id."""
    exceptions: tuple[TopicException, ...] = ()
