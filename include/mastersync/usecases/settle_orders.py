"""Orders whose outcome is unknown, settled by what the agency says that it charged."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from mastersync.domain.credit.agencies import TITLES
from mastersync.domain.credit.ledger import Verdict, judge_lost
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.errors import PermanentError, RetryableError
from mastersync.ports.agencies import CreditAgency
from mastersync.ports.store import Store, Unit

_CLOCKS_DIFFER = timedelta(days=1)


def settle_lost_orders(
    store: Store, agency: CreditAgency, *, lag: timedelta, now: datetime
) -> dict[str, int]:
    """Ask the agency's ledger about orders of unknown outcome; returns counts.

    One that was surely not charged is due again; one that was is settled, and a person is told
    that its report never came. Where the agency has a meter only, it is read before orders are
    placed, so that it can be asked later.

    Args:
        lag: After so long a charge is surely in the ledger.

    Raises:
        ConfigError: The login was refused; nothing was done.
    """
    with store.begin() as unit:
        found = unit.agency_ledger.open_orders(agency.name, now=now)
    oldest = found.oldest_unknown
    if oldest is None and not (found.is_due and agency.has_meter):
        return {}
    try:
        reading = agency.read_ledger(since=(oldest or now) - _CLOCKS_DIFFER, now=now)
    except RetryableError:
        return {"ledger_away": 1}  # asked again with the next orders
    except PermanentError as error:
        with store.begin() as unit:
            unit.tickets.ensure(_unreadable(agency.name, error), now=now)
        return {"ledger_unreadable": 1}
    with store.begin() as unit:
        unit.tickets.clear([_ledger(agency.name)], now=now)
        ledger = unit.agency_ledger
        verdicts: Sequence[Verdict] = ()
        if oldest is not None:
            before = ledger.reading_before(agency.name, oldest)
            since = oldest if before is None else before.read_at
            verdicts = judge_lost(
                ledger.orders(agency.name, since=since),
                ledger.readings(agency.name, since=since, until=now),
                reading,
                lag=lag,
            )
        counts = _settle(unit, agency.name, verdicts, now=now)
        ledger.keep(agency.name, reading)
    return counts


def _settle(
    unit: Unit, agency: str, verdicts: Sequence[Verdict], *, now: datetime
) -> dict[str, int]:
    not_placed = unit.agency_ledger.settle_uncharged(
        [verdict.order.effect_id for verdict in verdicts if not verdict.was_charged], now=now
    )
    charged = [
        verdict
        for verdict in verdicts
        if verdict.charge is not None
        and unit.agency_ledger.settle_charged(verdict.order.effect_id, verdict.charge, now=now)
    ]
    settled = [*not_placed, *(verdict.order.effect_id for verdict in charged)]
    if not settled:
        return {}
    about = [f"effect:{effect_id}" for effect_id in settled]
    unit.tickets.clear(about, kinds=[TicketKind.EFFECT], now=now)
    unit.tickets.ensure_all([_without_report(agency, verdict) for verdict in charged], now=now)
    counts = {"never_charged": len(not_placed), "charged_without_report": len(charged)}
    unit.audit.append(
        "credit.settled_by_ledger",
        actor="mastersync",
        run_id=None,
        summary={"agency": agency, **counts, "effects": [str(one) for one in settled]},
        now=now,
    )
    return counts


def _ledger(agency: str) -> str:
    return f"agency_ledger:{agency}"


def _unreadable(agency: str, error: PermanentError) -> TicketDraft:
    return TicketDraft(
        cause_key=f"credit:{agency}:ledger",
        kind=TicketKind.CREDIT,
        title=f"What {TITLES.get(agency, agency)} has charged cannot be read",
        cause=error.problem,
        next_step=error.next_step,
        subjects=(_ledger(agency),),
    )


def _without_report(agency: str, verdict: Verdict) -> TicketDraft:
    effect_id, charge = verdict.order.effect_id, verdict.charge
    line = "" if charge is None else charge.charge_id
    return TicketDraft(
        cause_key=f"credit_order:{agency}:charged:{effect_id}",
        kind=TicketKind.EFFECT,
        title=f"{TITLES.get(agency, agency)} charged for a report that never came",
        cause=f"Line {line} of its statement names our reference {effect_id}; the answer was lost.",
        next_step="Ask the agency for the report by that reference, or have the charge taken back. "
        "`mastersync resend` places the order again, which costs again.",
        subjects=(f"effect:{effect_id}",),
    )
