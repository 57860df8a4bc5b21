"""FHIR: what we write is read by others, and what others write by us."""
