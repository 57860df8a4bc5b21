"""How one raw answer is read: typed numbers, dates and texts, units by their spellings, and what an answer may be.

Form, API, files and commands all read by it, so that they agree; its errors are data. What follows from answers is the
matter of `engine`, their errors in words that of `wording`. Enter by `answer_reader.read_answer`.
"""
