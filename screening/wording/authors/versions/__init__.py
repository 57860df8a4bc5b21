"""Two versions of a rule file side by side, in words: what moves between them, with which answers, up to which numbers.

Who of a table of people moves is in `tables`. Enter by `comparison`; `pair` is what is compared.
"""
