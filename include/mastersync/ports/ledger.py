"""What the outside saw: for checking our own books against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from mastersync.domain.effects.reconcile import SeenRecord


@dataclass(frozen=True, kw_only=True)
class SeenWrite:
    """A write that a client system accepted; ``reference`` is our id in a creation, else "".

    ``values`` is the record as the write left it.
    """

    system: str
    record_key: str
    reference: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SeenOrder:
    """A report that an agency charged for; ``our_reference`` came with the order."""

    our_reference: str


@dataclass(frozen=True, kw_only=True)
class SeenMail:
    """A mail that the carrier accepted; ``our_reference`` came with it."""

    our_reference: str


class OutsideLedger(Protocol):
    """The ledgers of one client's outside systems."""

    def records(self) -> Sequence[SeenRecord]:
        """Return every record that the systems have now."""
        ...

    def writes(self) -> Sequence[SeenWrite]:
        """Return every write that was accepted, oldest first."""
        ...

    def orders(self) -> Sequence[SeenOrder]:
        """Return every order that was charged."""
        ...

    def mails(self) -> Sequence[SeenMail]:
        """Return every mail that was accepted."""
        ...
