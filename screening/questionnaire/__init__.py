"""The patient's pages.

Here live the views and what they share: the answers in their sealed cookie, and the journey through
the pages, folded from the answers at each request. Nothing is stored or logged. Views read the form,
call the core and redirect; they make no sentence and no decision.
"""
