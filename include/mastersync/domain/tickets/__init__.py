"""Exception tickets: one question or failure for a person."""
