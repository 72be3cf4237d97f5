"""The rules: pure functions over plain values, with no I/O, clock or framework."""
