"""The source text of generated Python: a condition, a number, an interval, the statements of one function.

What the text calls is in `numbers`; the loops around the statements are in `completions`. Enter by `statements.Writer`.
"""
