"""What can be wrong in a rule file of the right shape: one function a check, every mistake reported.

Enter through `loading.loader`, which runs them all.
"""
