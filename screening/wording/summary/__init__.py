"""An outcome as a Document for a person and their doctor, what is kept of it, and what is said of it when verified.

Enter by `result.result_document`.
"""
