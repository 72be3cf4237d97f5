"""Files of customers as the matcher takes them: which column is what, and what identifies a row."""
