"""Effects: changes to the outside world, as data, before they happen."""
