"""Searching for the customer that a record may be of: the engine over prepared records."""
