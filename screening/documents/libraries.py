"""The system's libraries that lay out a PDF: whether they are there, said before anything is made."""

from __future__ import annotations

import ctypes
import sys

LIBRARIES = {"libpangoft2-1.0.so.0": "libpangoft2-1.0-0", "libharfbuzz-subset.so.0": "libharfbuzz-subset0"}
"""Each by the name under which it is loaded, and the package of Debian that brings it; `setup` installs these."""


class MissingLibraryError(Exception):
    """A library of the system is not installed; the message says what to do, for who runs this machine."""


def require_libraries() -> None:
    """Raise `MissingLibraryError` where PDFs cannot be made. Elsewhere than on Linux they have other names."""
    if sys.platform != "linux":
        return
    missing = [package for name, package in LIBRARIES.items() if not _loads(name)]
    if missing:
        raise MissingLibraryError(
            f"PDFs need libraries that are not installed here: {', '.join(missing)} (Debian's names). "
            "./setup installs them, or says how."
        )


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
