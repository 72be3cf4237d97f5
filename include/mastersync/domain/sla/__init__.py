"""What was promised to the client, and the clocks that hold it against what happened."""
