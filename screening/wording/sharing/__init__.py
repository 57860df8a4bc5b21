"""What is said around sending answers to a clinic: terms, contact, promise, state, notification."""
