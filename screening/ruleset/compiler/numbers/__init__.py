"""Numbers as generated code works with them: quick where that is near enough, exact, and as intervals of exact ones.

Here is what runs, never the text of code that runs it (`source`). Numbers that people type are read elsewhere.
"""
