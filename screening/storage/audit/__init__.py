"""The audit: an entry for every action, chained to the one before; written by `log`, read by `verification`."""
