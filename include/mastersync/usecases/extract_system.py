"""Pulling what changed in one system into the raw landing."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from mastersync.domain.records.hashing import is_storable
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.landing import Absence
from mastersync.ports.store import Store, Unit
from mastersync.ports.systems import Page, RefusedRow, SystemReader
from mastersync.usecases.failpoints import EXTRACT_AFTER_LAND, EXTRACT_BEFORE_LAND, Failpoint, never

_PLACES_SHOWN = 20
_TOMBSTONES_AT_ONCE = 1_000
_FEW = 5  # so many may go at once, however few there are
_LARGEST_SHARE_ABSENT = 0.2


def extract_system(
    store: Store,
    reader: SystemReader,
    *,
    system: str,
    run_id: str,
    clock: Callable[[], datetime],
    failpoint: Failpoint = never,
) -> dict[str, int]:
    """Land every change since the watermark, page by page; returns counts.

    Each page and the watermark behind it are kept in one transaction, so a task that dies goes
    on behind the last page that was kept. Rows that cannot be landed raise a ticket by cause.
    After a complete scan, what it lacked is landed as deleted; not when a row of it could not be
    landed, as that may be the one that seems to lack.
    """
    with store.begin() as unit:
        since = unit.landing.watermark(system)
    counts: Counter[str] = Counter(seen=0, landed=0, unchanged=0, refused=0)
    for page in reader.read_changes(since):
        now = clock()
        failpoint(EXTRACT_BEFORE_LAND)
        with store.begin() as unit:
            counts.update(_land(unit, _storable(page), system=system, run_id=run_id, now=now))
        failpoint(EXTRACT_AFTER_LAND)
        if page.complete and not counts["refused"]:
            counts.update(land_deletions(store, system=system, run_id=run_id, now=clock()))
    return dict(counts)


def land_deletions(store: Store, *, system: str, run_id: str, now: datetime) -> dict[str, int]:
    """Land as deleted what a complete scan lacked; returns counts.

    A source that is suddenly much shorter is not believed: nothing is deleted and a ticket asks.
    """
    with store.begin() as unit:
        absence = unit.landing.absence(system, run_id=run_id)
        if _is_too_short(absence):
            unit.tickets.ensure(_short_source(system, absence), now=now)
            return {}
        unit.tickets.clear([f"scan:{system}"], now=now)
    counts: Counter[str] = Counter()
    while True:
        with store.begin() as unit:
            rows = unit.landing.tombstones(system, run_id=run_id, limit=_TOMBSTONES_AT_ONCE)
            if not rows:
                return dict(counts)
            page = Page(rows=rows, watermark="")
            counts.update(_land(unit, page, system=system, run_id=run_id, now=now))


def _is_too_short(absence: Absence) -> bool:
    return absence.absent_count > max(_FEW, _LARGEST_SHARE_ABSENT * absence.held_count)


def _short_source(system: str, absence: Absence) -> TicketDraft:
    return TicketDraft(
        cause_key=f"scan:{system}:short",
        kind=TicketKind.GUARD,
        title=f"{system}: {absence.absent_count} of {absence.held_count} records are missing",
        cause="The system sent a complete list that is much shorter than what we hold of it.",
        next_step="Check the export. Nothing was deleted; a list of the usual length settles this.",
        subjects=(f"scan:{system}",),
    )


def _land(unit: Unit, page: Page, *, system: str, run_id: str, now: datetime) -> dict[str, int]:
    landed = unit.landing.land(system, page, run_id=run_id, now=now)
    unit.tickets.clear([f"version:{key}" for key in landed.superseded_version_ids], now=now)
    unit.tickets.clear([f"landing:{system}:record {row.key}" for row in page.rows], now=now)
    for draft in _refusals(system, page.refused):
        unit.tickets.ensure(draft, now=now)
    return {
        "seen": landed.seen_count,
        "landed": landed.new_count,
        "unchanged": landed.unchanged_count,
        "refused": len(page.refused),
    }


def _storable(page: Page) -> Page:
    """Return the page with rows that the store cannot hold among the refused."""
    fit = [row for row in page.rows if is_storable(row.payload)]
    if len(fit) == len(page.rows):
        return page
    unfit = [
        RefusedRow(
            place=f"record {row.key}",
            code="characters_not_storable",
            words="The record holds a NUL, half a character or a number without end, which "
            "cannot be kept.",
        )
        for row in page.rows
        if not is_storable(row.payload)
    ]
    return replace(page, rows=fit, refused=[*page.refused, *unfit])


def _refusals(system: str, refused: Sequence[RefusedRow]) -> list[TicketDraft]:
    """Return one ticket a cause, naming the places."""
    by_code: dict[str, list[RefusedRow]] = {}
    for row in refused:
        by_code.setdefault(row.code, []).append(row)
    return [
        TicketDraft(
            cause_key=f"landing:{system}:{code}",
            kind=TicketKind.RECORD,
            title=f"{system}: {len(rows)} that cannot be read ({code.replace('_', ' ')})",
            cause=rows[0].words,
            next_step="Mend them in the source; they are read again when it changes. "
            "Resolve the ticket when they are not needed.",
            subjects=tuple(f"landing:{system}:{row.place}" for row in rows),
            detail={"places": [row.place for row in rows[:_PLACES_SHOWN]], "code": code},
        )
        for code, rows in sorted(by_code.items())
    ]
