"""Contracts and other documents that facts are read from."""
