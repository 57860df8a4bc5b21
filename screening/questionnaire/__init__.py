"""The patient's pages.

Here live the views and what they share: the answers in their sealed cookie, the journey through the
pages, folded from the answers at each request, and the visit of somebody who looks after what they sent.
Nothing of anybody is stored before they send it, and nothing is logged. Views read the form, call the
core and the store, and redirect; they make no sentence and no decision.
"""
