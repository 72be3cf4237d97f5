"""A merge is taken back: records, children and references are again whose they were."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.decisions.model import PairDecision, PairWord, Person
from mastersync.domain.identity.model import (
    BeforeImage,
    ChangeKind,
    CustomerLink,
    EffectBefore,
    IdentityChange,
    Withdrawn,
)
from mastersync.domain.identity.parting import going_back
from mastersync.domain.matching.model import SourceKey, Verdict
from mastersync.errors import NotFoundError, RuleError
from mastersync.ports.store import Store, Unit
from mastersync.usecases.merge_customers import Moved, tell
from mastersync.usecases.plan_tickets import held_again
from mastersync.usecases.record_word import crossing, record_word, refuse_or_withdraw
from mastersync.usecases.rehearsal import rehearse


@dataclass(frozen=True, kw_only=True)
class _Sides:
    """The survivor's links, and which of them go back.

    ``merges`` are the one that joined the two, and those that led its survivor on.
    """

    survivor: str
    merges: Sequence[IdentityChange]
    links: Sequence[CustomerLink]
    back: frozenset[int]

    def keys(self, *, back: bool) -> list[SourceKey]:
        """The records now linked on one side, by record id."""
        current = [link for link in self.links if link.is_current]
        side = [link for link in current if (link.link_id in self.back) is back]
        return [link.key for link in sorted(side, key=lambda link: link.record_id)]


def unmerge_customer(
    store: Store,
    *,
    customer_id: str,
    person: Person,
    now: datetime,
    merge_id: int | None = None,
    plan: bool = False,
) -> Moved:
    """Undo the last merge into the customer, or of it; or the one that ``merge_id`` names.

    Raises:
        NotFoundError: There is no such merge.
        RuleError: It was undone before, or decisions in force say that the two are the same.
    """

    def deed(unit: Unit) -> Moved:
        unit.matches.lock()
        merge = _chosen(unit, customer_id, merge_id)
        return undo_merge(unit, merge, person=person, now=now)

    return rehearse(store, deed, plan=plan)


def undo_merge(
    unit: Unit, merge: IdentityChange, *, person: Person, now: datetime, keep_apart: bool = True
) -> Moved:
    """Undo a merge in this transaction.

    What came later stays with the survivor unless it is the other customer's own (see
    `going_back`). Pushes planned since for records that go back are withdrawn. Both are formed
    and planned anew in the next run.

    Args:
        keep_apart: Withdraw the merge's decisions and decide that the two are not the same;
            without it a decision in force says so already.
    """
    other = merge.from_customer_id
    sides = sides_of(unit, merge, now=now)
    unit.identity.lock([other, sides.survivor])
    if keep_apart:
        _withdraw_same(unit, merge, sides, person=person, now=now)
    unit.identity.redirect(other, to=None)
    unit.identity.move_links(sorted(sides.back), to=other)
    withdrawn = _give_effects_back(unit, merge, sides, now=now)
    unit.identity.restore_requests(merge.before.requests)
    unit.identity.restore_subjects(merge.before.subjects, merges=sides.merges)
    apart = _keep_apart(unit, sides, person=person, now=now) if keep_apart else ()
    before = BeforeImage(links=tuple(sorted(sides.back)), effects=withdrawn, decisions=apart)
    change = tell(
        unit,
        ChangeKind.UNMERGED,
        from_id=sides.survivor,
        to_id=other,
        before=before,
        person=person,
        now=now,
        undoes=merge.change_id,
    )
    return Moved(
        change=change,
        records=tuple(sides.keys(back=True)),
        later=tuple(
            link.key
            for link in sides.links
            if link.is_current
            and link.link_id not in sides.back
            and link.linked_at > merge.changed_at
        ),
        decisions=len(apart),
        children=unit.identity.children(unit.identity.within(other)),
    )


def sides_of(unit: Unit, merge: IdentityChange, *, now: datetime) -> _Sides:
    """Return who holds what the merge joined, and what of it would go back."""
    other = merge.from_customer_id
    survivor = unit.identity.lock([other])[other].live_id
    links = unit.identity.links(survivor)
    standing = standing_merges(unit, survivor)
    decisions = unit.decisions.about({link.key for link in links}, now=now)
    back = going_back(
        merge.before,
        links,
        merged_at=merge.changed_at,
        own_ids=unit.identity.within(other),
        by_other_merges={
            link for m in standing if m.change_id != merge.change_id for link in m.before.links
        },
        same=[d for d in decisions if d.is_same and d.decision_id not in merge.before.decisions],
    )
    onward = {m.from_customer_id: m for m in standing}
    merges = [merge]
    while merges[-1].to_customer_id != survivor:
        merges.append(onward[merges[-1].to_customer_id])
    return _Sides(survivor=survivor, merges=merges, links=links, back=back)


def standing_merges(unit: Unit, customer_id: str) -> list[IdentityChange]:
    """Return the merges into the customer, or of it, that nobody has undone; the newest first."""
    changes = unit.identity.changes(customer_ids=unit.identity.within(customer_id))
    standing = [
        change
        for change in changes
        if change.kind is ChangeKind.MERGED and change.undone_by is None
    ]
    return standing[::-1]


def _chosen(unit: Unit, customer_id: str, merge_id: int | None) -> IdentityChange:
    state = unit.identity.lock([customer_id]).get(customer_id)
    if state is None:
        raise NotFoundError(
            f"There is no customer {customer_id}. Nothing was changed.",
            next_step="`mastersync changes` lists who was merged into whom.",
        )
    standing = standing_merges(unit, customer_id)
    if merge_id is not None:
        standing = [merge for merge in standing if merge.change_id == merge_id]
    elif not state.is_live:
        standing = [merge for merge in standing if merge.from_customer_id == customer_id]
    if not standing:
        which = "" if merge_id is None else f" {merge_id}"
        raise RuleError(
            f"{customer_id} has no merge{which} that could be undone. Nothing was changed.",
            next_step="`mastersync changes` lists merges, and which of them were undone.",
        )
    return standing[0]


def _withdraw_same(
    unit: Unit, merge: IdentityChange, sides: _Sides, *, person: Person, now: datetime
) -> None:
    """Withdraw the merge's own decisions, and refuse if others say that the two are one."""
    unit.decisions.withdraw(merge.before.decisions, author=person.by, reason=person.reason, now=now)
    one, two = set(sides.keys(back=True)), set(sides.keys(back=False))
    refuse_or_withdraw(
        unit,
        crossing(unit.decisions.about(one | two, now=now), one, two, same=True),
        problem="Decisions in force say that they are the same",
        person=person,
        now=now,
    )


def _give_effects_back(
    unit: Unit, merge: IdentityChange, sides: _Sides, *, now: datetime
) -> tuple[EffectBefore, ...]:
    """Restore what had not left at the merge; withdraw what was planned since for what leaves."""
    before = merge.before.effects
    came_with = {effect.effect_id for effect in before}
    records = {link.record_id for link in sides.links if link.link_id in sides.back}
    stale = [
        effect
        for effect in unit.identity.unsent(sides.survivor)
        if effect.record_id in records and effect.effect_id not in came_with
    ]
    unit.identity.withdraw_effects(
        [effect.effect_id for effect in stale], why=Withdrawn.UNMERGED, now=now
    )
    unit.identity.move_effects(
        [effect.effect_id for effect in before if effect.moved],
        from_id=sides.survivor,
        to=merge.from_customer_id,
    )
    restored = unit.identity.restore_effects(
        [effect for effect in before if not effect.moved], why=Withdrawn.MERGED
    )
    untold = [effect for effect in restored if effect.is_untold]
    for run_id in sorted({effect.run_id for effect in untold if not effect.by_person}):
        unit.tickets.ensure(held_again(run_id), now=now)
    by_people = [f"effect:{effect.effect_id}" for effect in untold if effect.by_person]
    unit.tickets.raise_again(by_people, now=now)
    return tuple(
        EffectBefore(effect_id=effect.effect_id, state=effect.state, moved=False)
        for effect in stale
    )


def _keep_apart(unit: Unit, sides: _Sides, *, person: Person, now: datetime) -> tuple[int, ...]:
    """Decide that the two sides are not the same: each record against the other side's first.

    So whichever of them is matched anew, a decision names it.
    """
    back, rest = sides.keys(back=True), sides.keys(back=False)
    if not back or not rest:
        return ()
    pairs = [(rest[0], key) for key in back] + [(key, back[0]) for key in rest[1:]]
    apart = _already_apart(unit.decisions.about({*back, *rest}, now=now), pairs)
    made = []
    for left, right in pairs:
        if frozenset((left, right)) in apart:
            continue
        word = PairWord(
            verdict=Verdict.NOT_SAME,
            left=left,
            right=right,
            author=person.by,
            reason=person.reason,
            ticket_id=person.ticket_id,
        )
        made.append(record_word(unit, word, insist=person.insist, now=now).decision_id)
    return tuple(made)


def _already_apart(
    decisions: Sequence[PairDecision], pairs: Collection[tuple[SourceKey, SourceKey]]
) -> set[frozenset[SourceKey]]:
    wanted = {frozenset(pair) for pair in pairs}
    return {d.pair for d in decisions if not d.is_same and d.pair in wanted}
