"""The cases of a client as SLA clocks take them: what happened to each, from facts alone."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from mastersync.domain.records.fields import FIELDS
from mastersync.domain.sla.model import Case, Cause, Event, EventKind, Milestone, SlaPolicy
from mastersync.ports.sla import CalledWrite, FoundCase, SlaFacts, Told, Wait, Word

T = TypeVar("T", CalledWrite, Wait, Word)

_SAID = frozenset({Milestone.DECIDED, Milestone.ASKED, Milestone.CONFIRMED})
# The end of a credit ticket's cause: for whom its records wait, and in words that a client reads.
_BY_TICKET = {
    "budget": (Cause.CLIENT, "the client's budget for credit reports was spent"),
    "no_report": (Cause.AGENCY, "the agency gave no report that can be used"),
    "outage": (Cause.AGENCY, "the agency did not answer"),
}


@dataclass(frozen=True, kw_only=True)
class TracedCase:
    """A case with what it was found in: the writes that it called for, and when it waited."""

    found: FoundCase
    case: Case
    writes: Sequence[CalledWrite]
    waits: Sequence[Wait]


@dataclass(frozen=True, kw_only=True)
class KnownCases:
    """Cases, and all that is known of them, as the store gives it."""

    found: Sequence[FoundCase]
    writes: Sequence[CalledWrite]
    waits: Sequence[Wait]
    words: Sequence[Word]
    told: Sequence[Told]


def find_cases(
    facts: SlaFacts, policy: SlaPolicy, case_ids: Sequence[str], *, for_clocks: bool = False
) -> KnownCases:
    """Return those of these that are cases, with what is known of them.

    ``for_clocks`` leaves out what agencies and customers said where no clause is about that.
    """
    found = facts.cases(case_ids, fields=list(FIELDS) if policy.priorities else ["segment"])
    return KnownCases(
        found=found,
        writes=facts.writes(found),
        waits=facts.waits(found),
        words=facts.words(found) if policy.milestones & _SAID or not for_clocks else (),
        told=facts.told(found),
    )


def trace_cases(facts: SlaFacts, policy: SlaPolicy, case_ids: Sequence[str]) -> list[TracedCase]:
    """Return those of these that are cases, each with all that happened to it."""
    known = find_cases(facts, policy, case_ids)
    return trace(known, policy, range(len(known.found)))


def trace(known: KnownCases, policy: SlaPolicy, rows: Iterable[int]) -> list[TracedCase]:
    """Return some of the cases, each with all that happened to it."""
    wanted = [known.found[row] for row in rows]
    ids = {one.case_id for one in wanted}
    writes, words = _by_case(known.writes, ids), _by_case(known.words, ids)
    waits, still = _by_case(known.waits, ids), stood_still(known, ids)
    return [
        TracedCase(
            found=one,
            case=Case(
                case_id=one.case_id,
                request=one.request,
                segment=segment_of(one),
                priority=policy.priority_of(one.fields),
                events=(
                    *_milestones(one, writes[one.case_id]),
                    *(
                        _reached(word.milestone, word.at, word.evidence)
                        for word in words[one.case_id]
                    ),
                    *still[one.case_id],
                ),
            ),
            writes=writes[one.case_id],
            waits=waits[one.case_id],
        )
        for one in wanted
    ]


def stood_still(known: KnownCases, case_ids: Container[str]) -> Mapping[str, list[Event]]:
    """Return when these cases waited for somebody outside, and what people said of them."""
    events: dict[str, list[Event]] = defaultdict(list)
    for wait in known.waits:
        if wait.case_id in case_ids:
            events[wait.case_id] += _waited(wait)
    for word in known.told:
        if word.case_id in case_ids:
            events[word.case_id] += _said(word)
    return events


def segment_of(case: FoundCase) -> str:
    """Return the segment that a case is of."""
    return case.fields.get("segment", "")


def _milestones(case: FoundCase, writes: Sequence[CalledWrite]) -> Iterable[Event]:
    """Yield how far the case went, up to its having been read back."""
    source = f"{case.case_id} of {case.subject}"
    if case.changed_at is None:
        yield _reached(
            Milestone.CHANGED, case.seen_at, f"{source}; its system names no time: when it was read"
        )
    else:
        yield _reached(Milestone.CHANGED, case.changed_at, source)
    yield _reached(Milestone.SEEN, case.seen_at, source)
    if case.formed_at is None:
        return
    yield _reached(Milestone.FORMED, case.formed_at, f"run {case.run_id}")
    done = [write.settled_at for write in writes if write.settled_at is not None]
    if case.planned_at is None or len(done) < len(writes):
        return
    pushed_at = max([case.formed_at, *done])
    yield _reached(Milestone.PUSHED, pushed_at, _writes_in_words(writes))
    held = [write.read_back_at for write in writes if write.read_back_at is not None]
    if len(held) == len(writes):
        evidence = f"read back from {_targets(writes)}" if writes else "nothing to read back"
        yield _reached(Milestone.VERIFIED, max([pushed_at, *held]), evidence)


def _writes_in_words(writes: Sequence[CalledWrite]) -> str:
    return f"written to {_targets(writes)}" if writes else "nothing to write"


def _targets(writes: Sequence[CalledWrite]) -> str:
    return ", ".join(sorted({write.target for write in writes}))


def _waited(wait: Wait) -> Iterable[Event]:
    """Yield the pause of a stretch that a case waited for somebody outside, and its end.

    What waits for our own house, or for an order that was not sent yet, is no pause.
    """
    cause, since, evidence = _waited_for(wait)
    if cause is None or since is None or (wait.until is not None and wait.until <= since):
        return
    yield Event(
        kind=EventKind.PAUSED, at=since, cause=cause, evidence=evidence, reference=wait.cause
    )
    if wait.until is not None:
        yield Event(kind=EventKind.RESUMED, at=wait.until, cause=cause, reference=wait.cause)


def _waited_for(wait: Wait) -> tuple[Cause | None, datetime | None, str]:
    """Return for whom outside a case waited, since when, and what shows it."""
    if wait.waiting_for == "customer":
        return Cause.CUSTOMER, wait.since, wait.cause
    if wait.waiting_for != "credit":
        return None, None, ""
    if wait.cause.startswith("effect:"):
        asked = wait.ordered_at
        since = None if asked is None else max(wait.since, asked)
        return Cause.AGENCY, since, wait.cause.replace("effect:", "order ")
    cause, words = _BY_TICKET.get(wait.cause.rpartition(":")[2], (None, ""))
    return cause, wait.since, f"{words} (ticket {wait.cause})"


def _said(word: Told) -> Iterable[Event]:
    """Yield what a person said."""
    reference = word.reference
    if word.withdrawn_at is not None:
        yield Event(
            kind=EventKind.WITHDRAWN,
            at=word.withdrawn_at,
            evidence=word.withdrawn_with or "",
            reference=reference,
        )
    if word.cause is None:
        yield Event(
            kind=EventKind.WAIVED,
            at=word.since,
            evidence=word.evidence,
            reference=reference,
            clock=word.clock,
        )
        return
    cause = Cause(word.cause)
    yield Event(
        kind=EventKind.PAUSED,
        at=word.since,
        cause=cause,
        evidence=word.evidence,
        reference=reference,
    )
    if word.until is not None:
        yield Event(
            kind=EventKind.RESUMED,
            at=word.until,
            cause=cause,
            evidence=word.ended_by or "",
            reference=reference,
        )


def _reached(milestone: Milestone, at: datetime, evidence: str) -> Event:
    return Event(kind=EventKind.REACHED, at=at, milestone=milestone, evidence=evidence)


def _by_case(rows: Iterable[T], case_ids: Container[str]) -> Mapping[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        if row.case_id in case_ids:
            found[row.case_id].append(row)
    return found
