"""Records with known truth, made to measure."""
