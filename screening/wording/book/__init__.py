"""The rule book: a rule file as a clinician reads and signs it, one module a chapter.

Enter by `whole.rule_book`. Nothing here loads the solver: what it found comes as `findings`.
"""
