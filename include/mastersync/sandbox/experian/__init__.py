"""Experian Business (US) as a stand-in."""
