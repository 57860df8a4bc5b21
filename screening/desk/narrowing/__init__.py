"""What of the list is shown: filters of an address, kept while somebody is elsewhere, and saved ones by name."""
