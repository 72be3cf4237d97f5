"""``python -m mastersync.cli`` is the ``mastersync`` command."""

from mastersync.cli.app import main

main()
