"""The matcher on records of known truth, and against its peers."""
