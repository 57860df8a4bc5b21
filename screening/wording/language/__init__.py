"""A language to say things in: messages, numbers, dates, lists, punctuation, and which language somebody reads.

Nothing here knows rules or answers. Enter by `languages.language`.
"""
