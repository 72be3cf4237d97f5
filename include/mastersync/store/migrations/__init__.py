"""Alembic's home: each revision runs files of ``include/sql/schema``."""
