"""What people decided on pairs of records, and whether it holds together."""
