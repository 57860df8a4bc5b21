"""Rule sets as generated Python functions: conditions, numbers, and the loops over completions of strict answers.

From the lowest: `numbers` (what the functions work with), `classes` (which answers are alike), `source` (their text),
`completions`. Nothing here reads raw answers or makes outcomes. Enter by `rule_functions.compile_functions`.
"""
