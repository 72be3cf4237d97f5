"""Plans that have not left, in PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mastersync.domain.effects.guards import PlanPart, PlanSize
from mastersync.domain.effects.model import EffectKind, HeldFor
from mastersync.domain.identity.model import Withdrawn
from mastersync.ports.releases import EVERY_KIND, PersonsHold, WaitingPlan
from mastersync.store.database import Session


@dataclass(frozen=True, kw_only=True)
class _Base:
    customers: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class _HeldFor:
    held_for: HeldFor
    count: int


class PostgresReleases:
    """Implements `ports.releases.Releases`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def measure(self, run_id: str) -> PlanSize:
        """Return how much the run's plan would change; see the port."""
        run = {"client_id": self._client_id, "run_id": run_id}
        base = self._session.one("releases/measure_base", _Base, **run)
        parts = self._session.many("releases/measure_plan", PlanPart, **run)
        return PlanSize(base=base.customers, currency=base.currency, parts=tuple(parts))

    def take_over(self, run_id: str, *, now: datetime) -> None:
        """Take over what nobody has decided on; see the port."""
        self._session.execute(
            "releases/take_over_held", client_id=self._client_id, run_id=run_id, now=now
        )

    def hold(
        self, run_id: str, held_for: HeldFor, *, kinds: Sequence[EffectKind] = EVERY_KIND
    ) -> int:
        """Say why a plan is held; see the port."""
        return self._session.execute(
            "releases/hold_plan",
            client_id=self._client_id,
            run_id=run_id,
            kinds=list(kinds),
            held_for=held_for,
        )

    def release(
        self,
        run_id: str,
        *,
        hold: Mapping[EffectKind, timedelta],
        kinds: Sequence[EffectKind] = EVERY_KIND,
        now: datetime,
    ) -> int:
        """Let a plan go out; see the port."""
        locked: list[UUID] = self._session.values(
            "releases/lock_plan", client_id=self._client_id, run_id=run_id, kinds=list(kinds)
        )
        return self._session.execute(
            "outbox/release_effects",
            client_id=self._client_id,
            effect_ids=locked,
            hold={kind.value: wait.total_seconds() for kind, wait in hold.items()},
            now=now,
        )

    def cancel(self, run_id: str, *, why: str, now: datetime) -> list[UUID]:
        """Withdraw a plan; see the port."""
        cancelled: list[UUID] = self._session.values(
            "releases/cancel_plan", client_id=self._client_id, run_id=run_id, why=why, now=now
        )
        self._session.values(
            "identity/revoke_requests", client_id=self._client_id, effect_ids=cancelled
        )
        return cancelled

    def guarded(self) -> list[str]:
        """Return the runs whose plan a guard holds; see the port."""
        return self._session.values("releases/list_guarded_runs", client_id=self._client_id)

    def held_for(self, run_id: str) -> Mapping[HeldFor, int]:
        """Return why effects of a run are held; see the port."""
        found = self._session.many(
            "releases/count_held", _HeldFor, client_id=self._client_id, run_id=run_id
        )
        return {row.held_for: row.count for row in found}

    def waiting(self) -> list[WaitingPlan]:
        """Return what waits for a person's word; see the port."""
        return self._session.many(
            "releases/list_waiting_plans", WaitingPlan, client_id=self._client_id
        )

    def emptied(self) -> list[str]:
        """Return plans of which nothing is held any more; see the port."""
        return self._session.values("releases/list_emptied_plans", client_id=self._client_id)

    def held_by_people(
        self, customer_ids: Sequence[str], *, record_ids: Sequence[int]
    ) -> list[PersonsHold]:
        """Return what people hold; see the port."""
        return self._session.many(
            "releases/list_held_by_people",
            PersonsHold,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
            record_ids=list(record_ids),
            withdrawn=list(Withdrawn),
        )

    def withdraw_outdated(
        self,
        customer_ids: Sequence[str],
        *,
        keys: Sequence[str],
        kept: Sequence[UUID],
        now: datetime,
    ) -> list[UUID]:
        """Withdraw pushes that a new plan lacks; see the port."""
        return self._session.values(
            "releases/withdraw_outdated",
            client_id=self._client_id,
            customer_ids=list(customer_ids),
            keys=list(keys),
            kept=list(kept),
            now=now,
        )

    def count_waiting(self) -> int:
        """Return how many effects are not settled; see the port."""
        count: int = self._session.value("releases/count_waiting", client_id=self._client_id)
        return count
