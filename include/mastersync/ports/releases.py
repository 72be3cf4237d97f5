"""What is planned and has not left: held, measured, released, withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from mastersync.domain.effects.guards import PlanSize
from mastersync.domain.effects.model import EffectKind, HeldFor

EVERY_KIND = tuple(EffectKind)


@dataclass(frozen=True, kw_only=True)
class PersonsHold:
    """A push that a person holds; to a record, or one that creates the customer's.

    ``is_withdrawn``: a merge, split or unmerge did that; the hold stands for what is planned
    instead.
    """

    effect_id: UUID
    target: str
    customer_id: str
    record_id: int | None
    is_withdrawn: bool


@dataclass(frozen=True, kw_only=True)
class WaitingPlan:
    """What of a run's plan waits for an approval, or is held by a guard.

    ``cost`` is what its credit orders would cost; ``currency`` None without any.
    """

    run_id: str
    held_for: HeldFor
    pushes: int
    mails: int
    orders: int
    cost: Decimal
    currency: str | None


class Releases(Protocol):
    """The plans of one client that have not left, within one transaction."""

    def measure(self, run_id: str) -> PlanSize:
        """Return how much the run's plan would change, and how many customers there are.

        What its credit orders cost counts also when they are placed already.
        """
        ...

    def take_over(self, run_id: str, *, now: datetime) -> None:
        """Make part of the run's plan what others left that nobody has decided on.

        What died runs had planned, what waits for an approval, and what was only watched. It
        counts as planned now.
        """
        ...

    def hold(
        self, run_id: str, held_for: HeldFor, *, kinds: Sequence[EffectKind] = EVERY_KIND
    ) -> int:
        """Say why the plan of a run is held; returns how many effects are."""
        ...

    def release(
        self,
        run_id: str,
        *,
        hold: Mapping[EffectKind, timedelta],
        kinds: Sequence[EffectKind] = EVERY_KIND,
        now: datetime,
    ) -> int:
        """Let the held effects of a run go out once they have waited their time; how many.

        ``hold`` is counted from when an effect was planned.
        """
        ...

    def cancel(self, run_id: str, *, why: str, now: datetime) -> list[UUID]:
        """Withdraw the held effects of a run; returns which. Their questions are revoked."""
        ...

    def guarded(self) -> list[str]:
        """Return the runs whose plan a guard holds."""
        ...

    def held_for(self, run_id: str) -> Mapping[HeldFor, int]:
        """Return why effects of a run are held, and how many; those of a person apart."""
        ...

    def waiting(self) -> list[WaitingPlan]:
        """Return what waits for a person's word, run by run, the oldest first."""
        ...

    def emptied(self) -> list[str]:
        """Return runs with an open ticket on their plan of which nothing is held any more."""
        ...

    def held_by_people(
        self, customer_ids: Sequence[str], *, record_ids: Sequence[int]
    ) -> list[PersonsHold]:
        """Return what people hold of the pushes to these records, or that create these customers'.

        Also what they held before a merge, split or unmerge withdrew it, until its ticket is
        settled. Without what takes writes back: no plan replaces that.
        """
        ...

    def withdraw_outdated(
        self,
        customer_ids: Sequence[str],
        *,
        keys: Sequence[str],
        kept: Sequence[UUID],
        now: datetime,
    ) -> list[UUID]:
        """Withdraw pushes of these customers that have not left, but for ``keys`` and ``kept``."""
        ...

    def count_waiting(self) -> int:
        """Return how many effects of the client are neither done nor given up."""
        ...
