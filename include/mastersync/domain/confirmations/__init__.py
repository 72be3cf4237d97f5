"""Asking customers whether what we hold about them is right."""
