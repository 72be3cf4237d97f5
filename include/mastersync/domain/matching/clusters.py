"""Clusters of records, grown by evidence over all cross pairs and not by closure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mastersync.domain.matching.model import (
    Band,
    Judgement,
    MatchCandidate,
    MatchPolicy,
    MatchRecord,
    Verdict,
)
from mastersync.domain.matching.scores import log_odds, verdicts_by_pair

# One pair, however sure, must not outvote the rest of a group.
_LOUDEST = 8.0
# But a record of little content is bound to the one that it resembles: of two groups' strength,
# the share that their strongest pair has beside the mean of all pairs. As in `resolution.groups`.
_STRONGEST = 0.2


@dataclass(slots=True)
class Link:
    """The evidence between two clusters: summed log-odds of the pairs that were compared."""

    total: float = 0.0
    compared: int = 0
    strongest: float = -_LOUDEST

    def add(self, other: "Link") -> None:
        """Take another link's evidence in."""
        self.total += other.total
        self.compared += other.compared
        self.strongest = max(self.strongest, other.strongest)

    @property
    def mean(self) -> float:
        """Mean log-odds of the compared pairs."""
        return self.total / self.compared if self.compared else 0.0


@dataclass(slots=True)
class Cluster:
    """Records of one customer: an existing one, or one to be opened when it is None."""

    name: int
    members: set[int]
    customer_id: str | None
    links: dict[int, Link] = field(default_factory=dict)
    apart: set[int] = field(default_factory=set)


class Clusters:
    """All clusters of a batch, by the record ids in them.

    A cluster's name is its smallest record id, so names and merges follow from the records
    and not from the order in which they came.
    """

    def __init__(self, records: Mapping[int, MatchRecord]) -> None:
        self._of: dict[int, Cluster] = {}
        by_customer: dict[str, Cluster] = {}
        for record_id in sorted(records):
            customer_id = records[record_id].customer_id
            cluster = by_customer.get(customer_id) if customer_id is not None else None
            if cluster is None:
                cluster = Cluster(name=record_id, members=set(), customer_id=customer_id)
                if customer_id is not None:
                    by_customer[customer_id] = cluster
            cluster.members.add(record_id)
            self._of[record_id] = cluster

    def of(self, record_id: int) -> Cluster:
        """Return the cluster that a record is in."""
        return self._of[record_id]

    def link(self, candidate: MatchCandidate) -> None:
        """Add one compared pair's evidence."""
        left, right = self._of[candidate.left], self._of[candidate.right]
        if left is right:
            return
        loudness = max(-_LOUDEST, min(_LOUDEST, log_odds(candidate.score)))
        for one, other in ((left, right), (right, left)):
            found = Link(total=loudness, compared=1, strongest=loudness)
            held = one.links.setdefault(other.name, found)
            if held is not found:
                held.add(found)

    def keep_apart(self, left: int, right: int) -> None:
        """Forbid that two records ever share a cluster."""
        one, other = self._of[left], self._of[right]
        if one is not other:
            one.apart.add(other.name)
            other.apart.add(one.name)

    def may_merge(self, left: Cluster, right: Cluster) -> bool:
        """Say whether neither a judgement nor two existing customers keep them apart."""
        both_exist = left.customer_id is not None and right.customer_id is not None
        return not both_exist and right.name not in left.apart

    def strength(self, left: Cluster, right: Cluster) -> float:
        """Log-odds of two clusters being one: of all cross pairs, the strongest with some weight.

        A pair that shares no key counts as undecided.
        """
        link = left.links.get(right.name)
        if link is None:
            return 0.0
        mean = link.total / (len(left.members) * len(right.members))
        return (1.0 - _STRONGEST) * mean + _STRONGEST * link.strongest

    def merge(self, left: Cluster, right: Cluster) -> None:
        """Make two clusters one."""
        kept, gone = sorted((left, right), key=lambda cluster: cluster.name)
        kept.members |= gone.members
        kept.customer_id = kept.customer_id or gone.customer_id
        for record_id in gone.members:
            self._of[record_id] = kept
        for name, link in gone.links.items():
            if name == kept.name:
                continue
            kept.links.setdefault(name, Link()).add(link)
            back = self._of[name].links
            back.setdefault(kept.name, Link()).add(link)
            del back[gone.name]
        kept.links.pop(gone.name, None)
        for name in gone.apart:
            self._of[name].apart.discard(gone.name)
            self._of[name].apart.add(kept.name)
        kept.apart |= gone.apart


def grow_clusters(
    records: Mapping[int, MatchRecord],
    candidates: Sequence[MatchCandidate],
    *,
    judgements: Sequence[Judgement],
    policy: MatchPolicy,
) -> Clusters:
    """Join records by their SAME candidates, the strongest first.

    Two clusters are joined only when all their cross pairs together are as strong as
    ``policy.review_at`` asks, so one mistaken pair is no bridge between two groups.
    """
    clusters = Clusters(records)
    for candidate in candidates:
        clusters.link(candidate)
    for left, right in _judged_pairs(records, judgements, verdict=Verdict.SAME, wanted=False):
        clusters.keep_apart(left, right)
    for left, right in _judged_pairs(records, judgements, verdict=Verdict.SAME, wanted=True):
        one, other = clusters.of(left), clusters.of(right)
        if one is not other and clusters.may_merge(one, other):
            clusters.merge(one, other)
    _join_by_evidence(clusters, candidates, policy=policy)
    return clusters


def _judged_pairs(
    records: Mapping[int, MatchRecord],
    judgements: Sequence[Judgement],
    *,
    verdict: Verdict,
    wanted: bool,
) -> Iterable[tuple[int, int]]:
    """Return the judged pairs among the records, in a fixed order."""
    if not judgements:
        return []
    by_key = {record.key: record_id for record_id, record in records.items()}
    pairs = []
    for keys, judged in verdicts_by_pair(judgements).items():
        ids = sorted(by_key[key] for key in keys if key in by_key)
        if len(ids) > 1 and (judged is verdict) is wanted:
            pairs.append((ids[0], ids[-1]))
    return sorted(pairs)


def _join_by_evidence(
    clusters: Clusters, candidates: Sequence[MatchCandidate], *, policy: MatchPolicy
) -> None:
    strong_enough = log_odds(policy.review_at)
    waiting = sorted(
        (c for c in candidates if c.band is Band.SAME), key=lambda c: (-c.score, c.left, c.right)
    )
    while waiting:
        refused = []
        for candidate in waiting:
            left, right = clusters.of(candidate.left), clusters.of(candidate.right)
            if left is right:
                continue
            if (
                clusters.may_merge(left, right)
                and len(left.members) + len(right.members) <= policy.max_group
                and clusters.strength(left, right) >= strong_enough
            ):
                clusters.merge(left, right)
            else:
                refused.append(candidate)
        if len(refused) == len(waiting):
            return
        waiting = refused
