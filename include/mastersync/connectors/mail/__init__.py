"""Mail: what it looks like, how it is sent, what the carrier reports of it."""
