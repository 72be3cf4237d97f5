"""The plan: everything that one run would change, before any of it is done."""
