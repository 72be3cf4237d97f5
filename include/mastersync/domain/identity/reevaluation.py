"""What an engine would join or part among existing customers: a comparison, and no deed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mastersync.domain.matching.clusters import grow_clusters
from mastersync.domain.matching.model import (
    Band,
    Judgement,
    MatchCandidate,
    MatchPolicy,
    MatchRecord,
    SourceKey,
)


@dataclass(frozen=True, kw_only=True)
class Tie:
    """Two customers that the engine would join (SAME) or ask about (REVIEW), by their best pair."""

    customers: tuple[str, str]
    left: SourceKey
    right: SourceKey
    band: Band
    score: float
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Parting:
    """A customer that the engine would not put together, in the groups that it would make."""

    customer_id: str
    groups: tuple[tuple[SourceKey, ...], ...]
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Reevaluation:
    """Existing customers as the engine sees them.

    ``bands`` counts the compared pairs: "together" or "apart" now → band → number.
    """

    records: int
    customers: int
    pairs: int
    bands: Mapping[str, Mapping[str, int]]
    joins: tuple[Tie, ...]
    questions: tuple[Tie, ...]
    partings: tuple[Parting, ...]


def reevaluate(
    records: Sequence[MatchRecord],
    candidates: Sequence[MatchCandidate],
    *,
    judgements: Sequence[Judgement],
    policy: MatchPolicy,
) -> Reevaluation:
    """Return what the engine would make of the records if none of them had a customer yet.

    Args:
        records: All linked records, each with its customer.
        candidates: The compared pairs of every band, judged ones as people judged them.
    """
    home = {record.record_id: record.customer_id or "" for record in records}
    keys = {record.record_id: record.key for record in records}
    ranked = sorted(candidates, key=lambda c: (-c.score, c.left, c.right))
    free = {
        record.record_id: MatchRecord(
            record_id=record.record_id,
            system=record.system,
            source_key=record.source_key,
            fields={},
        )
        for record in records
    }
    clusters = grow_clusters(free, ranked, judgements=judgements, policy=policy)
    cluster_of = {record_id: clusters.of(record_id).name for record_id in free}
    bands: dict[str, dict[str, int]] = {
        side: dict.fromkeys(Band, 0) for side in ("together", "apart")
    }
    ties: dict[tuple[str, str], Tie] = {}
    for candidate in ranked:
        one, other = home[candidate.left], home[candidate.right]
        bands["together" if one == other else "apart"][candidate.band] += 1
        joined = cluster_of[candidate.left] == cluster_of[candidate.right]
        if one == other or candidate.band is Band.NEW:
            continue
        pair = (min(one, other), max(one, other))
        ties.setdefault(
            pair,
            Tie(
                customers=pair,
                left=keys[candidate.left],
                right=keys[candidate.right],
                band=Band.SAME if joined else Band.REVIEW,
                score=candidate.score,
                sentence=candidate.sentence,
            ),
        )
    found = tuple(ties.values())
    return Reevaluation(
        records=len(records),
        customers=len(set(home.values())),
        pairs=len(candidates),
        bands=bands,
        joins=tuple(tie for tie in found if tie.band is Band.SAME),
        questions=tuple(tie for tie in found if tie.band is Band.REVIEW),
        partings=_partings(home, keys, cluster_of, ranked),
    )


def _partings(
    home: Mapping[int, str],
    keys: Mapping[int, SourceKey],
    cluster_of: Mapping[int, int],
    ranked: Sequence[MatchCandidate],
) -> tuple[Parting, ...]:
    groups: dict[str, dict[int, list[SourceKey]]] = defaultdict(lambda: defaultdict(list))
    for record_id, customer_id in home.items():
        groups[customer_id][cluster_of[record_id]].append(keys[record_id])
    strongest: dict[str, MatchCandidate] = {}
    for candidate in ranked:
        customer_id = home[candidate.left]
        if (
            customer_id == home[candidate.right]
            and cluster_of[candidate.left] != cluster_of[candidate.right]
        ):
            strongest.setdefault(customer_id, candidate)
    return tuple(
        Parting(
            customer_id=customer_id,
            groups=tuple(tuple(sorted(members)) for _, members in sorted(parts.items())),
            sentence=strongest[customer_id].sentence if customer_id in strongest else "",
        )
        for customer_id, parts in sorted(groups.items())
        if len(parts) > 1
    )
