"""A stand-in for SendGrid v3, with an inbox for people."""
