"""Replay: what the same facts would have come to by other rules."""
