"""Looking for answers that have a property, within a bound: what a condition or number may be while answers are open.

It runs no generated code and needs no solver; it rules nothing out for certain, which is the work of a proof. Enter by
`search`.
"""
