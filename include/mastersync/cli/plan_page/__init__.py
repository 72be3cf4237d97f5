"""A plan as one HTML page, to be looked at and passed on."""
