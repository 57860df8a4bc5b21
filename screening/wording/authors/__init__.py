"""What rule authors read: mistakes, proofs, comparisons, strength, simulated visits, review forms; in English."""
