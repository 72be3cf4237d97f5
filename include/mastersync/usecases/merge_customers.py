"""Two customers become one: the survivor keeps its id, the other redirects to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.decisions.model import PairWord, Person
from mastersync.domain.identity.model import (
    BeforeImage,
    ChangeKind,
    CustomerLink,
    CustomerState,
    EffectBefore,
    IdentityChange,
    Withdrawn,
)
from mastersync.domain.matching.model import SourceKey, Verdict
from mastersync.errors import NotFoundError, RuleError
from mastersync.ports.identity import Children
from mastersync.ports.store import Store, Unit
from mastersync.usecases.record_word import crossing, record_word, refuse_or_withdraw
from mastersync.usecases.rehearsal import rehearse


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What a merge or split did, or with a plan would do.

    ``children`` hang on the customer that goes and are reached through its redirect.
    ``later`` came after the merge that is undone, and stays with the survivor.
    """

    change: IdentityChange
    records: tuple[SourceKey, ...]
    later: tuple[SourceKey, ...] = ()
    decisions: int = 0
    children: Children | None = None

    @property
    def effects_moved(self) -> int:
        return sum(effect.moved for effect in self.change.before.effects)

    @property
    def effects_withdrawn(self) -> int:
        return len(self.change.before.effects) - self.effects_moved


def merge_customers(
    store: Store,
    *,
    keep: str,
    other: str,
    person: Person,
    now: datetime,
    plan: bool = False,
) -> Moved:
    """Merge ``other`` into ``keep``, with a decision that says so; with ``plan`` nothing is kept.

    Raises:
        NotFoundError: There is no such customer.
        RuleError: One of them was merged before, or decisions in force keep them apart.
    """

    def deed(unit: Unit) -> Moved:
        unit.matches.lock()
        keep_key, other_key = _first_record(unit, keep), _first_record(unit, other)
        decisions: list[int] = []
        if keep_key is not None and other_key is not None and keep != other:
            word = PairWord(
                verdict=Verdict.SAME,
                left=keep_key,
                right=other_key,
                author=person.by,
                reason=person.reason,
                ticket_id=person.ticket_id,
            )
            recorded = record_word(unit, word, insist=person.insist, now=now)
            decisions = [recorded.decision_id] if recorded.is_new else []
        return join_customers(
            unit, keep=keep, other=other, person=person, decisions=decisions, now=now
        )

    return rehearse(store, deed, plan=plan)


def join_customers(
    unit: Unit,
    *,
    keep: str,
    other: str,
    person: Person,
    decisions: Sequence[int],
    now: datetime,
) -> Moved:
    """Merge in this transaction; ``decisions`` were made for it and are withdrawn by its undoing.

    Links, and effects that update records, follow to the survivor. What would create, mail or
    order for the other one and has not left is withdrawn: the next run plans what the one
    customer needs. Facts stay where they were written and are read through the redirect.
    """
    states = unit.identity.lock([keep, other])
    check_live(states, keep, other)
    links = unit.identity.links(other)
    _refuse_if_apart(unit, unit.identity.links(keep), links, person=person, now=now)
    children = unit.identity.children(unit.identity.within(other))
    effects = [
        EffectBefore(
            effect_id=effect.effect_id, state=effect.state, moved=effect.record_id is not None
        )
        for effect in unit.identity.unsent(other)
    ]
    withdrawn = [effect.effect_id for effect in effects if not effect.moved]
    unit.identity.move_links([link.link_id for link in links], to=keep)
    unit.identity.move_effects([e.effect_id for e in effects if e.moved], from_id=other, to=keep)
    unit.identity.withdraw_effects(withdrawn, why=Withdrawn.MERGED, now=now)
    before = BeforeImage(
        links=tuple(link.link_id for link in links),
        effects=tuple(effects),
        requests=tuple(unit.identity.revoke_requests(withdrawn)),
        subjects=tuple(unit.identity.rename_subjects(other, to=keep, now=now)),
        decisions=tuple(decisions),
    )
    unit.identity.redirect(other, to=keep)
    change = tell(
        unit, ChangeKind.MERGED, from_id=other, to_id=keep, before=before, person=person, now=now
    )
    return Moved(
        change=change,
        records=tuple(link.key for link in links if link.is_current),
        decisions=len(decisions),
        children=children,
    )


def tell(  # noqa: PLR0913 (an entry of the feed has that many parts)
    unit: Unit,
    kind: ChangeKind,
    *,
    from_id: str,
    to_id: str,
    before: BeforeImage,
    person: Person,
    now: datetime,
    undoes: int | None = None,
) -> IdentityChange:
    """Append to the change feed and to the audit trail."""
    change = IdentityChange(
        change_id=0,
        kind=kind,
        from_customer_id=from_id,
        to_customer_id=to_id,
        author=person.by,
        reason=person.reason,
        changed_at=now,
        before=before,
        undoes=undoes,
        ticket_id=person.ticket_id,
    )
    change_id = unit.identity.tell(change)
    unit.audit.append(
        f"customer.{kind}",
        actor=person.by,
        run_id=None,
        summary={"change_id": change_id, "from": from_id, "to": to_id, "links": len(before.links)},
        now=now,
    )
    return IdentityChange(**{**vars(change), "change_id": change_id})


def check_live(states: Mapping[str, CustomerState], *customer_ids: str) -> None:
    """Refuse customers that there are not, that were merged, or that are one and the same."""
    for customer_id in customer_ids:
        state = states.get(customer_id)
        if state is None:
            raise NotFoundError(
                f"There is no customer {customer_id}. Nothing was changed.",
                next_step="`mastersync ticket list` and `mastersync changes` name customers.",
            )
        if not state.is_live:
            raise RuleError(
                f"{customer_id} was merged before and stands for {state.live_id}. "
                "Nothing was changed.",
                next_step=f"Name {state.live_id} instead, or undo that merge first.",
            )
    if len(set(customer_ids)) < len(customer_ids):
        raise RuleError(
            f"{customer_ids[0]} cannot be merged into itself. Nothing was changed.",
            next_step="Name two customers.",
        )


def _first_record(unit: Unit, customer_id: str) -> SourceKey | None:
    current = [link for link in unit.identity.links(customer_id) if link.is_current]
    return min(current, key=lambda link: link.record_id).key if current else None


def _refuse_if_apart(
    unit: Unit,
    keep: Sequence[CustomerLink],
    other: Sequence[CustomerLink],
    *,
    person: Person,
    now: datetime,
) -> None:
    one = {link.key for link in keep if link.is_current}
    two = {link.key for link in other if link.is_current}
    refuse_or_withdraw(
        unit,
        crossing(unit.decisions.about(one | two, now=now), one, two, same=False),
        problem="Decisions in force keep their records apart",
        person=person,
        now=now,
    )
