"""Whole tables judged by Apache Spark, on as many machines as it has: by the extra `spark`, beside `cohort`.

Here live the session (`session`), tables with their rows counted (`tables`), what executors do (`executors`), the table
as a `Source` of queries (`source`), and the folder of parts (`parts`). Spark spreads rows over executors and writes
what comes of them; each executor asks the same DuckDB the same query as on one machine, and judges rows in doubt with
the engine. So no second dialect decides what a cell or a rule means.
"""
