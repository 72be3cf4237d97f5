"""Telling people of clocks that near their due time, rung by rung of the client's ladder."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice

from mastersync.domain.sla.model import Clause, Person, Rung, SlaPolicy
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.sla import ClockOnRung
from mastersync.ports.tickets import Tickets

_SHOWN = 20  # cases that a ticket of thousands names itself

_Key = tuple[str, str]


def escalate(
    tickets: Tickets,
    policy: SlaPolicy,
    *,
    client_id: str,
    before: Sequence[ClockOnRung],
    after: Sequence[ClockOnRung],
    now: datetime,
) -> int:
    """Raise a ticket for each clause and rung that clocks have come to; returns how many are new.

    A clock is on one ticket at a time: that of its rung. Where it has left the rung, because it
    climbed, stopped, or was waived, it leaves that ticket, which closes when it was the last.

    Args:
        before: The clocks that were on a rung when they were read last.
        after: Those that are on one now.
    """
    clauses = {clause.key: clause for clause in policy.clauses}
    told, due = _on_rungs(before), _on_rungs(after)
    tickets.clear([_subject(key, told[key]) for key in told if due.get(key) != told[key]], now=now)
    climbed: dict[tuple[str, Decimal], list[ClockOnRung]] = defaultdict(list)
    for clock in after:
        if told.get(_key(clock)) != due[_key(clock)]:
            climbed[clock.clause, clock.rung].append(clock)
    rungs = {rung.at: rung for rung in policy.ladder}
    drafts = [
        _ticket(client_id, clauses[clause], rungs[share], clocks)
        for (clause, share), clocks in sorted(climbed.items())
    ]
    return tickets.ensure_all(drafts, now=now) if drafts else 0


def _on_rungs(clocks: Sequence[ClockOnRung]) -> Mapping[_Key, tuple[str, Decimal]]:
    return {_key(clock): (clock.clause, clock.rung) for clock in clocks}


def _key(clock: ClockOnRung) -> _Key:
    return clock.case_id, clock.clock


def _subject(key: _Key, place: tuple[str, Decimal]) -> str:
    case_id, _ = key
    clause, share = place
    return f"sla:{clause}:{_percent(share)}:{case_id}"


def _ticket(
    client_id: str, clause: Clause, rung: Rung, clocks: Sequence[ClockOnRung]
) -> TicketDraft:
    share = _percent(rung.at)
    promise = f"{clause.within} from {clause.start} to {clause.stop}"
    is_over = rung.at >= 1
    return TicketDraft(
        cause_key=f"sla:{clause.key}:{share}",
        kind=TicketKind.SLA,
        title=f"Clause {clause.number}: "
        + ("changes are late" if is_over else f"changes have used {share} of their time"),
        cause=f"The client was promised {promise}. "
        + (
            "Of the changes on this ticket that time is over, and they are not done."
            if is_over
            else f"The changes on this ticket have used {share} of it and are not done."
        ),
        next_step=f"{_whom(rung)}See them with `mastersync sla status {client_id}`, and what holds "
        f"one up with `mastersync sla explain {client_id} {clocks[0].case_id}`. What is done "
        "leaves this ticket, which closes by itself.",
        subjects=tuple(_subject(_key(clock), (clause.key, rung.at)) for clock in clocks),
        detail={
            "clause": clause.key,
            "clock": clause.clock,
            "used": share,
            "to": rung.to,
            "cases": [clock.case_id for clock in islice(clocks, _SHOWN)],
        },
    )


def _whom(rung: Rung) -> str:
    if rung.person is None:
        return ""
    role = rung.to.replace("_", " ")
    return f"Tell {_named(rung.person)}, the {role}. "


def _named(person: Person) -> str:
    if not person.deputy_name:
        return f"{person.name} <{person.email}>"
    deputy = f"{person.deputy_name} <{person.deputy_email}>"
    return f"{person.name} <{person.email}>, or {deputy} when away"


def _percent(share: Decimal) -> str:
    return f"{share * 100:f}".rstrip("0").rstrip(".") + "%" if share % 1 else f"{share * 100:.0f}%"
