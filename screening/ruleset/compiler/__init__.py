"""Rule sets as generated Python functions: conditions, numbers, and the loops over completions of strict answers.

Nothing here reads raw answers or makes outcomes. Enter by `rule_functions.compile_functions`.
"""
