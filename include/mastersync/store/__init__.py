"""The PostgreSQL store: the only place that speaks SQL."""
