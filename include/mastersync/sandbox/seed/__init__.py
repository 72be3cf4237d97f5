"""What the four sample clients hold at the start: always the same, with the truth beside it."""
