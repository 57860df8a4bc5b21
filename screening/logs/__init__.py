"""What reaches the log, and what never does: the places of an error and no word of what it says.

Any message of a library, and any of an exception, may hold what a person typed. So of a library's record the log keeps
its name, level and place; of an exception its types and frames; of our own records the message. Enter by
`setup.configure`, `failure.failure_of` and `request_id`. Imports the standard library alone, so that every process can
begin with it.
"""
