"""Adapters to the outside world: client systems, documents, agencies, mail."""
