"""How open strict answers are completed: which together, in which order, sums of many at once, and the loops over them.

Which answers there are to try is said by `classes`. Enter by `completion_plan.plan_completions`.
"""
