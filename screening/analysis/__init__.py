"""Proof and comparison of rule sets, with an SMT solver: which answer sets there are, and what follows for all of them.

Here live the SMT reader of expressions, the guarantees, what can be reached, strength and comparison.
Everything is returned as data with answer sets that the real engine has confirmed; no sentence is made
here, and no file is read. Needs the extra `proof`, but for the simulation of visits (`simulation`).
Enter by `proof.prover`.
"""
