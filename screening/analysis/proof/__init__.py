"""Guarantees and reachability for every answer set that the form accepts. Enter by `prover`."""
