"""The golden record: which value of each field survives, and where it came from."""
