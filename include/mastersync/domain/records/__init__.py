"""What a customer record is, and how it is made comparable and checked."""
