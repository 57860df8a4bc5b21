"""WTForms built from a rule set's questions: they read what was sent and say what is wrong with it.

The templates print the inputs; the reading of an answer itself is `ruleset.reading.answer_reader`'s.
Enter by `page_form.PageForm`.
"""
