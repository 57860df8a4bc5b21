"""Who works at the desk: accounts, sessions, second factors, and how guesses are slowed down. Enter by `staff`."""
