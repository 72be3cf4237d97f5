"""Our credit orders held against what the agency says that it charged, a month at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mastersync.domain.credit.agencies import TITLES
from mastersync.domain.credit.ledger import (
    Charge,
    Differences,
    LedgerReading,
    PlacedOrder,
    compare_charges,
    compare_meter,
)
from mastersync.domain.credit.months import Month
from mastersync.domain.effects.model import EffectState
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.agencies import CreditAgency
from mastersync.ports.store import Store, Unit

_CLOCKS_DIFFER = timedelta(days=1)
_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One agency's account of one month beside ours. ``name`` is the month, as 2026-11.

    ``charges`` is None where the agency lists none; ``used_units`` is how far its meter moved
    between the first and the last reading of the month, None where it has none.
    """

    agency: str
    name: str
    orders: tuple[PlacedOrder, ...]
    charges: tuple[Charge, ...] | None
    used_units: int | None
    differences: Differences

    @property
    def is_told(self) -> bool:
        """Whether the agency said anything that could be compared."""
        return self.charges is not None or self.used_units is not None


def compare_statement(
    store: Store, agency: CreditAgency, month: Month, *, lag: timedelta, now: datetime
) -> Statement:
    """Ask the agency's ledger, keep it, and raise a ticket for each kind of difference.

    What is explained since clears itself. Nothing is ordered, and asking costs nothing.

    Raises:
        RetryableError, ConfigError, PermanentError: The ledger cannot be read.
    """
    reading = agency.read_ledger(since=month.since, now=now)
    with store.begin() as unit:
        unit.agency_ledger.keep(agency.name, reading)
        known = unit.agency_ledger.orders(agency.name, since=month.since - _CLOCKS_DIFFER)
        readings = unit.agency_ledger.readings(
            agency.name, since=month.since, until=min(month.until, now + _CLOCKS_DIFFER)
        )
        statement = _statement(agency.name, month, known, [*readings, reading], lag=lag)
        _tell(unit, statement, now=now)
    return statement


def _statement(
    agency: str,
    month: Month,
    known: Sequence[PlacedOrder],
    readings: Sequence[LedgerReading],
    *,
    lag: timedelta,
) -> Statement:
    """Compare the newest reading, which is the last, with the orders that are known."""
    now = readings[-1]
    placed = [order for order in known if month.since <= order.started_at < month.until]
    charges: tuple[Charge, ...] | None = None
    used: int | None = None
    differences = Differences()
    if now.charges is not None:
        charges = tuple(c for c in now.charges if month.since <= c.charged_at < month.until)
        found = compare_charges(known, now.charges, read_at=now.read_at, lag=lag)
        differences = _of_month(found, month)
    elif now.used_units is not None and readings[0].used_units is not None:
        # Of a month that is over, the last reading within it.
        last = max((r for r in readings if r.read_at < month.until), key=_read_at, default=now)
        used = (last.used_units or 0) - readings[0].used_units
        differences = compare_meter(known, readings[0], last)
    return Statement(
        agency=agency,
        name=month.name,
        orders=tuple(placed),
        charges=charges,
        used_units=used,
        differences=differences,
    )


def _read_at(reading: LedgerReading) -> datetime:
    return reading.read_at


def _of_month(found: Differences, month: Month) -> Differences:
    """Leave out what belongs to another month."""

    def is_in(charge: Charge) -> bool:
        return month.since <= charge.charged_at < month.until

    return Differences(
        unknown_charges=tuple(filter(is_in, found.unknown_charges)),
        refused_but_charged={k: c for k, c in found.refused_but_charged.items() if is_in(c)},
        charged_twice={k: c for k, c in found.charged_twice.items() if any(map(is_in, c))},
        not_charged=tuple(
            order for order in found.not_charged if month.since <= order.started_at < month.until
        ),
    )


def _tell(unit: Unit, statement: Statement, *, now: datetime) -> None:
    drafts = list(_drafts(statement))
    wrong = {subject for draft in drafts for subject in draft.subjects}
    explained = {f"charge:{charge.charge_id}" for charge in statement.charges or ()}
    explained |= {
        f"order:{order.effect_id}"
        for order in statement.orders
        if order.state is not EffectState.UNKNOWN
    }
    if statement.used_units is not None:
        explained.add(f"meter:{statement.name}")
    settled = sorted(explained - wrong)
    if settled:
        unit.tickets.clear(settled, kinds=[TicketKind.CREDIT], now=now)
    if drafts:
        unit.tickets.ensure_all(drafts, now=now)


def _drafts(statement: Statement) -> Iterator[TicketDraft]:
    found = statement.differences
    title = TITLES.get(statement.agency, statement.agency)
    if found.unknown_charges:
        lines = [charge.charge_id for charge in found.unknown_charges]
        yield _draft(
            statement,
            "unknown_charges",
            title=f"{title} has charged for reports that we did not order",
            cause=f"{len(lines)} of its lines name no order of ours: {_few(lines)}.",
            subjects=[f"charge:{line}" for line in lines],
        )
    if found.refused_but_charged:
        ids = [str(effect_id) for effect_id in found.refused_but_charged]
        yield _draft(
            statement,
            "refused_but_charged",
            title=f"{title} has charged for orders that brought no report",
            cause=f"It refused them, or answered for another company: {_few(ids)}.",
            subjects=[f"order:{effect_id}" for effect_id in ids],
        )
    if found.charged_twice:
        ids = [str(effect_id) for effect_id in found.charged_twice]
        yield _draft(
            statement,
            "charged_twice",
            title=f"{title} has charged for an order more than once",
            cause=f"Nobody had them placed again: {_few(ids)}.",
            subjects=[f"order:{effect_id}" for effect_id in ids],
        )
    if found.not_charged:
        ids = [str(order.effect_id) for order in found.not_charged]
        yield _draft(
            statement,
            "not_charged",
            title=f"{title} has not charged for reports that we hold",
            cause=f"Its statement lacks {len(ids)} of our orders: {_few(ids)}.",
            subjects=[f"order:{effect_id}" for effect_id in ids],
        )
    if found.unexplained_units:
        units, more = abs(found.unexplained_units), found.unexplained_units > 0
        yield _draft(
            statement,
            "meter",
            title=f"{title}'s meter does not fit our orders",
            cause=f"It moved by {units} {'more' if more else 'less'} than we ordered.",
            subjects=[f"meter:{statement.name}"],
        )


def _draft(
    statement: Statement, what: str, *, title: str, cause: str, subjects: Sequence[str]
) -> TicketDraft:
    return TicketDraft(
        cause_key=f"credit:{statement.agency}:{what}:{statement.name}",
        kind=TicketKind.CREDIT,
        title=f"{title}, {statement.name}",
        cause=cause,
        next_step="Take it up with the agency: it can look charges up by our references, which are "
        "the orders' ids. `mastersync credit statement` shows both sides.",
        subjects=tuple(subjects),
    )


def _few(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return ", ".join(ids[:_SHOWN]) + more
