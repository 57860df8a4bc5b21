"""Speed, as ratios of medians within one run: `python -m tests.benchmarks`. Nothing here is part of the tests' verdict."""
