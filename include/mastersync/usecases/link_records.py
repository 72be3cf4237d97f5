"""Deciding whose each searched record is: linked, a new customer, or a question for a person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.matching.assign import assign
from mastersync.domain.matching.model import (
    Assignment,
    Band,
    Judgement,
    MatchCandidate,
    MatchRecord,
    SourceKey,
    Verdict,
)
from mastersync.domain.search.batches import cut_batches
from mastersync.domain.search.engine import ENGINE, bare_candidate, with_judgements
from mastersync.domain.search.entries import Ids
from mastersync.domain.tickets.model import TicketKind
from mastersync.ports.matches import NewCustomer, NewLink, RecordHead
from mastersync.ports.store import Store, Unit
from mastersync.usecases.collecting import seldom_collected
from mastersync.usecases.failpoints import (
    MATCH_AFTER_COMMIT,
    MATCH_BEFORE_COMMIT,
    Failpoint,
    never,
)
from mastersync.usecases.open_customers import fresh_ids
from mastersync.usecases.review_tickets import WAITS_FOR_OTHER, review_ticket

_BATCH: Final = 5_000


@seldom_collected()
def link_records(
    store: Store,
    rules: ClientRules,
    *,
    run_id: str,
    now: datetime,
    failpoint: Failpoint = never,
) -> dict[str, int]:
    """Decide on every pending record that was searched for; returns counts.

    Records that hang together are decided together, in one transaction under the client's lock;
    memory is a batch's, beside the ids of the delta. Safe to run again: a record that is linked
    stays linked.
    """
    counts: Counter[str] = Counter(matched=0, linked=0, new_customers=0, review=0)
    pointers = {
        name: system.links_to
        for name, system in rules.systems.items()
        if system.links_to is not None
    }
    with store.begin() as unit:
        ready = unit.matches.ready(list(rules.systems))
        ties = unit.matches.ties(ready, pointers=pointers)
    own = [name for name in rules.systems if name not in pointers]
    for batch in cut_batches(ready, ties.left, ties.right, size=_BATCH):
        around = _around(batch, ties.left, ties.right)
        # What points at other records comes after them.
        for systems in filter(None, (own, list(pointers))):
            with store.begin() as unit:
                unit.matches.lock()
                linking = _Linking(
                    unit, rules=rules, client_id=store.client_id, run_id=run_id, now=now
                )
                counts.update(linking.decide(batch, around, systems=systems))
                failpoint(MATCH_BEFORE_COMMIT)
            failpoint(MATCH_AFTER_COMMIT)
    return dict(counts)


def _around(batch: Ids, left: Ids, right: Ids) -> Ids:
    """Return a batch's records with those that are tied to them."""
    tied = np.isin(left, batch) | np.isin(right, batch)
    return np.unique(np.concatenate((batch, left[tied], right[tied])))


@dataclass(frozen=True)
class _Scene:
    """What is decided on, in the order of systems and keys: so a tie ends alike in every run."""

    heads: Mapping[int, RecordHead]
    records: Mapping[int, MatchRecord]
    delta: Sequence[MatchRecord]
    known: Mapping[int, MatchRecord]
    candidates: Sequence[MatchCandidate]
    versions: Mapping[int, int]


class _Linking:
    """One batch of the delta, within one transaction."""

    def __init__(
        self, unit: Unit, *, rules: ClientRules, client_id: str, run_id: str, now: datetime
    ) -> None:
        self._unit = unit
        self._rules = rules
        self._client_id = client_id
        self._run_id = run_id
        self._now = now

    def decide(self, batch: Ids, around: Ids, *, systems: Sequence[str]) -> dict[str, int]:
        """Assign the batch's records of these systems; returns counts."""
        heads = self._unit.matches.heads(around, undecided=batch)
        members = set(batch.tolist())
        delta = {
            head.record_id
            for head in heads
            if head.record_id in members and head.version_id is not None and head.system in systems
        }
        if not delta:
            return {}
        pointers = list(self._pointers(heads))
        judgements = [
            *pointers,
            *self._unit.matches.judgements([h.record_id for h in heads], now=self._now),
        ]
        scene = self._scene(heads, delta, judgements, candidates=self._candidates(around))
        stranded = _stranded(scene, pointers)
        assignments = [
            Assignment(record_id=a.record_id, band=Band.REVIEW, reason=WAITS_FOR_OTHER)
            if a.record_id in stranded
            else a
            for a in assign(
                scene.delta,
                scene.candidates,
                scene.known,
                policy=self._rules.match,
                judgements=judgements,
            )
        ]
        self._link(assignments, scene)
        self._ask(assignments, scene)
        return {
            "matched": len(assignments),
            "linked": sum(a.band is Band.SAME for a in assignments),
            "new_customers": sum(a.band is Band.NEW for a in assignments),
            "review": sum(a.band is Band.REVIEW for a in assignments),
        }

    def _candidates(self, around: Ids) -> list[MatchCandidate]:
        return self._unit.matches.candidates(around)

    def _pointers(self, heads: Sequence[RecordHead]) -> list[Judgement]:
        """Return SAME for records whose key is that of a record elsewhere."""
        found = []
        for head in heads:
            rules = self._rules.systems.get(head.system)
            if rules is not None and rules.links_to is not None:
                other = SourceKey(system=rules.links_to, key=head.source_key)
                found.append(Judgement(left=head.key, right=other, verdict=Verdict.SAME))
        return found

    def _scene(
        self,
        heads: Sequence[RecordHead],
        delta: set[int],
        judgements: Sequence[Judgement],
        *,
        candidates: Sequence[MatchCandidate],
    ) -> _Scene:
        """Number the records anew by system and key, and put verdicts in place of scores."""
        ranked = sorted(heads, key=lambda head: (head.system, head.source_key))
        rank = {head.record_id: place for place, head in enumerate(ranked)}
        records = {
            rank[head.record_id]: MatchRecord(
                record_id=rank[head.record_id],
                system=head.system,
                source_key=head.source_key,
                fields={},
                customer_id=head.customer_id,
            )
            for head in heads
        }
        pairs = {
            (min(a, b), max(a, b)): candidate.between(a, b)
            for candidate in candidates
            for a, b in [(rank[candidate.left], rank[candidate.right])]
        }
        by_key = {record.key: p for p, record in records.items()} if judgements else {}
        for judgement in judgements:
            left, right = by_key.get(judgement.left), by_key.get(judgement.right)
            if left is not None and right is not None and left != right:
                pairs.setdefault((min(left, right), max(left, right)), bare_candidate(left, right))
        new = {rank[record_id] for record_id in delta}
        return _Scene(
            heads={rank[head.record_id]: head for head in heads},
            versions={
                rank[head.record_id]: head.version_id
                for head in heads
                if head.version_id is not None
            },
            records=records,
            delta=[record for place, record in records.items() if place in new],
            known={
                place: record
                for place, record in records.items()
                if place not in new and record.customer_id is not None
            },
            candidates=list(
                with_judgements((pairs[pair] for pair in sorted(pairs)), records, judgements)
            ),
        )

    def _link(self, assignments: Sequence[Assignment], scene: _Scene) -> None:
        """Create the new customers and link every record that has one."""
        openers = {
            a.record_id: scene.heads[a.record_id].key for a in assignments if a.band is Band.NEW
        }
        customer_of = fresh_ids(self._unit, self._client_id, openers)
        self._unit.matches.create_customers(
            [
                NewCustomer(
                    customer_id=customer_id,
                    search_evidence={
                        "engine": ENGINE,
                        "policy_version": self._rules.policy_version,
                        "searched_at": self._now.isoformat(),
                        "keys_searched": scene.heads[place].keys,
                        "candidates_found": scene.heads[place].compared,
                    },
                )
                for place, customer_id in customer_of.items()
            ],
            run_id=self._run_id,
            now=self._now,
        )
        home = {
            a.record_id: a.customer_id or customer_of[_leader(a)]
            for a in assignments
            if a.band is not Band.REVIEW
        }
        best = _strongest(scene, home)
        self._unit.matches.link(
            [
                _new_link(a, home[a.record_id], best.get(a.record_id), scene)
                for a in assignments
                if a.band is not Band.REVIEW and scene.heads[a.record_id].customer_id is None
            ],
            run_id=self._run_id,
            now=self._now,
        )

    def _ask(self, assignments: Sequence[Assignment], scene: _Scene) -> None:
        """Let what only a person can decide wait, each with its ticket."""
        waiting: dict[int, str] = {}
        settled = []
        drafts = []
        for a in assignments:
            version_id = scene.versions[a.record_id]
            if a.band is not Band.REVIEW:
                settled.append(f"version:{version_id}")
                continue
            draft = review_ticket(a, scene.heads, client_id=self._client_id, version_id=version_id)
            waiting[version_id] = draft.cause_key
            drafts.append(draft)
        self._unit.tickets.ensure_all(drafts, now=self._now)
        self._unit.records.wait(waiting, waiting_for="review", now=self._now)
        self._unit.tickets.clear(sorted(settled), kinds=(TicketKind.REVIEW,), now=self._now)


def _stranded(scene: _Scene, pointers: Sequence[Judgement]) -> set[int]:
    """Return what points at a record that has no customer yet."""
    if not pointers:
        return set()
    by_key = {record.key: record for record in scene.records.values()}
    found = set()
    for pointer in pointers:
        one, other = by_key[pointer.left], by_key.get(pointer.right)
        if other is not None and one.customer_id is None and other.customer_id is None:
            found.add(one.record_id)
    return found


def _leader(assignment: Assignment) -> int:
    return assignment.record_id if assignment.leader is None else assignment.leader


def _strongest(scene: _Scene, home: Mapping[int, str]) -> dict[int, MatchCandidate]:
    """Return, for each record, its strongest pair with another of the same customer."""
    best: dict[int, MatchCandidate] = {}
    for candidate in sorted(scene.candidates, key=lambda c: c.score):
        left = home.get(candidate.left) or scene.records[candidate.left].customer_id
        right = home.get(candidate.right) or scene.records[candidate.right].customer_id
        if left is not None and left == right:
            best[candidate.left] = best[candidate.right] = candidate
    return best


def _new_link(
    a: Assignment, customer_id: str, best: MatchCandidate | None, scene: _Scene
) -> NewLink:
    record_id = scene.heads[a.record_id].record_id
    if a.band is Band.NEW or best is None:
        return NewLink(
            record_id=record_id,
            customer_id=customer_id,
            rule="new",
            score=1.0,
            evidence={"sentence": "New customer: the search found no other."},
        )
    pair = sorted(scene.heads[place].record_id for place in (best.left, best.right))
    return NewLink(
        record_id=record_id,
        customer_id=customer_id,
        rule=best.rule,
        score=best.score,
        evidence={"sentence": best.sentence, "with_records": pair},
    )
