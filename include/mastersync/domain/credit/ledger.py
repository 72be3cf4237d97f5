"""What an agency says it has charged, held against what we ordered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from mastersync.domain.effects.model import EffectState


@dataclass(frozen=True, kw_only=True)
class Charge:
    """A line of an agency's statement; ``our_reference`` is "" when it was ordered without one."""

    charge_id: str
    company_reference: str
    our_reference: str
    charged_at: datetime
    units: int = 1


@dataclass(frozen=True, kw_only=True)
class LedgerReading:
    """An agency's account at one moment; None is what this agency does not tell.

    ``charges`` are its lines since the moment asked for, ``used_units`` its meter, which only ever
    rises within a contract's year.
    """

    read_at: datetime
    charges: tuple[Charge, ...] | None = None
    used_units: int | None = None


@dataclass(frozen=True, kw_only=True)
class PlacedOrder:
    """An order of ours that was tried, ``started_at`` for the first time; ``ended_at`` the last.

    ``is_known_charged``: the statement had it when its outcome was settled. ``resend_count`` is
    how often a person had it placed again, which costs again.
    """

    effect_id: UUID
    customer_id: str
    company_reference: str
    state: EffectState
    started_at: datetime
    ended_at: datetime | None
    is_known_charged: bool = False
    resend_count: int = 0


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the agency's ledger says of an order of unknown outcome; ``charge`` if it names one."""

    order: PlacedOrder
    was_charged: bool
    charge: Charge | None = None


def judge_lost(
    orders: Sequence[PlacedOrder],
    earlier: Sequence[LedgerReading],
    now: LedgerReading,
    *,
    lag: timedelta,
) -> list[Verdict]:
    """Say of orders whose outcome is unknown whether they were charged; of some nobody can say.

    A statement with our references answers of each that ended ``lag`` ago or longer. A meter only
    says that an order was not charged, when it moved by no more than what is known from before it
    was tried until it would have been counted: more may be ours or somebody else's.

    Args:
        orders: All that were tried or ended since the first of ``earlier`` was read.
        earlier: Readings of the meter, oldest first, from before the first lost one on.
    """
    lost = [order for order in orders if order.state is EffectState.UNKNOWN]
    if now.charges is None:
        readings = [*earlier, now]
        return [
            Verdict(order=order, was_charged=False)
            for order in lost
            if _is_surely_uncharged(order, orders, readings, lag=lag)
        ]
    charged = {charge.our_reference: charge for charge in now.charges}
    return [
        Verdict(order=order, was_charged=charge is not None, charge=charge)
        for order in lost
        if _is_counted(order, now, lag=lag)
        for charge in (charged.get(str(order.effect_id)),)
    ]


def _is_surely_uncharged(
    lost: PlacedOrder,
    orders: Sequence[PlacedOrder],
    readings: Sequence[LedgerReading],
    *,
    lag: timedelta,
) -> bool:
    before = [reading for reading in readings if reading.read_at < lost.started_at]
    if not before or before[-1].used_units is None:
        return False
    first, units = before[-1], before[-1].used_units
    return any(
        reading.used_units is not None
        and reading.used_units - units == _surely_charged(orders, first, reading)
        for reading in readings
        if _is_counted(lost, reading, lag=lag)
    )


def _surely_charged(
    orders: Sequence[PlacedOrder], first: LedgerReading, last: LedgerReading
) -> int:
    """Count the orders that were charged between two readings and at neither of them."""
    return sum(
        order.started_at >= first.read_at
        and _is_over(order, last)
        and (order.state is EffectState.DONE or order.is_known_charged)
        for order in orders
    )


def _is_counted(order: PlacedOrder, reading: LedgerReading, *, lag: timedelta) -> bool:
    """Whether a reading would show the order's charge, if there were one."""
    return order.ended_at is not None and order.ended_at + lag <= reading.read_at


@dataclass(frozen=True, kw_only=True)
class Differences:
    """Where a statement and our orders part."""

    unknown_charges: tuple[Charge, ...] = ()  # not of any order of ours
    refused_but_charged: Mapping[UUID, Charge] = field(default_factory=dict)
    charged_twice: Mapping[UUID, tuple[Charge, ...]] = field(default_factory=dict)
    not_charged: tuple[PlacedOrder, ...] = ()  # reports that we have and nobody billed
    unexplained_units: int | None = None  # by the meter alone; below 0: fewer than we ordered

    @property
    def are_none(self) -> bool:
        """Whether the two agree."""
        return not (
            self.unknown_charges
            or self.refused_but_charged
            or self.charged_twice
            or self.not_charged
            or self.unexplained_units
        )


def compare_charges(
    orders: Sequence[PlacedOrder],
    charges: Iterable[Charge],
    *,
    read_at: datetime,
    lag: timedelta,
) -> Differences:
    """Hold each charge against the order that it names, and each report against its charge."""
    by_reference: dict[str, list[Charge]] = {}
    for charge in charges:
        by_reference.setdefault(charge.our_reference, []).append(charge)
    ours = {str(order.effect_id): order for order in orders}
    unknown = [c for ref, found in by_reference.items() if ref not in ours for c in found]
    return Differences(
        unknown_charges=tuple(sorted(unknown, key=lambda charge: charge.charge_id)),
        refused_but_charged={
            order.effect_id: by_reference[reference][0]
            for reference, order in ours.items()
            if reference in by_reference
            and order.state in {EffectState.FAILED, EffectState.CANCELLED}
            and not order.is_known_charged
        },
        charged_twice={
            order.effect_id: tuple(by_reference[reference])
            for reference, order in ours.items()
            if len(by_reference.get(reference, ())) > 1 + order.resend_count
        },
        not_charged=tuple(
            order
            for reference, order in ours.items()
            if order.state is EffectState.DONE
            and reference not in by_reference
            and order.ended_at is not None
            and order.ended_at + lag <= read_at
        ),
    )


def compare_meter(
    orders: Sequence[PlacedOrder], before: LedgerReading, after: LedgerReading
) -> Differences:
    """Hold the meter's move between two readings against the orders tried in between.

    Orders of unknown outcome explain up to one unit each; orders under way at either reading
    may be on either side, so neither they nor readings without a meter say anything.
    """
    if before.used_units is None or after.used_units is None:
        return Differences()
    between = [
        order for order in orders if before.read_at <= order.started_at and _is_over(order, after)
    ]
    straddling = [
        order
        for order in orders
        if (order.started_at < before.read_at and not _is_over(order, before))
        or (order.started_at <= after.read_at and not _is_over(order, after))
    ]
    if straddling:
        return Differences()
    charged = _surely_charged(orders, before, after)
    perhaps = sum(o.state is EffectState.UNKNOWN for o in between)
    moved = after.used_units - before.used_units
    if charged <= moved <= charged + perhaps:
        return Differences()
    return Differences(unexplained_units=moved - charged)


def _is_over(order: PlacedOrder, reading: LedgerReading) -> bool:
    return order.ended_at is not None and order.ended_at <= reading.read_at
