"""Customer masters, kept in step: facts in, golden records derived, effects out."""

__version__ = "0.1.0"
