"""The clients' systems that speak REST, each in its own way."""
