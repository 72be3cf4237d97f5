"""What the product does: one use case a file, over the ports."""
