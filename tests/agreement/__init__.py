"""Every reader of a rule file says of every answer set what the engine says.

One generator (`answer_sets`) draws answer sets; `lines` writes them with what the engine makes of them; each reader
(`readers`) is an adapter with a list of what it must agree on. `python -m tests.agreement RULES COUNT` prints lines.
"""
