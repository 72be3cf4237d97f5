"""Decide where each record of a delta goes: to a customer, to a new one, or to a person."""

from collections.abc import Iterator, Mapping, Sequence

from mastersync.domain.matching.clusters import Cluster, Clusters, grow_clusters
from mastersync.domain.matching.model import (
    Assignment,
    Band,
    Judgement,
    MatchCandidate,
    MatchPolicy,
    MatchRecord,
    Verdict,
)
from mastersync.domain.matching.scores import log_odds, verdicts_by_pair

_TWO_CUSTOMERS = "would join two customers"
_WEAK_BRIDGE = "like one record of a group, unlike the rest"
_PERHAPS = "perhaps the same as another record"


def assign(
    delta: Sequence[MatchRecord],
    candidates: Sequence[MatchCandidate],
    known: Mapping[int, MatchRecord],
    *,
    policy: MatchPolicy,
    judgements: Sequence[Judgement] = (),
) -> list[Assignment]:
    """Return one assignment a record of ``delta``, by record id; pure and order-independent.

    Existing customers are never joined to each other here. Whatever the evidence does not
    carry waits for a person; of two that perhaps are the same, only the smaller or newer
    waits, and the other one goes on.

    Args:
        candidates: All compared pairs among the delta and ``known``, of every band: weak
            ones speak against a group. Pairs with records in neither are ignored.
        known: Records already linked, by id: those that candidates or judgements name.
    """
    records = {**known, **{record.record_id: record for record in delta}}
    usable = sorted(
        (c for c in candidates if c.left in records and c.right in records),
        key=lambda c: (-c.score, c.left, c.right),
    )
    clusters = grow_clusters(records, usable, judgements=judgements, policy=policy)
    free = {record.record_id for record in delta if record.customer_id is None}
    # Whose it is, a person has said: that it is like others too is no question any more.
    asked = free - _placed(records, clusters, judgements)
    waiting = _waiting(clusters, usable, free=asked, policy=policy)
    shown = _shown(usable, waiting)
    return [
        Assignment(
            record_id=record_id,
            band=Band.REVIEW,
            reason=waiting[record_id],
            candidates=tuple(shown[record_id]),
        )
        if record_id in waiting
        else _settled(record_id, clusters.of(record_id), waiting=waiting)
        for record_id in sorted({record.record_id for record in delta})
    ]


def _settled(record_id: int, cluster: Cluster, *, waiting: Mapping[int, str]) -> Assignment:
    if cluster.customer_id is not None:
        return Assignment(record_id=record_id, band=Band.SAME, customer_id=cluster.customer_id)
    leader = min(cluster.members - waiting.keys())
    band = Band.NEW if leader == record_id else Band.SAME
    return Assignment(record_id=record_id, band=band, leader=leader)


def _placed(
    records: Mapping[int, MatchRecord], clusters: Clusters, judgements: Sequence[Judgement]
) -> set[int]:
    """Return the records that a verdict has put to an existing customer."""
    if not judgements:
        return set()
    by_key = {record.key: record_id for record_id, record in records.items()}
    placed = set()
    for keys, verdict in verdicts_by_pair(judgements).items():
        ids = {by_key[key] for key in keys if key in by_key}
        if verdict is Verdict.SAME and len({clusters.of(i).name for i in ids}) == 1:
            placed |= {i for i in ids if clusters.of(i).customer_id is not None}
    return placed


def _waiting(
    clusters: Clusters,
    candidates: Sequence[MatchCandidate],
    *,
    free: set[int],
    policy: MatchPolicy,
) -> dict[int, str]:
    """Return the records that wait for a person, with the reason."""
    waiting: dict[int, str] = {}
    for candidate in candidates:
        left, right = clusters.of(candidate.left), clusters.of(candidate.right)
        if left is right or right.name in left.apart:
            continue
        if candidate.band is Band.SAME:
            _hold_bridge(candidate, left, right, free=free, waiting=waiting)
    asks = log_odds(policy.review_at)
    for candidate in candidates:
        left, right = clusters.of(candidate.left), clusters.of(candidate.right)
        if left is right or right.name in left.apart or candidate.band is not Band.REVIEW:
            continue
        if left.links[right.name].mean >= asks:
            _hold_smaller(left, right, waiting=waiting, reason=_PERHAPS)
    _hold_stranded(clusters, candidates, free=free, waiting=waiting)
    return waiting


def _hold_bridge(
    candidate: MatchCandidate,
    left: Cluster,
    right: Cluster,
    *,
    free: set[int],
    waiting: dict[int, str],
) -> None:
    """Hold what a refused SAME pair would have joined."""
    if left.customer_id is not None and right.customer_id is not None:
        for record_id in (candidate.left, candidate.right):
            if record_id in free:
                waiting[record_id] = _TWO_CUSTOMERS
    else:
        _hold_smaller(left, right, waiting=waiting, reason=_WEAK_BRIDGE)


def _hold_smaller(left: Cluster, right: Cluster, *, waiting: dict[int, str], reason: str) -> None:
    """Hold the new group that is smaller, or newer; nobody waits when one side already does."""
    opening = [cluster for cluster in (left, right) if cluster.customer_id is None]
    if any(cluster.members <= waiting.keys() for cluster in opening):
        return
    if opening:
        held = min(opening, key=lambda cluster: (len(cluster.members), -cluster.name))
        for record_id in held.members:
            waiting.setdefault(record_id, reason)


def _hold_stranded(
    clusters: Clusters,
    candidates: Sequence[MatchCandidate],
    *,
    free: set[int],
    waiting: dict[int, str],
) -> None:
    """Hold records that were part of an existing customer only through one that waits."""
    touched = {clusters.of(record_id).name for record_id in waiting}
    neighbours: dict[int, set[int]] = {}
    for candidate in candidates:
        if candidate.band is Band.SAME and clusters.of(candidate.left).name in touched:
            neighbours.setdefault(candidate.left, set()).add(candidate.right)
            neighbours.setdefault(candidate.right, set()).add(candidate.left)
    for record_id in sorted(waiting.keys() & free):
        cluster = clusters.of(record_id)
        if cluster.customer_id is None:
            continue
        held = set(
            _reach(cluster.members - free, neighbours, within=cluster.members, without=waiting)
        )
        for stranded in cluster.members & free - held - waiting.keys():
            waiting[stranded] = _WEAK_BRIDGE


def _reach(
    start: set[int],
    neighbours: Mapping[int, set[int]],
    *,
    within: set[int],
    without: Mapping[int, str],
) -> Iterator[int]:
    seen, queue = set(start), sorted(start)
    while queue:
        record_id = queue.pop()
        yield record_id
        for other in neighbours.get(record_id, set()) & within - seen - without.keys():
            seen.add(other)
            queue.append(other)


def _shown(
    candidates: Sequence[MatchCandidate], waiting: Mapping[int, str]
) -> dict[int, list[MatchCandidate]]:
    """Return what a person should look at for each waiting record, the strongest first."""
    shown: dict[int, list[MatchCandidate]] = {record_id: [] for record_id in waiting}
    for candidate in candidates:
        if candidate.band is Band.NEW:
            continue
        for record_id in (candidate.left, candidate.right):
            if record_id in shown:
                shown[record_id].append(candidate)
    return shown
