"""The engine against what people decided; and what it would make of existing customers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.decisions.backtest import Backtest, PairLook
from mastersync.domain.decisions.consistency import newest_of_pairs
from mastersync.domain.decisions.model import PairDecision
from mastersync.domain.identity.reevaluation import Reevaluation, reevaluate
from mastersync.domain.matching.model import (
    Band,
    Judgement,
    MatchCandidate,
    MatchRecord,
    SourceKey,
    Verdict,
)
from mastersync.domain.search.engine import with_judgements
from mastersync.ports.store import Store, Unit
from mastersync.usecases.look_again import as_matched, look_at_all, look_at_pairs, shares_key

_ALL = 1_000_000
_NEVER_MET = "Never compared, because the two share no key."


def backtest(
    store: Store, rules: ClientRules, *, now: datetime, changed: ClientRules | None = None
) -> Backtest:
    """Run the engine over every pair that people decided on, as if they had not; writes nothing.

    Review tickets that were resolved are among them. With ``changed`` the records are prepared
    anew by these rules, and their bands apply.
    """
    with store.begin() as unit:
        decisions = _in_force(unit, now=now)
        keys = {key for decision in decisions for key in decision.pair}
        records = as_matched(unit.decisions.records(keys), changed)
        by_key = {record.key: record for record in records}
        known = [decision for decision in decisions if decision.pair <= by_key.keys()]
        pairs = [(by_key[d.word.left].record_id, by_key[d.word.right].record_id) for d in known]
        if not pairs:
            return Backtest(looks=())
        looked = look_at_pairs(unit, (changed or rules).match, records, pairs)
    met = shares_key(records, pairs)
    return Backtest(
        looks=tuple(
            look_of(decision, looked.compared.candidate(place, looked.record_ids), met=met[place])
            for place, decision in enumerate(known)
        )
    )


def reevaluate_client(
    store: Store, rules: ClientRules, *, now: datetime, changed: ClientRules | None = None
) -> Reevaluation:
    """Say what the engine would join and part among all customers; writes nothing.

    Decisions in force count. It holds all of the client's records in memory at once.
    """
    used = changed or rules
    with store.begin() as unit:
        decisions = _in_force(unit, now=now)
        records = as_matched(unit.decisions.records(None), changed)
        if not records:
            return reevaluate((), (), judgements=(), policy=used.match)
        looked = look_at_all(unit, used.match, records)
    judgements = [*_pointers(records, used), *map(_judgement, decisions)]
    by_id = {record.record_id: record for record in records}
    compared = [
        looked.compared.candidate(place, looked.record_ids, explained=False)
        for place in range(len(looked.compared))
    ]
    return reevaluate(
        records,
        list(with_judgements(compared, by_id, judgements)),
        judgements=judgements,
        policy=used.match,
    )


def _in_force(unit: Unit, *, now: datetime) -> list[PairDecision]:
    listed = unit.decisions.listed(limit=_ALL)
    return newest_of_pairs(decision for decision in listed if decision.is_in_force(now))


def look_of(decision: PairDecision, candidate: MatchCandidate, *, met: bool) -> PairLook:
    """Return what the engine says of a decided pair, which it never meets without a key."""
    seen = candidate if met else replace(candidate, band=Band.NEW)
    return PairLook(
        decision=decision,
        band=seen.band,
        score=seen.score,
        sentence=seen.sentence if met else f"{_NEVER_MET} {seen.sentence}",
        met=met,
    )


def _judgement(decision: PairDecision) -> Judgement:
    word = decision.word
    return Judgement(left=word.left, right=word.right, verdict=word.verdict)


def _pointers(records: Sequence[MatchRecord], rules: ClientRules) -> list[Judgement]:
    found = []
    for record in records:
        system = rules.systems.get(record.system)
        if system is not None and system.links_to is not None:
            other = SourceKey(system=system.links_to, key=record.source_key)
            found.append(Judgement(left=record.key, right=other, verdict=Verdict.SAME))
    return found
