"""What rule authors and reviewers do with a rule file beside loading it: compare, simulate visitors, review and sign.

Enter by the module that a command is named after.
"""
