"""What each of a client's systems should hold, in its own terms, and what it lacks of that."""
