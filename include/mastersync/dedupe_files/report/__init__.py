"""The page of a dedupe run: one file, no script, nothing fetched."""
