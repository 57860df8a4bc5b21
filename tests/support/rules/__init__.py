"""Rule sets, expressions and answers for tests, random and small, and evaluators that know nothing of the engine."""
