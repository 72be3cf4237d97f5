"""What credit reports cost, as a page."""
