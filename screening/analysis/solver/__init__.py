"""A rule set and the answers that its form accepts as formulas of an SMT solver, and answer sets out of its models.

What is asked of them is in the rooms beside. Enter by `query` and `witness`.
"""
