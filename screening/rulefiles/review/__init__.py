"""Who has signed a rule file in which role, and the receipt of its proof; both stand beside it.

How a review is made is in `authoring`. Enter by `state.ReviewState` and `proof_receipt.Receipt`.
"""
