"""Which clause holds for a case, when."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations, product
from typing import Final

from mastersync.domain.sla.model import Clause, Request

_ALWAYS: Final = datetime.min.replace(tzinfo=UTC)
_OTHER: Final = ""  # a segment or priority that no clause names


def fits(clause: Clause, *, request: Request, segment: str, priority: str) -> bool:
    """Return whether a clause is meant for such a case."""
    return (
        (not clause.requests or request in clause.requests)
        and clause.segment in {"", segment}
        and clause.priority in {"", priority}
    )


def in_force(clause: Clause, at: datetime) -> bool:
    """Return whether it is at a moment: from ``since`` on, and before ``until``."""
    return (clause.since or _ALWAYS) <= at and (clause.until is None or at < clause.until)


def specificity(clause: Clause) -> int:
    """Return how much a clause narrows whom it is for: 0 to 3."""
    return sum(map(bool, (clause.requests, clause.segment, clause.priority)))


def holding(clauses: Sequence[Clause], at: datetime) -> Clause | None:
    """Return which of the clauses that fit a case holds at a moment: the most specific."""
    held = [clause for clause in clauses if in_force(clause, at)]
    return max(held, key=specificity, default=None)


def timeline(clauses: Sequence[Clause]) -> list[tuple[datetime, Clause | None]]:
    """Return which of the clauses that fit a case holds from when, in the order of time.

    The first entry is from before any of them came into force.
    """
    changes = {at for clause in clauses for at in (clause.since, clause.until) if at}
    return [(at, holding(clauses, at)) for at in sorted({_ALWAYS} | changes)]


def clocks(clauses: Sequence[Clause]) -> dict[str, tuple[Clause, ...]]:
    """Return the clauses by the clock that they are about, in their order."""
    found: dict[str, tuple[Clause, ...]] = {}
    for clause in clauses:
        found[clause.clock] = (*found.get(clause.clock, ()), clause)
    return found


def clashes(clauses: Sequence[Clause]) -> list[tuple[int, int]]:
    """Return the places of clauses that claim the same cases at one time, neither the narrower.

    Two that a third, narrower one stands above wherever they meet do not clash.
    """
    found: set[tuple[int, int]] = set()
    for clock in {clause.clock for clause in clauses}:
        rivals = {number: one for number, one in enumerate(clauses) if one.clock == clock}
        for request, segment, priority in _situations(list(rivals.values())):
            fitting = {
                number: clause
                for number, clause in rivals.items()
                if fits(clause, request=request, segment=segment, priority=priority)
            }
            found.update(_equals(fitting))
    return sorted(found)


def _situations(clauses: Sequence[Clause]) -> Iterator[tuple[Request, str, str]]:
    """Return each kind of case that the clauses can tell apart."""
    segments = {_OTHER} | {clause.segment for clause in clauses}
    priorities = {_OTHER} | {clause.priority for clause in clauses}
    return product(Request, sorted(segments), sorted(priorities))


def _equals(clauses: Mapping[int, Clause]) -> Iterator[tuple[int, int]]:
    """Yield pairs that are equally narrow, and the narrowest at some moment."""
    for at, _ in timeline(list(clauses.values())):
        held = {number: clause for number, clause in clauses.items() if in_force(clause, at)}
        most = max(map(specificity, held.values()), default=0)
        yield from combinations([n for n, one in held.items() if specificity(one) == most], 2)
