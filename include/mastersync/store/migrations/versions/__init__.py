"""One migration a file; each runs a file of ``include/sql/schema/``."""
