"""Failpoints for real: the process kills itself where a test asked for it."""

import os
import signal
from collections import Counter

from mastersync.errors import ConfigError
from mastersync.usecases.failpoints import FAILPOINTS, Failpoint, never


def failpoint_of(setting: str | None) -> Failpoint:
    """Return the failpoint for ``name`` or ``name:nth`` (the nth crossing; the first is 1).

    Raises:
        ConfigError: There is no failpoint of that name.
    """
    if not setting:
        return never
    wanted, _, nth = setting.partition(":")
    if wanted not in FAILPOINTS:
        raise ConfigError(
            f"There is no failpoint {wanted!r}.",
            next_step=f"MASTERSYNC_FAILPOINT takes one of: {', '.join(FAILPOINTS)}.",
        )
    crossed: Counter[str] = Counter()

    def die_there(name: str, /) -> None:
        crossed[name] += 1
        if name == wanted and crossed[name] == int(nth or 1):
            os.kill(os.getpid(), signal.SIGKILL)

    return die_there
