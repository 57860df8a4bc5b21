"""Working on what people sent: the list, one submission, what is done with it, the telephone, exports."""
