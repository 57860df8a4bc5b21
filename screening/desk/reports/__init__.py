"""What the desk tells of many submissions at once; nothing of any person."""
