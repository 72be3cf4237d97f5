"""What people write down, as checked values."""
