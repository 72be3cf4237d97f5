"""How well each clause was kept in a stretch of time, and what the client gets back."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from mastersync.domain.sla.model import Clause, ClockReading, ClockState, CreditTier, SlaPolicy


@dataclass(frozen=True, kw_only=True)
class Attainment:
    """One clause in one period: ``due`` are the clocks that were met, late or waived in it.

    ``share`` is met of met and late, 0 to 1; None where there is neither. ``credit`` is a share of
    the fee.
    """

    clause: Clause
    met: int
    late: int
    waived: int
    credit: Decimal = Decimal(0)

    @property
    def due(self) -> int:
        return self.met + self.late + self.waived

    @property
    def share(self) -> Decimal | None:
        counted = self.met + self.late
        return Decimal(self.met) / Decimal(counted) if counted else None

    @property
    def kept(self) -> bool:
        """Whether the clause's target was reached; so it is where nothing was due."""
        return self.clause.target is None or not self.below(self.clause.target)

    def below(self, share: Decimal) -> bool:
        """Whether less than a share was met; reckoned without rounding."""
        return self.met < share * (self.met + self.late)


def attain(
    readings: Iterable[ClockReading], policy: SlaPolicy, *, since: datetime, until: datetime
) -> tuple[Attainment, ...]:
    """Return each clause's attainment in ``[since, until)``, in the clauses' order.

    A clock counts once: in the period in which it became sure (``decided_at``).
    """
    counts = Counter(
        (reading.clause.key, reading.state)
        for reading in readings
        if reading.decided_at is not None and since <= reading.decided_at < until
    )
    return attained(counts, policy)


def attained(
    counts: Mapping[tuple[str, ClockState], int], policy: SlaPolicy
) -> tuple[Attainment, ...]:
    """Return each clause's attainment by its key and the states of its clocks."""
    return tuple(
        _with_credit(
            Attainment(
                clause=clause,
                met=counts.get((clause.key, ClockState.MET), 0),
                late=counts.get((clause.key, ClockState.LATE), 0),
                waived=counts.get((clause.key, ClockState.WAIVED), 0),
            ),
            policy.credit_tiers,
        )
        for clause in policy.clauses
    )


def total_credit(clauses: Iterable[Attainment], policy: SlaPolicy) -> Decimal:
    """Return what the client gets back for all clauses together, a share of the fee."""
    total = sum((one.credit for one in clauses), Decimal(0))
    return total if policy.most_credit is None else min(total, policy.most_credit)


def _with_credit(one: Attainment, tiers: Sequence[CreditTier]) -> Attainment:
    """Return it with the highest credit whose share was missed; none where the target was kept."""
    if one.kept:
        return one
    missed = [tier.credit for tier in tiers if one.below(tier.below)]
    return replace(one, credit=max(missed, default=Decimal(0)))
