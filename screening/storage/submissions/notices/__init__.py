"""What the clinic is still to be told of submissions: queued with what happened, and counted.

Sending is the work of `notifications`, far above. Enter by `outbox.queue`.
"""
