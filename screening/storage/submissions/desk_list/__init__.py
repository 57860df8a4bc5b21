"""Many submissions as the desk sees them: in groups, a page of rows at a time, found by what somebody says, given over.

One submission, opened, is `record.records`'. Enter by `listing` and `finding`.
"""
