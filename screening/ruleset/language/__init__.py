"""The expression language: its grammar, its names and types, and the modes in which it is read.

What an expression *means* for answers is said by `compiler`. Enter by `parsing.parse` and `type_checks.check`.
"""
