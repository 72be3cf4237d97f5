"""SLA clocks of clients with many customers: what they cost, and what they read."""
