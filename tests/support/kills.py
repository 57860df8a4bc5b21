"""How many processes are killed in a test that kills some of those that share, by the setting of whoever runs it."""

from __future__ import annotations

import os

KILLS = int(os.environ.get("TESTS_KILLS", "30"))
"""For each test and database; two tests kill. CONTRIBUTING.md says how to try more of them."""
