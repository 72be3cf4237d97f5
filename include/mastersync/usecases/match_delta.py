"""Finding out, for each new or changed record, whether its customer is already known."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.matching.assign import assign
from mastersync.domain.matching.customer_ids import customer_id_for
from mastersync.domain.matching.engine import Matcher
from mastersync.domain.matching.model import (
    Assignment,
    Band,
    Judgement,
    MatchCandidate,
    MatchRecord,
    SourceKey,
    Verdict,
)
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.matches import DeltaRecord, NewCustomer, NewLink
from mastersync.ports.store import Store, Unit
from mastersync.usecases.failpoints import (
    MATCH_AFTER_COMMIT,
    MATCH_BEFORE_COMMIT,
    Failpoint,
    never,
)

ENGINE = "simple-1"
_CHUNK_SIZE = 2_000
_CANDIDATES_SHOWN = 5
_WAITS_FOR_OTHER = "The record that it belongs to waits itself; this one follows it."


def match_delta(
    store: Store,
    rules: ClientRules,
    matcher: Matcher,
    *,
    run_id: str,
    now: datetime,
    failpoint: Failpoint = never,
) -> dict[str, int]:
    """Match every pending record against the client's index; returns counts.

    Each chunk is one transaction under the client's lock, so records that arrive together are
    matched to each other too. A record that is linked stays linked. Safe to run again: what
    has a customer, or waits for a review, is not matched twice.
    """
    counts: Counter[str] = Counter(matched=0, linked=0, new_customers=0, review=0)
    own = [name for name, system in rules.systems.items() if system.links_to is None]
    linking = [name for name, system in rules.systems.items() if system.links_to is not None]
    start = partial(
        _Chunk,
        rules=rules,
        matcher=matcher,
        client_id=store.client_id,
        run_id=run_id,
        now=now,
    )
    for systems in (own, linking):  # what points at other records comes after them
        counts.update(_match_systems(store, systems, start, failpoint=failpoint))
    return dict(counts)


def _match_systems(
    store: Store,
    systems: Sequence[str],
    start: "Callable[[Unit], _Chunk]",
    *,
    failpoint: Failpoint,
) -> Counter[str]:
    counts: Counter[str] = Counter()
    after = 0
    while True:
        with store.begin() as unit:
            unit.matches.lock()
            delta = unit.matches.delta(systems=systems, after_version_id=after, size=_CHUNK_SIZE)
            if not delta:
                return counts
            counts.update(start(unit).match(delta))
            after = delta[-1].version_id
            failpoint(MATCH_BEFORE_COMMIT)
        failpoint(MATCH_AFTER_COMMIT)


class _Chunk:
    """One chunk of the delta, within one transaction."""

    def __init__(
        self,
        unit: Unit,
        *,
        rules: ClientRules,
        matcher: Matcher,
        client_id: str,
        run_id: str,
        now: datetime,
    ) -> None:
        self._unit = unit
        self._rules = rules
        self._matcher = matcher
        self._client_id = client_id
        self._run_id = run_id
        self._now = now
        self._stranded: set[int] = set()  # what points at a record that has no customer yet

    def match(self, delta: Sequence[DeltaRecord]) -> dict[str, int]:
        """Index, compare and assign the chunk; returns counts."""
        unit = self._unit
        keys = {item.record.record_id: self._matcher.keys(item.record.fields) for item in delta}
        unit.matches.index(keys)
        records = {item.record.record_id: item.record for item in delta}
        pairs = unit.matches.pairs(list(records), max_per_key=self._rules.match.max_per_key)
        others = {record_id for pair in pairs for record_id in pair} - records.keys()
        known = {
            record.record_id: record
            for record in unit.matches.known(sorted(others))
            if record.customer_id is not None
        }
        compared = Counter(record_id for pair in pairs for record_id in pair)
        judgements = self._judgements(records, known, pairs)
        everyone = records | known
        candidates = self._matcher.compare(
            [
                (everyone[left], everyone[right])
                for left, right in sorted(set(pairs))
                if left in everyone and right in everyone
            ],
            judgements=judgements,
        )
        assignments = [
            Assignment(record_id=a.record_id, band=Band.REVIEW, reason=_WAITS_FOR_OTHER)
            if a.record_id in self._stranded
            else a
            for a in assign(
                list(records.values()),
                candidates,
                known,
                policy=self._rules.match,
                judgements=judgements,
            )
        ]
        unit.matches.keep_candidates(
            [candidate for candidate in candidates if candidate.band is not Band.NEW],
            run_id=self._run_id,
            now=self._now,
        )
        self._link(assignments, records, everyone, candidates, keys=keys, compared=compared)
        self._ask(delta, assignments, everyone)
        return {
            "matched": len(assignments),
            "linked": sum(a.band is Band.SAME for a in assignments),
            "new_customers": sum(a.band is Band.NEW for a in assignments),
            "review": sum(a.band is Band.REVIEW for a in assignments),
        }

    def _judgements(
        self,
        records: Mapping[int, MatchRecord],
        known: dict[int, MatchRecord],
        pairs: list[tuple[int, int]],
    ) -> list[Judgement]:
        """Return what is decided about these records, by people and by keys that point.

        The records at the other end join ``known`` and ``pairs``: a decision holds whether or
        not the two share a blocking key.
        """
        everyone = {**records, **known}
        judgements = [
            *self._pointers(records.values()),
            *self._unit.matches.judgements(list(everyone), now=self._now),
        ]
        by_key = {record.key: record for record in everyone.values()}
        absent: dict[str, set[str]] = {}
        homeless: set[SourceKey] = set()
        for judgement in judgements:
            for key in (judgement.left, judgement.right):
                if key not in by_key:
                    absent.setdefault(key.system, set()).add(key.key)
        for system, keys in absent.items():
            for record in self._unit.matches.by_keys(system, sorted(keys)):
                if record.customer_id is not None:
                    known[record.record_id] = by_key[record.key] = record
                else:
                    homeless.add(record.key)
        pointing = {pointer.left: pointer.right for pointer in self._pointers(records.values())}
        self._stranded = {
            record.record_id
            for record in records.values()
            if record.customer_id is None and pointing.get(record.key) in homeless
        }
        pairs += [
            (by_key[judgement.left].record_id, by_key[judgement.right].record_id)
            for judgement in judgements
            if judgement.left in by_key and judgement.right in by_key
        ]
        return judgements

    def _pointers(self, records: Iterable[MatchRecord]) -> Iterator[Judgement]:
        """Yield SAME for records whose key is that of a record elsewhere."""
        for record in records:
            system = self._rules.systems[record.system].links_to
            if system is not None:
                other = SourceKey(system=system, key=record.source_key)
                yield Judgement(left=record.key, right=other, verdict=Verdict.SAME)

    def _link(
        self,
        assignments: Sequence[Assignment],
        records: Mapping[int, MatchRecord],
        everyone: Mapping[int, MatchRecord],
        candidates: Sequence[MatchCandidate],
        *,
        keys: Mapping[int, frozenset[str]],
        compared: Mapping[int, int],
    ) -> None:
        """Create the new customers and link every record that has one."""
        customer_of = {
            a.record_id: customer_id_for(
                self._client_id,
                system=records[a.record_id].system,
                source_key=records[a.record_id].source_key,
            )
            for a in assignments
            if a.band is Band.NEW
        }
        self._unit.matches.create_customers(
            [
                NewCustomer(
                    customer_id=customer_id,
                    search_evidence={
                        "engine": ENGINE,
                        "policy_version": self._rules.policy_version,
                        "searched_at": self._now.isoformat(),
                        "keys_searched": len(keys[record_id]),
                        "candidates_found": compared.get(record_id, 0),
                    },
                )
                for record_id, customer_id in customer_of.items()
            ],
            run_id=self._run_id,
            now=self._now,
        )
        home = {
            a.record_id: a.customer_id or customer_of[_leader(a)]
            for a in assignments
            if a.band is not Band.REVIEW
        }
        best = _strongest(candidates, home, everyone)
        self._unit.matches.link(
            [
                _new_link(a, home[a.record_id], best.get(a.record_id))
                for a in assignments
                if a.band is not Band.REVIEW and records[a.record_id].customer_id is None
            ],
            run_id=self._run_id,
            now=self._now,
        )

    def _ask(
        self,
        delta: Sequence[DeltaRecord],
        assignments: Sequence[Assignment],
        everyone: Mapping[int, MatchRecord],
    ) -> None:
        """Let what only a person can decide wait, each with its ticket."""
        version_of = {item.record.record_id: item.version_id for item in delta}
        waiting: dict[int, str] = {}
        for a in assignments:
            if a.band is not Band.REVIEW:
                continue
            version_id = version_of[a.record_id]
            draft = _review(a, everyone, version_id=version_id)
            waiting[version_id] = draft.cause_key
            self._unit.tickets.ensure(draft, now=self._now)
        self._unit.records.wait(waiting, waiting_for="review", now=self._now)
        settled = version_of.values() - waiting.keys()
        self._unit.tickets.clear(
            [f"version:{key}" for key in sorted(settled)],
            kinds=(TicketKind.REVIEW,),
            now=self._now,
        )


def _leader(assignment: Assignment) -> int:
    return assignment.record_id if assignment.leader is None else assignment.leader


def _strongest(
    candidates: Sequence[MatchCandidate],
    home: Mapping[int, str],
    everyone: Mapping[int, MatchRecord],
) -> dict[int, MatchCandidate]:
    """Return, for each record, its strongest pair with another of the same customer."""
    best: dict[int, MatchCandidate] = {}
    for candidate in sorted(candidates, key=lambda c: c.score):
        left = home.get(candidate.left) or everyone[candidate.left].customer_id
        right = home.get(candidate.right) or everyone[candidate.right].customer_id
        if left is not None and left == right:
            best[candidate.left] = best[candidate.right] = candidate
    return best


def _new_link(a: Assignment, customer_id: str, best: MatchCandidate | None) -> NewLink:
    if a.band is Band.NEW or best is None:
        return NewLink(
            record_id=a.record_id,
            customer_id=customer_id,
            rule="new",
            score=1.0,
            evidence={"sentence": "New customer: the search found no other."},
        )
    return NewLink(
        record_id=a.record_id,
        customer_id=customer_id,
        rule=best.rule,
        score=best.score,
        evidence={"sentence": best.sentence, "with_records": [best.left, best.right]},
    )


def _cause(a: Assignment) -> str:
    """Return what speaks for and against, and why that is not enough to decide."""
    if not a.candidates:
        return a.reason
    sentence = a.candidates[0].sentence
    return sentence if a.candidates[0].band is Band.REVIEW else f"{sentence} But: {a.reason}."


def _review(a: Assignment, everyone: Mapping[int, MatchRecord], *, version_id: int) -> TicketDraft:
    record = everyone[a.record_id]
    first = a.candidates[0] if a.candidates else None
    other = None
    if first is not None:
        other = everyone[first.right if first.left == a.record_id else first.left]
    follows = a.reason == _WAITS_FOR_OTHER
    prefix, question = ("follows", "Waits:") if follows else ("review", "Same customer?")
    return TicketDraft(
        cause_key=f"{prefix}:{record.system}:{record.source_key}",
        kind=TicketKind.REVIEW,
        title=f"{question} {record.system} {record.source_key}"
        + ("" if other is None else f" and {other.system} {other.source_key}"),
        cause=_cause(a),
        next_step="Compare the two records and decide: the same customer, or not.",
        subjects=(f"version:{version_id}",),
        detail={
            "left": {"system": record.system, "key": record.source_key},
            "right": None if other is None else {"system": other.system, "key": other.source_key},
            "candidates": [
                {
                    "left": candidate.left,
                    "right": candidate.right,
                    "score": round(candidate.score, 3),
                    "sentence": candidate.sentence,
                }
                for candidate in a.candidates[:_CANDIDATES_SHOWN]
            ],
        },
    )
