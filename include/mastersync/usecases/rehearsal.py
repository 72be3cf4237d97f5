"""Doing a deed only to see what it would do."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from mastersync.ports.store import Store, Unit

T = TypeVar("T")


class _OnlyRehearsed(Exception):
    """Rolls the transaction back; nothing went wrong."""


def rehearse(store: Store, deed: Callable[[Unit], T], *, plan: bool) -> T:
    """Do it in one transaction and return what it did; with ``plan`` nothing of it is kept."""
    done: list[T] = []
    with suppress(_OnlyRehearsed), store.begin() as unit:
        done.append(deed(unit))
        if plan:
            raise _OnlyRehearsed
    return done[0]
