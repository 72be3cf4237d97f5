"""Which records speak of the same customer: keys, evidence, and what follows from it."""
