"""What agencies tell of the companies that they watch: kept as it came, then read as facts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from mastersync.domain.credit.agencies import TITLES
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.errors import NotFoundError, PermanentError
from mastersync.ports.agencies import AgencyMonitor
from mastersync.ports.store import Store, Unit

_FIRST_PULL = timedelta(days=14)
_MOST_WATCHED = 500  # companies that one run adds to the list


def watch_companies(
    store: Store,
    monitor: AgencyMonitor,
    *,
    countries: Sequence[str],
    now: datetime,
) -> dict[str, int]:
    """Have the agency watch each company whose report was bought; returns how many are new.

    Raises:
        RetryableError, ConfigError: The agency cannot be asked; the rest is added later.
        NotFoundError: It knows none of them: the list is not there.
    """
    watch_list = monitor.watch_list
    with store.begin() as unit:
        companies = unit.agency_events.to_watch(
            monitor.name, watch_list, most=_MOST_WATCHED, now=now
        )
    if not companies:
        return {"watched": 0}
    monitor.prepare(countries)
    watched = refused = 0
    unknown: list[NotFoundError] = []
    for company in companies:
        try:
            monitor.watch(company.company_reference, our_reference=company.customer_id)
            watched += 1
        except NotFoundError as error:
            unknown.append(error)  # the company, or the list itself
            continue
        except PermanentError:
            refused += 1  # of a country that it does not watch: asked once, not at each run
        with store.begin() as unit:
            unit.agency_events.note_watched(
                company, agency=monitor.name, watch_list=watch_list, now=now
            )
    if unknown and not watched + refused:
        raise unknown[0]
    return {"watched": watched, "not_watched": refused + len(unknown)}


def pull_events(store: Store, monitor: AgencyMonitor, *, now: datetime) -> dict[str, int]:
    """Keep the agency's new events; returns how many are new to us.

    Each page is kept before it is read, since it may come only once; what an earlier run kept and
    did not read is read first. An event counts once, however often it is told.

    Raises:
        RetryableError, ConfigError: The agency cannot be asked; what came before it stays.
    """
    with store.begin() as unit:
        last = unit.agency_events.last_pull(monitor.name)
    known = _read_kept(store, monitor, now=now)
    for page in monitor.pull(since=last or now - _FIRST_PULL):
        with store.begin() as unit:
            unit.agency_events.keep_page(monitor.name, page, now=now)
        known += _read_kept(store, monitor, now=now)
    return {"events": known}


def _read_kept(store: Store, monitor: AgencyMonitor, *, now: datetime) -> int:
    known = 0
    with store.begin() as unit:
        for page in unit.agency_events.unread(monitor.name):
            try:
                events = monitor.events_of(page.body)
            except PermanentError as error:
                unit.agency_events.note_read(page.page_id, [], problem=error.problem, now=now)
                _tell(unit, monitor.name, page.page_id, error, now=now)
                continue
            known += unit.agency_events.note_read(page.page_id, events, now=now)
    return known


def _tell(unit: Unit, agency: str, page_id: int, error: PermanentError, *, now: datetime) -> None:
    unit.tickets.ensure(
        TicketDraft(
            cause_key=f"credit:{agency}:events:{page_id}",
            kind=TicketKind.CREDIT,
            title=f"{TITLES.get(agency, agency)} told of changes that cannot be read",
            cause=error.problem,
            next_step=error.next_step,
            subjects=(f"agency_page:{page_id}",),
        ),
        now=now,
    )
