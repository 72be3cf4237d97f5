"""Doing a deed only to see what it would do."""

from collections.abc import Callable
from typing import TypeVar

from mastersync.ports.store import Store, Unit

T = TypeVar("T")


def rehearse(store: Store, deed: Callable[[Unit], T], *, plan: bool) -> T:
    """Do it in one transaction and return what it did; with ``plan`` nothing of it is kept."""
    with store.rehearse() as rehearsal:
        with rehearsal.begin() as unit:
            done = deed(unit)
        if not plan:
            rehearsal.keep()
    return done
