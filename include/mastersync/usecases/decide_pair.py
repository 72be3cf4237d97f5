"""A person says what two source records are to each other, and the customers follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.decisions.consistency import newest_of_pairs
from mastersync.domain.decisions.model import PairDecision, PairWord, Person, spoken
from mastersync.domain.identity.model import (
    BeforeImage,
    ChangeKind,
    CustomerLink,
    EffectBefore,
    Withdrawn,
)
from mastersync.domain.identity.parting import survival
from mastersync.domain.matching.customer_ids import customer_id_for
from mastersync.domain.matching.model import SourceKey, Verdict
from mastersync.errors import NotFoundError
from mastersync.ports.identity import SplitOff
from mastersync.ports.store import Store, Unit
from mastersync.usecases.merge_customers import Moved, join_customers, tell
from mastersync.usecases.record_word import Recorded, record_word
from mastersync.usecases.rehearsal import rehearse
from mastersync.usecases.unmerge_customer import sides_of, standing_merges, undo_merge


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The decision, and the merges or the split that it called for."""

    recorded: Recorded
    moved: tuple[Moved, ...] = ()


def decide(
    store: Store, word: PairWord, *, insist: bool, now: datetime, plan: bool = False
) -> Decided:
    """Decide in a transaction of its own; see `decide_pair`.

    Raises:
        NotFoundError: One of the records was never landed.
        RuleError: Decisions in force say otherwise.
    """

    def deed(unit: Unit) -> Decided:
        homes = unit.decisions.homes({word.left, word.right})
        for key in (word.left, word.right):
            if key not in homes:
                raise NotFoundError(
                    f"{store.client_id} has no record {spoken(key)}. Nothing was saved.",
                    next_step="Write it SYSTEM:KEY, as the system names it, such as crm:4711.",
                )
        return decide_pair(unit, store.client_id, word, insist=insist, now=now)

    return rehearse(store, deed, plan=plan)


def decide_pair(
    unit: Unit, client_id: str, word: PairWord, *, insist: bool, now: datetime
) -> Decided:
    """Keep the word as a fact, and let the customers of the two records follow it at once.

    Same: two customers become one. Not the same, or related: one customer becomes two again, by
    undoing the merge that joined them, or by splitting one record off. A record without a
    customer yet follows in the next run.

    Raises:
        RuleError: Decisions in force say otherwise.
    """
    unit.matches.lock()
    recorded = record_word(unit, word, insist=insist, now=now)
    if recorded.is_new:
        unit.audit.append(
            "decision.made",
            actor=word.author,
            run_id=None,
            summary={"decision_id": recorded.decision_id, "verdict": word.verdict},
            now=now,
        )
    person = Person(by=word.author, reason=word.reason, insist=insist, ticket_id=word.ticket_id)
    if word.verdict is Verdict.SAME:
        moved = _join_all(unit, word, person=person, recorded=recorded, now=now)
    else:
        moved = _part_all(unit, client_id, word, person=person, now=now)
    return Decided(recorded=recorded, moved=moved)


def _join_all(
    unit: Unit, word: PairWord, *, person: Person, recorded: Recorded, now: datetime
) -> tuple[Moved, ...]:
    """Merge the customers of all records that are the same by decisions, these two among them.

    Often that is two customers or one; more when a record without a customer stands between.
    """
    same = _same_as(word.left, unit.decisions.about({word.left, word.right}, now=now))
    customers = {
        home.customer_id for home in unit.decisions.homes(same).values() if home.customer_id
    }
    states = sorted(unit.identity.lock(sorted(customers)).values(), key=survival)
    return tuple(
        join_customers(
            unit,
            keep=states[0].customer_id,
            other=state.customer_id,
            person=person,
            decisions=[recorded.decision_id],
            now=now,
        )
        for state in states[1:]
    )


def _part_all(
    unit: Unit, client_id: str, word: PairWord, *, person: Person, now: datetime
) -> tuple[Moved, ...]:
    """Part the two records, and put what is the same as either of them on its side."""
    moved = _part(unit, client_id, word.left, word.right, person=person, now=now)
    if not moved:
        return ()
    touched = {link.key for one in moved for link in _links_of(unit, one) if link.is_current}
    for decision in newest_of_pairs(unit.decisions.about(touched, now=now)):
        if not decision.is_same or not _is_parted(unit, decision):
            continue
        side = _same_as(decision.word.left, unit.decisions.about(decision.pair, now=now))
        stranger = word.left if word.right in side else word.right
        homes = unit.decisions.homes({*decision.pair, stranger})
        for key in sorted(decision.pair):
            if homes[key].customer_id == homes[stranger].customer_id:
                moved += _part(unit, client_id, key, stranger, person=person, now=now)
        recorded = Recorded(decision_id=decision.decision_id, is_new=False)
        moved += _join_all(unit, decision.word, person=person, recorded=recorded, now=now)
    return moved


def _links_of(unit: Unit, moved: Moved) -> list[CustomerLink]:
    ids = (moved.change.from_customer_id, moved.change.to_customer_id)
    return [link for customer_id in ids for link in unit.identity.links(customer_id)]


def _is_parted(unit: Unit, decision: PairDecision) -> bool:
    homes = unit.decisions.homes(decision.pair)
    customers = {home.customer_id for home in homes.values() if home.customer_id}
    return len(customers) > 1


def _part(
    unit: Unit,
    client_id: str,
    left: SourceKey,
    right: SourceKey,
    *,
    person: Person,
    now: datetime,
) -> tuple[Moved, ...]:
    """Undo the newest merge that joined the two records; if none did, split one of them off.

    Two that are no one customer need no parting.
    """
    homes = unit.decisions.homes({left, right})
    found = [homes[key].customer_id for key in (left, right) if key in homes]
    customer_id = found[0] if len(found) > 1 and found[0] == found[1] else None
    if customer_id is None:
        return ()
    for merge in standing_merges(unit, customer_id):
        back = sides_of(unit, merge, now=now).keys(back=True)
        if (left in back) != (right in back):
            return (undo_merge(unit, merge, person=person, now=now, keep_apart=False),)
    opener = customer_id_for(client_id, system=right.system, source_key=right.key)
    leaving, staying = (left, right) if opener == customer_id else (right, left)
    group = _same_as(leaving, unit.decisions.about({leaving}, now=now)) - {staying}
    links = [
        link for link in unit.identity.links(customer_id) if link.is_current and link.key in group
    ]
    target = _open(unit, client_id, leaving, customer_id, person=person, now=now)
    return (_split_off(unit, customer_id, target, links, person=person, now=now),)


def _split_off(
    unit: Unit,
    customer_id: str,
    target: str,
    links: list[CustomerLink],
    *,
    person: Person,
    now: datetime,
) -> Moved:
    unit.identity.lock([customer_id, target])
    records = {link.record_id for link in links}
    stale = [e for e in unit.identity.unsent(customer_id) if e.record_id in records]
    unit.identity.withdraw_effects(
        [effect.effect_id for effect in stale], why=Withdrawn.SPLIT, now=now
    )
    unit.identity.move_links([link.link_id for link in links], to=target)
    before = BeforeImage(
        links=tuple(link.link_id for link in links),
        effects=tuple(
            EffectBefore(effect_id=effect.effect_id, state=effect.state, moved=False)
            for effect in stale
        ),
    )
    change = tell(
        unit,
        ChangeKind.SPLIT,
        from_id=customer_id,
        to_id=target,
        before=before,
        person=person,
        now=now,
    )
    return Moved(change=change, records=tuple(link.key for link in links))


def _open(
    unit: Unit,
    client_id: str,
    leaving: SourceKey,
    parted_from: str,
    *,
    person: Person,
    now: datetime,
) -> str:
    """Create a customer for a record, under the first of its ids that was never used."""
    others = sum(link.is_current for link in unit.identity.links(parted_from)) - 1
    nth = 0
    while True:
        customer = SplitOff(
            customer_id=customer_id_for(
                client_id, system=leaving.system, source_key=leaving.key, nth=nth
            ),
            search_evidence={
                "engine": "a person",
                "searched_at": now.isoformat(),
                "keys_searched": 1,
                "candidates_found": others,
                "split_from": parted_from,
            },
            author=person.by,
        )
        if unit.identity.create(customer, now=now):
            return customer.customer_id
        nth += 1


def _same_as(key: SourceKey, in_force: Sequence[PairDecision]) -> set[SourceKey]:
    """Return the record and all that people called the same, directly or by others."""
    same = [decision.pair for decision in newest_of_pairs(in_force) if decision.is_same]
    found = {key}
    grew = True
    while grew:
        reached = found.union(*(pair for pair in same if pair & found))
        grew, found = reached != found, reached
    return found
