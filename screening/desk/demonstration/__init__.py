"""The desk of a demonstration: accounts that everybody knows, and made-up submissions. Never used by a deployment."""
