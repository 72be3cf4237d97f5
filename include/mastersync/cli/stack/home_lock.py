"""One stack to a home: two would fight over its database and its ports."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from mastersync.errors import ConfigError

FILE_NAME = "up.lock"


@contextlib.contextmanager
def home_lock(home: Path) -> Iterator[None]:
    """Hold the home; the system lets go of it when this process dies, however it dies.

    Raises:
        ConfigError: another process holds it.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / FILE_NAME).open("a+")
    except OSError as error:
        raise ConfigError(
            f"{home} cannot be written to: {error.strerror}.",
            next_step="Set MASTERSYNC_HOME to a directory of your own.",
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise ConfigError(
                f"mastersync already runs on {home}, as process {lock.read().strip() or '?'}.",
                next_step="Stop that one with Ctrl-C, or set MASTERSYNC_HOME to another directory.",
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
