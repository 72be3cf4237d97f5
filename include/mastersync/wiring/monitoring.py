"""What a client's agency tells of the companies that it watches."""

from mastersync.domain.credit.agencies import TITLES
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.errors import MastersyncError
from mastersync.ports.agencies import AgencyMonitor
from mastersync.usecases.read_monitoring import pull_events, watch_companies
from mastersync.wiring.client import Client


def read_agency_events(client: Client) -> dict[str, int]:
    """Have new companies watched, and take in what the agency tells; returns counts.

    An agency that cannot be asked keeps nobody's run from going on: a ticket tells, which closes
    when the agency answers.
    """
    if client.rules.credit is None or not client.rules.release.delivers:
        return {}
    with client.agency_monitor() as monitor:
        if monitor is None:
            return {}
        try:
            counts = _read(client, monitor)
        except MastersyncError as error:
            with client.store.begin() as unit:
                unit.tickets.ensure(_away(monitor.name, error), now=client.clock())
            return {"events": 0}
        with client.store.begin() as unit:
            unit.tickets.clear([_subject(monitor.name)], now=client.clock())
        return counts


def _read(client: Client, monitor: AgencyMonitor) -> dict[str, int]:
    countries = sorted(client.rules.credit.countries) if client.rules.credit else []
    told = pull_events(client.store, monitor, now=client.clock())
    # Afterwards: a company that cannot be watched is no reason to hear nothing of the others.
    return told | watch_companies(client.store, monitor, countries=countries, now=client.clock())


def _subject(agency: str) -> str:
    return f"agency_events:{agency}"


def _away(agency: str, error: MastersyncError) -> TicketDraft:
    return TicketDraft(
        cause_key=f"credit:{agency}:events",
        kind=TicketKind.CREDIT,
        title=f"{TITLES.get(agency, agency)} cannot be asked for changes at watched companies",
        cause=error.problem,
        next_step=error.next_step,
        subjects=(_subject(agency),),
    )
