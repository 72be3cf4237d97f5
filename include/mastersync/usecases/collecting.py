"""How often the garbage collector looks while a batch is worked on."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_YOUNG: Final = 500_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the collector look rarely inside: a batch makes a million values and no cycles.

    With Python's own setting, which looks at every 700 new values, a fifth of a match is its.
    """
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
