"""The ``mastersync`` command."""
