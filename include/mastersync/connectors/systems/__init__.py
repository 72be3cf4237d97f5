"""Client systems, by kind."""
