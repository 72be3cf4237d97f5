"""Where processes of tests are forked from: one that has imported everything, so none waits for it.

Starting Python and importing what a sync or a command needs takes about two seconds of a core; a
fork takes a hundredth of one, and dies, exits and writes as any other process.
"""

import multiprocessing

from mastersync.cli.registry import COMMANDS

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    [
        "__main__",
        "mastersync.wiring.sync",
        "mastersync.wiring.client",
        "mastersync.cli.app",
        *("holidays.countries", "phonenumbers.data", "stdnum.gb", "httpcore"),  # imported when used
        *(entry.target.partition(":")[0] for entry in COMMANDS),
    ]
)
