"""Credit checks: when one is due, and which company may be bought."""
