"""What a Document is made of, and what all of them say in the same way: citations, answers, emergencies, expressions.

Enter by `blocks`.
"""
