"""What was judged of a submission: each set of answers by the rules of then, and what was heard on calls beside them.

Nothing is judged here: outcomes come as data and are kept. What is to be done about them is in `next_steps`.
"""
