"""How well each clause was kept in a stretch of time, and what the client gets back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from mastersync.domain.sla.model import Clause, ClockReading, CreditTier


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
    credit: Decimal

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
        target = self.clause.target
        return target is None or self.met >= target * (self.met + self.late)


def attain(
    readings: Iterable[ClockReading],
    *,
    since: datetime,
    until: datetime,
    clauses: Sequence[Clause],
    tiers: Sequence[CreditTier] = (),
) -> tuple[Attainment, ...]:
    """Return each clause's attainment in ``[since, until)``, in the clauses' order.

    A clock counts once: in the period in which it became sure (``decided_at``).
    """
    raise NotImplementedError
