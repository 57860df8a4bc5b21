"""Why an outcome is what it is: what is missing, what would settle it, which answers do not fit together.

It asks the engine again with other answers, and decides nothing itself. How each ground stands is in `engine`. Enter by
`explanation.Explainer`.
"""
