"""What a worker may still do with the effects it claimed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mastersync.domain.effects.model import ClaimedEffect, Deed, Settlement
from mastersync.errors import ConfigError
from mastersync.ports.store import Store
from mastersync.usecases.failpoints import Failpoint, never

_AFTER_REFUSED_LOGIN = timedelta(minutes=5)

Clock = Callable[[], datetime]


@dataclass(frozen=True, kw_only=True)
class Lease:
    """One claim: asked right before each request, whether it may still be sent."""

    store: Store
    clock: Clock
    failpoint: Failpoint = never

    def still_ours(
        self, effects: Sequence[ClaimedEffect], *, lasting: timedelta
    ) -> list[ClaimedEffect]:
        """Return the effects that nobody took over, if a request of ``lasting`` ends in time.

        The store is asked, not a clock alone: leases end early for a worker that was asleep, and
        for one whose store's clock jumped.
        """
        if not effects or self.clock() + lasting >= min(e.lease_until for e in effects):
            return []
        with self.store.begin() as unit:
            held = unit.effects.still_held(effects)
        return [effect for effect in effects if effect.effect_id in held]

    def perform_each(
        self,
        effects: Sequence[ClaimedEffect],
        perform: Callable[[ClaimedEffect, datetime], Settlement],
        *,
        lasting: timedelta,
    ) -> list[Settlement]:
        """Do effects one after the other; those whose turn does not come are UNTRIED.

        A login that is refused on the way leaves the rest for later, and what was done stays done.
        """
        settled: list[Settlement] = []
        for place, effect in enumerate(effects):
            if not self.still_ours([effect], lasting=lasting):
                return settled + untried(effects[place:])
            try:
                settled.append(perform(effect, self.clock()))
            except ConfigError as error:
                if not settled:
                    raise
                rest = effects[place:]
                return settled + after_refused_login(rest, error.problem, now=self.clock())
        return settled


def untried(effects: Sequence[ClaimedEffect]) -> list[Settlement]:
    """Settle effects whose turn did not come."""
    return [Settlement(effect=effect, deed=Deed.UNTRIED) for effect in effects]


def after_refused_login(
    effects: Sequence[ClaimedEffect], problem: str, *, now: datetime
) -> list[Settlement]:
    """Settle effects that were surely not done, because the login was refused."""
    again_at = now + _AFTER_REFUSED_LOGIN
    return [
        Settlement(effect=effect, deed=Deed.RETRY, problem=problem, again_at=again_at)
        for effect in effects
    ]
