"""Credit agencies."""
