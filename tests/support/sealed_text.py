"""What somebody without a key can read in sealed text, at which tests look for what must not be there."""

from __future__ import annotations

from base64 import urlsafe_b64decode

SHORTEST = 6
"""Letters of a word that is looked for: a shorter one stands in random text by chance, sooner or later."""


def readable(sealed: str, *words: str) -> list[str]:
    """Which of these words stand in a sealed text, as it is or in what its letters encode."""
    assert words
    assert all(len(word) >= SHORTEST for word in words), words
    body = "".join(sealed.split()).replace("+", "-").replace("/", "_").rstrip("=")
    encoded = urlsafe_b64decode(body + "=" * (-len(body) % 4))
    return [word for word in words if word in sealed or word.encode() in encoded]
