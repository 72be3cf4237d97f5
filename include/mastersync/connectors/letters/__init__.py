"""Letters to customers: their words, as text and as a page to print."""
